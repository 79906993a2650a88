import type { Finding, Reading } from '../finding';
import type { PatternMatch, Span } from './compilePattern';
import { numbersIn, type PlacedNumber } from './lineNumbers';

/**
 * What a line says once the user has named some of its numbers: the user's readings first, then those
 * of the recogniser, less what it made of the same numbers and under the same names. Without a place of
 * their own the user's readings have the one that the recogniser found for the line.
 */
export function claimNumbers(
  line: string,
  matches: readonly PatternMatch[],
  finding: Finding | undefined,
): Finding {
  const readings = matches.flatMap(toReading);
  const [placed] = matches.filter(({ step, epoch }) => step !== undefined || epoch !== undefined);
  const others = finding === undefined ? [] : unclaimed(line, matches, finding);
  return {
    ...finding,
    readings: [...readings, ...others],
    step: finding?.step ?? placed?.step,
    epoch: finding?.epoch ?? placed?.epoch,
  };
}

function toReading(match: PatternMatch): readonly Reading[] {
  const { key, value, context, step, epoch } = match;
  if (value === undefined) return [];
  return [{ key, value, context, step, epoch, certainty: 'sure', isNamed: true }];
}

function unclaimed(
  line: string,
  matches: readonly PatternMatch[],
  finding: Finding,
): readonly Reading[] {
  const numbers = numbersIn(line);
  const names = new Set(matches.map(({ key }) => key));
  const claimed = new Set(matches.map((match) => readingOf(match, numbers, finding)));
  return finding.readings.filter((reading) => !names.has(reading.key) && !claimed.has(reading));
}

/** What the recogniser made of a number. Of equal ones in a line those before its readings are places. */
function readingOf(
  { value, valueAt }: PatternMatch,
  numbers: readonly PlacedNumber[],
  { readings, step, epoch }: Finding,
): Reading | undefined {
  const same = readings.filter((reading) => Object.is(reading.value, value));
  const equal = numbers.filter((number) => Object.is(number.value, value));
  const rank = equal.findIndex((number) => isAt(number, valueAt)) - (equal.length - same.length);
  const isPlace = step === value || epoch === value;
  return same[Math.max(rank, isPlace ? -1 : 0)];
}

function isAt(number: PlacedNumber, { start, end }: Span): boolean {
  return number.start < end && number.end > start;
}
