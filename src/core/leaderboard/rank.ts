import type { MetricDirection } from '../run/metricDirection';
import { summarizeFigures } from '../statistics/summarizeFigures';
import type { Steps } from '../steps';

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
export function* rankGroups(groups: readonly ScoredGroup[], goal: Goal): Steps<readonly Rank[]> {
  const byMean = new Map<number, Scored[]>();
  for (const { key, values } of groups) {
    const group = { key, count: values.length, ...spread(values) };
    const same = byMean.get(group.mean);
    if (same) same.push(group);
    else byMean.set(group.mean, [group]);
    yield;
  }
  // Bare numbers are sorted many times faster than groups, and that is one step.
  const means = Float64Array.from(byMean.keys()).sort();
  if (goal.direction === 'higher') means.reverse();
  const scored: Scored[] = [];
  for (const mean of means) {
    const same = byMean.get(mean) ?? [];
    scored.push(...same.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)));
    yield;
  }
  const [first] = scored;
  let rank = 0;
  const ranked: Rank[] = [];
  for (const [at, group] of scored.entries()) {
    if (at === 0 || group.mean !== scored[at - 1]?.mean) rank = at + 1;
    const noise = Math.max(group.deviation ?? 0, first?.deviation ?? 0);
    const distance = Math.abs(group.mean - (first?.mean ?? group.mean));
    ranked.push({
      ...group,
      rank,
      gap: gapTo(group.mean, goal),
      isWithinNoise: at > 0 && noise > 0 && distance <= noise,
    });
    yield;
  }
  return ranked;
}

/** How far a value is behind the target of a goal; 0 where it is reached. */
export function gapTo(value: number, { direction, target }: Goal): number | undefined {
  if (target === undefined) return undefined;
  const behind = direction === 'higher' ? target - value : value - target;
  return Math.max(0, behind);
}

type Spread = Pick<Rank, 'mean' | 'deviation'>;
type Scored = Pick<Rank, 'key' | 'count'> & Spread;

/** Significant digits of a mean: the last ones of a double depend on the order of its values. */
const meanDigits = 12;

/** Of the same values in any order the mean is the same, so that they tie; of one value it is that one. */
function spread(values: readonly number[]): Spread {
  const { mean = Number.NaN, deviation, min, max } = summarizeFigures(values);
  return { mean: min === max ? mean : Number(mean.toPrecision(meanDigits)), deviation };
}
