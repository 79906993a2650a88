import type { ChartKind, ChartSpec } from './chartSpec';

/** What gives a choice its meaning; a choice of runs by their ids means the same in any chart. */
const meanings: Partial<Readonly<Record<ChartKind, readonly string[]>>> = {
  bars: ['value', 'groupBy'],
  histogram: ['value', 'of', 'scale'],
};

/**
 * An edited chart without what was chosen in it before, where that would be something else now: group
 * `1` by one param is not group `1` by another.
 */
export function withoutStaleChoice(before: ChartSpec, after: ChartSpec): ChartSpec {
  if (!('chosen' in after) || before.kind !== after.kind) return after;
  const isSame = (meanings[after.kind] ?? []).every(
    (name) => fieldOf(before, name) === fieldOf(after, name),
  );
  if (isSame) return after;
  const { chosen: _stale, ...unchosen } = after;
  return unchosen;
}

function fieldOf(spec: ChartSpec, name: string): unknown {
  return Object.entries(spec).find(([key]) => key === name)?.[1];
}
