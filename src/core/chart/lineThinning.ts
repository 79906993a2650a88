/** So many points a page smooths and groups while one waits: below that it is computed from all of them. */
const computedPoints = 400_000;

/** So many buckets of all lines together are drawn while nobody notices that one waits. */
const drawnBuckets = 30_000;

/**
 * How fine to ask: one bucket for two pixels, but not more points in all than a page can redraw live.
 * What is computed from the points, as smoothing is, needs all of them as far as they can be had.
 */
export function bucketsFor(cardWidthPx: number, lineCount: number, isComputed: boolean): number {
  const lines = Math.max(1, lineCount);
  const byWidth = Math.ceil(cardWidthPx / 2);
  const byLines = Math.ceil(drawnBuckets / lines);
  const drawn = Math.max(50, Math.min(byWidth, byLines, 800));
  return isComputed ? Math.max(drawn, Math.floor(computedPoints / 4 / lines)) : drawn;
}
