import { pauseAfter } from '../../../src/core/pause';

/** As `pauseAfter`, in a page, which draws and answers meanwhile. */
export function createPause(sliceMs: number): () => Promise<void> {
  return pauseAfter(sliceMs, {
    nowMs: () => performance.now(),
    next: () => new Promise((resolve) => setTimeout(resolve)),
  });
}
