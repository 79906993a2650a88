import type { ExtractedMetric } from '../extract/extraction';

/** The rank whose points each series has, by its place. */
export type SeriesRanks = ReadonlyMap<string, number>;

/**
 * Of a training on several processes that each print the same step, a series has the points of one: of
 * the lowest rank among those that print it first. What no rank is named for stays.
 */
export function keepOneRank(
  metrics: readonly ExtractedMetric[],
  before: SeriesRanks,
  placeOf: (metric: ExtractedMetric) => string,
): { readonly metrics: readonly ExtractedMetric[]; readonly ranks: SeriesRanks } {
  if (metrics.every(({ rank }) => rank === undefined)) return { metrics, ranks: before };
  const ranks = new Map(before);
  for (const metric of metrics) {
    const place = placeOf(metric);
    if (metric.rank === undefined || before.has(place)) continue;
    ranks.set(place, Math.min(metric.rank, ranks.get(place) ?? metric.rank));
  }
  return {
    metrics: metrics.filter(
      (metric) => metric.rank === undefined || ranks.get(placeOf(metric)) === metric.rank,
    ),
    ranks,
  };
}
