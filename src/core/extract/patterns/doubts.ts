import { formatNumber } from '../../format/formatNumber';
import type { FoundValue } from './patternTrial';

/** Something about the values of a pattern that looks wrong. */
export interface Doubt {
  readonly text: string;
  /** Where to look, if it is one place; from 0. */
  readonly line: number | undefined;
}

/** Fewer values tell nothing of what is usual among them. */
const leastForOutliers = 8;
const mostOutliers = 0.1;
/** So many times as large as the largest of the others. */
const outlierRatio = 20;

/** What looks wrong in the values that a pattern gives a metric, in the order of the log. */
export function doubtsOf(key: string, found: readonly FoundValue[]): readonly Doubt[] {
  const say = (text: string, at?: FoundValue): Doubt => ({
    text: `${key}: ${text}`,
    line: at?.line,
  });
  const numbers = found.filter(({ value }) => value !== undefined);
  const texts = found.filter(({ value }) => value === undefined);
  const doubts: Doubt[] = [];
  if (texts.length > 0) {
    doubts.push(say(`${counted(texts.length, 'match is', 'matches are')} no number`, texts[0]));
  }
  const notFinite = numbers.filter(({ value }) => !Number.isFinite(value));
  if (notFinite.length > 0) {
    doubts.push(
      say(`${counted(notFinite.length, 'value is', 'values are')} NaN or infinite`, notFinite[0]),
    );
  }
  const shape = shapeDoubt(numbers);
  if (shape !== undefined) doubts.push(say(shape));
  const back = numbers.find((one, at) => goesBack(numbers[at - 1], one));
  if (back !== undefined) doubts.push(say('the step goes back', back));
  for (const outlier of outliersOf(numbers).slice(0, 3)) {
    doubts.push(
      say(`${formatNumber(outlier.value ?? Number.NaN)} is far from the others`, outlier),
    );
  }
  return doubts;
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function shapeDoubt(found: readonly FoundValue[]): string | undefined {
  if (found.length < 3) return undefined;
  const [first] = found;
  if (found.every(({ value }) => value === first?.value)) return 'it never changes';
  const counts = found.every(
    ({ value }, at) => at === 0 || (value ?? 0) - (found[at - 1]?.value ?? 0) === 1,
  );
  return counts ? 'it counts up by one, as a step does' : undefined;
}

/** Steps start anew in each epoch. */
function goesBack(before: FoundValue | undefined, one: FoundValue): boolean {
  if (before === undefined || before.epoch !== one.epoch) return false;
  return before.step !== undefined && one.step !== undefined && one.step < before.step;
}

/** The few that are many times as large as all others, as where a pattern takes a wrong number. */
function outliersOf(found: readonly FoundValue[]): readonly FoundValue[] {
  const finite = found.filter(({ value }) => Number.isFinite(value));
  if (finite.length < leastForOutliers) return [];
  const sizes = Float64Array.from(finite, ({ value }) => Math.abs(value ?? 0)).sort();
  for (let at = Math.ceil(sizes.length * (1 - mostOutliers)); at < sizes.length; at++) {
    const size = sizes[at] ?? 0;
    if (size <= outlierRatio * (sizes[at - 1] ?? size)) continue;
    return finite.filter(({ value }) => Math.abs(value ?? 0) >= size);
  }
  return [];
}
