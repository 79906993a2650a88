import { isBetter, type MetricDirection } from '../run/metricDirection';

export interface Goal {
  readonly direction: MetricDirection;
  readonly target?: number | undefined;
}

/** Runs of one configuration. Never empty; each value is finite. */
export interface ScoredGroup {
  readonly key: string;
  readonly values: readonly number[];
}

export interface Rank {
  readonly key: string;
  /** From 1; shared by those of the same mean, and the next number is left out. */
  readonly rank: number;
  readonly mean: number;
  /** Of a sample (n − 1); undefined for one value. */
  readonly deviation: number | undefined;
  readonly count: number;
  /** How far the mean is behind the target; 0 where it is reached, undefined without one. */
  readonly gap: number | undefined;
  /** It differs from the first by no more than one standard deviation, of whichever varies more. */
  readonly isWithinNoise: boolean;
}

/** The best mean first; of equal means in order of the keys. */
export function rankGroups(groups: readonly ScoredGroup[], goal: Goal): readonly Rank[] {
  const scored = groups.map(({ key, values }) => ({
    key,
    count: values.length,
    ...spread(values),
  }));
  scored.sort((a, b) => {
    if (isBetter(goal.direction, a.mean, b.mean)) return -1;
    if (isBetter(goal.direction, b.mean, a.mean)) return 1;
    return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
  });
  const [first] = scored;
  let rank = 0;
  return scored.map((group, at) => {
    if (at === 0 || group.mean !== scored[at - 1]?.mean) rank = at + 1;
    const noise = Math.max(group.deviation ?? 0, first?.deviation ?? 0);
    const distance = Math.abs(group.mean - (first?.mean ?? group.mean));
    return {
      ...group,
      rank,
      gap: gapTo(group.mean, goal),
      isWithinNoise: at > 0 && noise > 0 && distance <= noise,
    };
  });
}

/** How far a value is behind the target of a goal; 0 where it is reached. */
export function gapTo(value: number, { direction, target }: Goal): number | undefined {
  if (target === undefined) return undefined;
  const behind = direction === 'higher' ? target - value : value - target;
  return Math.max(0, behind);
}

function spread(values: readonly number[]): {
  readonly mean: number;
  readonly deviation: number | undefined;
} {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  // Of values that are all the same the sum can be off by the last bit, and then they would not tie.
  const [only = mean] = values;
  if (values.every((value) => value === only)) {
    return { mean: only, deviation: values.length < 2 ? undefined : 0 };
  }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
