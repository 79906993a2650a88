import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/** What one section asked the host for; an answer stays while the next is under way. */
export interface Answer<T> {
  /** Whether there is an answer: that it is undefined can be one. */
  readonly isThere: boolean;
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
    readonly isThere: boolean;
    readonly value?: T;
    readonly problem?: string;
  }>({ subject, isThere: false });
  const [attempts, setAttempts] = useState(0);
  const reading = useRef(read);
  reading.current = read;
  useEffect(() => {
    let isOld = false;
    reading.current().then(
      (value) => !isOld && setAnswer({ subject, isThere: true, value }),
      (error: Error) =>
        !isOld &&
        setAnswer((before) => ({
          ...(before.subject === subject ? before : { subject, isThere: false }),
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
    isThere: isOwn && answer.isThere,
    value: isOwn ? answer.value : undefined,
    problem: isOwn ? answer.problem : undefined,
    retry,
  };
}
