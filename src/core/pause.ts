/** What a thread has to work in turns. */
export interface Turns {
  nowMs(): number;
  /** Resolves after others have had their turn. */
  next(): Promise<void>;
}

/**
 * Lets others have their turn within long work on one thread.
 *
 * @param sliceMs work for so long before a pause.
 * @returns what to await between two steps; it waits only where the slice is used up.
 */
export function pauseAfter(sliceMs: number, { nowMs, next }: Turns): () => Promise<void> {
  let since = nowMs();
  return async () => {
    if (nowMs() - since < sliceMs) return;
    await next();
    since = nowMs();
  };
}
