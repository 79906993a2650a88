/**
 * Lets the page draw and answer within long work.
 *
 * @param sliceMs work for so long before a pause.
 * @returns what to await between two steps; it waits only where the slice is used up.
 */
export function createPause(sliceMs: number): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < sliceMs) return;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  };
}
