import { pauseAfter } from '../core/pause';
import type { Steps } from '../core/steps';

/** As `pauseAfter`, in Node. */
export function createPause(sliceMs: number): () => Promise<void> {
  return pauseAfter(sliceMs, {
    nowMs: () => performance.now(),
    next: () => new Promise((resolve) => setImmediate(resolve)),
  });
}

/** Runs work that comes in pieces, with a pause between two of them where one is due. */
export async function inTurns<T>(steps: Steps<T>, pause: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pause();
  }
}
