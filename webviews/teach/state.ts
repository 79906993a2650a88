import { numbersIn } from '../../src/core/extract/patterns/lineNumbers';
import type { MetricPattern } from '../../src/core/extract/patterns/metricPattern';
import type { TriedMetric } from '../../src/core/extract/patterns/patternTrial';
import type { Picks } from '../../src/core/extract/patterns/proposePattern';
import type { LogLine, Mark } from '../../src/core/log/logLine';
import type { TeachState } from '../../src/protocol/teachPage';

/** What a clicked number is to be. */
export type Role = 'value' | 'step' | 'epoch';

export const roles: readonly { readonly value: Role; readonly text: string }[] = [
  { value: 'value', text: 'Metric' },
  { value: 'step', text: 'Step' },
  { value: 'epoch', text: 'Epoch' },
];

/** A piece of a shown line. */
export interface Segment {
  readonly text: string;
  readonly start: number;
  /** Whether it is a number, which can be picked. */
  readonly isNumber: boolean;
  /** What the pattern takes it for. */
  readonly mark: Mark | undefined;
  /** What the user picked it for. */
  readonly pick: Role | undefined;
}

/** Cuts a line into its numbers, what a pattern marks in it, and the text between. */
export function segmentsOf(
  { line, text, marks }: LogLine,
  picked: Pick<TeachState, 'line' | 'picks'>,
): readonly Segment[] {
  const spans = [
    ...numbersIn(text).map(({ start, end }) => ({ start, end, isNumber: true })),
    // What a pattern takes for a value need not be a number.
    ...marks.map(({ start, end }) => ({ start, end, isNumber: false })),
  ].sort((a, b) => a.start - b.start || Number(b.isNumber) - Number(a.isNumber));
  const segments: Segment[] = [];
  let at = 0;
  for (const { start, end, isNumber } of spans) {
    if (start < at) continue;
    if (start > at) segments.push(plain(text.slice(at, start), at));
    segments.push({
      text: text.slice(start, end),
      start,
      isNumber,
      mark: marks.find((mark) => mark.start < end && start < mark.end),
      pick: line === picked.line ? roleAt(picked.picks, start) : undefined,
    });
    at = end;
  }
  if (at < text.length) segments.push(plain(text.slice(at), at));
  return segments;
}

function plain(text: string, start: number): Segment {
  return { text, start, isNumber: false, mark: undefined, pick: undefined };
}

function roleAt(picks: Picks | undefined, start: number): Role | undefined {
  return roles.find(({ value }) => picks?.[value]?.start === start)?.value;
}

/** The numbers of a line as places that the keyboard can go to. */
export function numberStarts(line: LogLine | undefined): readonly number[] {
  return line === undefined ? [] : numbersIn(line.text).map(({ start }) => start);
}

export interface Picked {
  readonly line: number;
  readonly picks: Picks;
}

/** What a click makes of the picks; a reason where it can make nothing of them. */
export function pickNumber(
  state: Pick<TeachState, 'line' | 'picks'>,
  line: LogLine,
  start: number,
  role: Role,
): Picked | string {
  const number = numbersIn(line.text).find((each) => each.start === start);
  if (number === undefined) return 'There is no number.';
  const span = { start: number.start, end: number.end };
  if (role === 'value') {
    const { step, epoch } = state.line === line.line ? without(state.picks, start) : {};
    return { line: line.line, picks: { value: span, step, epoch } };
  }
  if (state.picks === undefined) return 'Choose the metric first, then its step or epoch.';
  if (state.line !== line.line) {
    return 'The step and the epoch must stand in the line of the metric. Where they stand in a line above, leave them out: they are found there.';
  }
  const { value, ...others } = without(state.picks, start);
  if (value === undefined) return 'This number is the metric itself.';
  return { line: line.line, picks: { value, ...others, [role]: span } };
}

/** The same number is not picked twice. */
function without(picks: Picks | undefined, start: number): Partial<Picks> {
  if (picks === undefined) return {};
  const { value, step, epoch } = picks;
  return {
    ...(value.start === start ? {} : { value }),
    ...(step === undefined || step.start === start ? {} : { step }),
    ...(epoch === undefined || epoch.start === start ? {} : { epoch }),
  };
}

/** The pattern as it would be saved; while it has no name it is tried under a stand-in. */
export function toPattern({ name, pattern }: TeachState, standIn?: string): MetricPattern {
  const trimmed = name.trim() || standIn;
  return { ...(trimmed === undefined || trimmed === '' ? {} : { name: trimmed }), pattern };
}

/** Whether what the pattern names needs a name of its own. */
export function needsName({ name, pattern }: TeachState): boolean {
  return name.trim() === '' && /\(\?P?<value>/.test(pattern) && !/\(\?P?<key>/.test(pattern);
}

export interface Spark {
  /** The `points` of SVG polylines: one for each stretch without a gap. */
  readonly lines: readonly string[];
  readonly dots: readonly { readonly x: number; readonly y: number }[];
}

/** The course of a metric as a small picture. */
export function sparkOf({ points, min, max }: TriedMetric, width: number, height: number): Spark {
  const { steps, values } = points;
  const grows = steps.every((step, at) => step > (steps[at - 1] ?? Number.NEGATIVE_INFINITY));
  const xs = grows ? steps : values.map((_, at) => at);
  const first = xs[0] ?? 0;
  const range = (xs.at(-1) ?? 0) - first || 1;
  const low = Number.isFinite(min) ? min : lowest(values);
  const high = Number.isFinite(max) ? max : -lowest(values.map((value) => -value));
  const rise = high - low || 1;
  const lines: string[][] = [];
  const dots: { x: number; y: number }[] = [];
  let isOpen = false;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      isOpen = false;
      continue;
    }
    const x = round((((xs[at] ?? 0) - first) / range) * width);
    const y = round(high === low ? height / 2 : height - ((value - low) / rise) * height);
    if (!isOpen) lines.push([]);
    isOpen = true;
    lines.at(-1)?.push(`${x},${y}`);
    dots.push({ x, y });
  }
  return {
    lines: lines.filter((line) => line.length > 1).map((line) => line.join(' ')),
    // A lone value draws no line.
    dots: dots.length <= 12 ? dots : [],
  };
}

function lowest(values: Float64Array): number {
  return values.reduce(
    (low, value) => (Number.isFinite(value) && value < low ? value : low),
    Infinity,
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
