import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/** What one section asked the host for; an answer stays while the next is under way. */
export interface Answer<T> {
  readonly value: T | undefined;
  readonly problem: string | undefined;
  readonly retry: () => void;
}

/**
 * Asks the host for what one section shows, so that a section that fails leaves the others as they are.
 *
 * @param subject whose it is: with another one the old answer is gone at once.
 * @param version asked again when it changes.
 */
export function useAnswer<T>(
  read: () => Promise<T>,
  subject: string,
  version: unknown = '',
): Answer<T> {
  const [answer, setAnswer] = useState<{
    readonly subject: string;
    readonly value?: T;
    readonly problem?: string;
  }>({ subject });
  const [attempts, setAttempts] = useState(0);
  const reading = useRef(read);
  reading.current = read;
  useEffect(() => {
    let isOld = false;
    reading.current().then(
      (value) => !isOld && setAnswer({ subject, value }),
      (error: Error) =>
        !isOld &&
        setAnswer((before) => ({
          subject,
          ...(before.subject === subject && before.value !== undefined
            ? { value: before.value }
            : {}),
          problem: error.message,
        })),
    );
    return () => {
      isOld = true;
    };
  }, [subject, version, attempts]);
  const retry = useCallback(() => setAttempts((count) => count + 1), []);
  const isOwn = answer.subject === subject;
  return {
    value: isOwn ? answer.value : undefined,
    problem: isOwn ? answer.problem : undefined,
    retry,
  };
}
