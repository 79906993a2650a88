import type { RunColumn } from './runColumn';

export interface RankCorrelation {
  /** `rho`: Spearman's, from −1 to 1. `eta`: of a param that is no number, from 0 to 1. */
  readonly kind: 'rho' | 'eta';
  /** NaN where either side does not vary. */
  readonly value: number;
}

/**
 * How a param and a metric go together, by ranks alone: Spearman's ρ of numbers (Pearson's r of the
 * ranks, equal values sharing their mean rank); of texts the correlation ratio η of the ranks, the
 * root of the share of their variance that lies between the texts. Looks at runs that have both.
 */
export function rankCorrelation(param: RunColumn, target: Float64Array): RankCorrelation {
  const rows = Array.from(target.keys()).filter(
    (row) =>
      Number.isFinite(target[row]) &&
      param.isPresent[row] === 1 &&
      (param.kind === 'text' || Number.isFinite(param.numbers[row])),
  );
  const ranks = toRanks(rows.map((row) => target[row] ?? 0));
  if (param.kind === 'number') {
    const others = toRanks(rows.map((row) => param.numbers[row] ?? 0));
    return { kind: 'rho', value: pearson(others, ranks) };
  }
  return {
    kind: 'eta',
    value: correlationRatio(
      rows.map((row) => param.codes[row] ?? 0),
      ranks,
    ),
  };
}

/** From 1; equal values share the mean of their ranks. */
export function toRanks(values: readonly number[]): Float64Array {
  const order = values.map((_, at) => at).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to++;
    for (let at = from; at < to; at++) ranks[order[at] ?? 0] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

function pearson(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [(a[at] ?? 0) - meanA, (b[at] ?? 0) - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb))) : Number.NaN;
}

function correlationRatio(codes: readonly number[], ranks: Float64Array): number {
  const groups = new Map<number, { sum: number; count: number }>();
  for (const [at, code] of codes.entries()) {
    const group = groups.get(code) ?? { sum: 0, count: 0 };
    group.sum += ranks[at] ?? 0;
    group.count++;
    groups.set(code, group);
  }
  const all = mean(ranks);
  let between = 0;
  for (const { sum, count } of groups.values()) between += count * (sum / count - all) ** 2;
  const total = ranks.reduce((sum, rank) => sum + (rank - all) ** 2, 0);
  return total > 0 && groups.size > 1 ? Math.sqrt(Math.min(1, between / total)) : Number.NaN;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
