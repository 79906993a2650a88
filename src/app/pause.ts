import type { Steps } from '../core/steps';

/**
 * Lets others have their turn within long work on one thread.
 *
 * @param sliceMs work for so long before a pause.
 * @returns what to await between two steps; it waits only where the slice is used up.
 */
export function createPause(sliceMs: number): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < sliceMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
}

/** Runs work that comes in pieces, with a pause between two of them where one is due. */
export async function inTurns<T>(steps: Steps<T>, pause: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pause();
  }
}
