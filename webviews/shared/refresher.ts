/**
 * Runs `refresh` each time something changed, but never twice at once: changes that come while it
 * runs, or in the pause after it, are answered together by one more.
 *
 * @param refresh must not reject.
 * @param pauseMs how long to rest after a refresh that took `tookMs`.
 * @returns what to call when something changed.
 */
export function createRefresher(
  refresh: () => Promise<void>,
  pauseMs: (tookMs: number) => number,
): () => void {
  let busy = false;
  let changed = false;
  const run = async () => {
    busy = true;
    while (changed) {
      changed = false;
      const startedAtMs = performance.now();
      await refresh();
      const pause = pauseMs(performance.now() - startedAtMs);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    busy = false;
  };
  return () => {
    changed = true;
    if (!busy) void run();
  };
}
