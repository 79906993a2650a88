import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/** What one section knows: what it read last, whether it reads again, and why it could not. */
export interface Section<T> {
  readonly data: T | undefined;
  readonly isLoading: boolean;
  readonly problem: string | undefined;
  readonly retry: () => void;
  readonly dismiss: () => void;
}

/**
 * Reads a section by itself, so that none waits for another. What was read of the same things stays
 * until the new answer is there; of others it goes at once.
 *
 * @param of names what is read: with another name the old answer is not shown any more.
 * @param version of it: with another it is read again.
 * @param keepsOld shows the answer of before until there is another, also if it is of other things.
 */
export function useSection<T>(
  of: string,
  version: number,
  read: () => Promise<T>,
  { keepsOld = false } = {},
): Section<T> {
  const [answer, setAnswer] = useState<{ readonly of: string; readonly data: T }>();
  const [problem, setProblem] = useState<string>();
  const [isLoading, setLoading] = useState(true);
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(read);
  latest.current = read;

  useEffect(() => {
    let isStale = false;
    setLoading(true);
    latest
      .current()
      .then(
        (data) => {
          if (isStale) return;
          setAnswer({ of, data });
          setProblem(undefined);
        },
        (error: unknown) => {
          if (!isStale) setProblem(error instanceof Error ? error.message : String(error));
        },
      )
      .finally(() => {
        if (!isStale) setLoading(false);
      });
    return () => {
      isStale = true;
    };
  }, [of, version, attempt]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const dismiss = useCallback(() => setProblem(undefined), []);
  return {
    data: answer?.of === of || keepsOld ? answer?.data : undefined,
    isLoading,
    problem,
    retry,
    dismiss,
  };
}
