import { UserError } from '../../userError';
import { peelPrefixes } from '../prefixes';
import { compilePattern, type Span } from './compilePattern';
import { type Detail, type GeneralText, generalise } from './generalise';

/** The numbers of one line that a user clicked. */
export interface Picks {
  readonly value: Span;
  readonly step?: Span | undefined;
  readonly epoch?: Span | undefined;
}

interface Pick extends Span {
  readonly group: 'value' | 'step' | 'epoch';
}

/**
 * The pattern for lines such as this one: its words stay, its numbers may change, and what stands before
 * the message, such as a time, may be anything. A line without words is matched by the number of its
 * columns. Of several such patterns it is the most readable that finds the same numbers in this line.
 */
export function proposePattern(line: string, picks: Picks): string {
  const sorted = sortPicks(picks);
  const attempts: readonly (string | undefined)[] = [
    withWords(line, sorted, 'short'),
    withWords(line, sorted, 'long'),
    fromStart(line, sorted, 'long', true),
    fromStart(line, sorted, 'exact', false),
    fromStart(line, sorted, 'exact', true),
  ];
  const pattern = attempts.find((each) => each !== undefined && finds(each, line, picks));
  if (pattern === undefined) {
    throw new UserError('These numbers cannot be told from the others of their line.');
  }
  return pattern;
}

function sortPicks({ value, step, epoch }: Picks): readonly Pick[] {
  const picks: readonly Pick[] = [
    { group: 'value', ...value },
    ...(step === undefined ? [] : [{ group: 'step', ...step } as const]),
    ...(epoch === undefined ? [] : [{ group: 'epoch', ...epoch } as const]),
  ];
  return [...picks].sort((a, b) => a.start - b.start);
}

function finds(pattern: string, line: string, { value, step, epoch }: Picks): boolean {
  try {
    const [match] = compilePattern({ name: 'value', pattern }).match(line);
    return (
      match !== undefined &&
      isSame(match.valueAt, value) &&
      isSame(match.stepAt, step) &&
      isSame(match.epochAt, epoch)
    );
  } catch {
    return false;
  }
}

function isSame(a: Span | undefined, b: Span | undefined): boolean {
  return a?.start === b?.start && a?.end === b?.end;
}

/** Undefined if there are no words to hold on to. */
function withWords(line: string, picks: readonly Pick[], detail: Detail): string | undefined {
  const { first, last, message } = placesOf(line, picks);
  const lead = line.slice(message, first).trimStart();
  const left = generalise(lead, { left: 'edge', right: 'number' }, detail);
  const inner = innerPattern(line, picks, detail);
  if (!left.hasWords && !inner.hasWords) return undefined;
  const unit = /^ ?%/.exec(line.slice(last))?.[0] ?? '';
  return `${/^\w/.test(left.pattern) ? '\\b' : ''}${left.pattern}${inner.pattern}${unit}`;
}

function fromStart(line: string, picks: readonly Pick[], detail: Detail, toEnd: boolean): string {
  const { first, last, message } = placesOf(line, picks);
  const lead = line.slice(message, first).trimStart();
  const left = generalise(lead, { left: 'mark', right: 'number' }, detail);
  const rest = line.slice(last).trimEnd();
  const right = generalise(rest, { left: 'number', right: 'edge' }, detail);
  const end = toEnd ? `${right.pattern}\\s*$` : '';
  const start = message === 0 ? '^\\s*' : '(?:^|\\s)';
  return `${start}${left.pattern}${innerPattern(line, picks, detail).pattern}${end}`;
}

/** The message begins behind what loggers put before it, unless that was picked. */
function placesOf(line: string, picks: readonly Pick[]) {
  const first = picks[0]?.start ?? 0;
  const last = picks.at(-1)?.end ?? 0;
  const peeled = peelPrefixes(line);
  const at = line.length - peeled.length;
  return { first, last, message: line.endsWith(peeled) && at <= first ? at : 0 };
}

function innerPattern(line: string, picks: readonly Pick[], detail: Detail): GeneralText {
  let pattern = '';
  let hasWords = false;
  let before: Pick | undefined;
  for (const pick of picks) {
    if (before !== undefined) {
      const text = line.slice(before.end, pick.start);
      const between = generalise(text, { left: 'number', right: 'number' }, detail);
      hasWords ||= between.hasWords;
      pattern += between.pattern;
    }
    pattern += `(?<${pick.group}>{number})`;
    before = pick;
  }
  return { pattern, hasWords };
}
