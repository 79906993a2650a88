const hourMs = 3_600_000;
/** Of a run that lasts for days nobody looks at every five seconds. */
const longRunMs = 30_000;

/**
 * How long to wait for the next look at a run's machine: soon at first, so that a short run has some,
 * then as set, and less often after an hour.
 */
export function sampleDelayMs(elapsedMs: number, everyMs: number): number {
  if (elapsedMs < 1000) return Math.min(everyMs, 500);
  if (elapsedMs < 5000) return Math.min(everyMs, 1500);
  return elapsedMs < hourMs ? everyMs : Math.max(everyMs, longRunMs);
}
