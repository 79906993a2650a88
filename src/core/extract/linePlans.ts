import type { Finding, Reading } from './finding';
import { createLineForm, type LineForm, MAX_FORM_CHARS, readForm } from './lineForm';
import { numberValue } from './numberText';

/** Where a value comes from: a number of the line, or a word of its form such as `nan`. */
type Source =
  | { readonly kind: 'number'; readonly place: number; readonly sign: 1 | -1 }
  | { readonly kind: 'word'; readonly value: number };

/** A reading without its value. */
interface PlannedReading extends Omit<Reading, 'value' | 'step' | 'epoch'> {
  readonly source: Source;
}

/** How lines of one form are read. */
interface Plan {
  /** `undefined` for lines that no recogniser wants. */
  readonly readings: readonly PlannedReading[] | undefined;
  readonly step: Source | undefined;
  readonly epoch: Source | undefined;
  readonly rest: Pick<Finding, 'context' | 'opens' | 'isFinal'>;
  readonly isDependent: boolean;
  readonly prefix: Prefix | undefined;
  /** How often reading a whole line gave the same, where no other number could have. */
  confirmations: number;
  /** How often lines of the form were read whole. */
  tries: number;
}

/** A line's prefix ends some characters behind the end of the number with this place, or of none. */
interface Prefix {
  readonly place: number | undefined;
  readonly chars: number;
}

/** A line read by its form. */
export interface PlannedLine {
  /** The line without its prefixes. */
  readonly line: string;
  readonly finding: Finding | undefined;
  readonly isDependent: boolean;
}

/** What reading a whole line gave, to learn from. */
export interface WholeReading extends PlannedLine {
  /** Whether the same form, with other numbers, is sure to be read as this was. */
  readonly isRepeatable: boolean;
}

/**
 * Learns how lines of one form are read, since a training prints the same few forms again and again
 * with other numbers. A plan is used when whole readings have confirmed it; a form whose values are
 * no numbers of the line, or not always the same ones, gets none.
 */
export interface LinePlans {
  /** The next line as its plan reads it; `undefined` if it must be read whole, and then `learn`ed. */
  read(raw: string): PlannedLine | undefined;
  /** What the line that was given to `read` last turned out to be. */
  learn(raw: string, whole: WholeReading): void;
}

const NEEDED_CONFIRMATIONS = 2;
const MAX_TRIES = 24;
const MAX_PLANS = 2_000;
const SEEN_SLOTS = 1 << 16;
const HOPELESS = 'hopeless';

export function createLinePlans(): LinePlans {
  // The plans used lately, and those used before: a form that comes again is kept.
  let plans = new Map<number, Plan | typeof HOPELESS>();
  let older: typeof plans = new Map();
  // Most lines that are no report come once: their forms are not worth a plan.
  const seen = new Uint8Array(SEEN_SLOTS);
  const form = createLineForm();

  function give(key: number, plan: Plan | typeof HOPELESS): void {
    if (plans.size >= MAX_PLANS && !plans.has(key)) {
      older = plans;
      plans = new Map();
    }
    plans.set(key, plan);
  }

  function planOf(key: number): Plan | typeof HOPELESS | undefined {
    const plan = plans.get(key);
    if (plan !== undefined) return plan;
    const before = older.get(key);
    if (before !== undefined) give(key, before);
    return before;
  }

  return {
    read(raw) {
      readForm(raw, form);
      const plan = planOf(form.key);
      if (plan === undefined || plan === HOPELESS) return undefined;
      return plan.confirmations < NEEDED_CONFIRMATIONS ? undefined : follow(plan, raw, form);
    },
    learn(raw, whole) {
      const { key } = form;
      const before = planOf(key);
      if (before === HOPELESS) return;
      if (before === undefined) {
        const slot = key % SEEN_SLOTS;
        if (seen[slot] === 1) give(key, makePlan(raw, form, whole, 1));
        seen[slot] = 1;
        return;
      }
      before.tries++;
      const isRight = whole.isRepeatable && isSame(follow(before, raw, form), whole);
      if (before.tries > MAX_TRIES) give(key, HOPELESS);
      else if (!isRight) give(key, makePlan(raw, form, whole, before.tries));
      else if (isTold(before, raw, form)) before.confirmations++;
    },
  };
}

function follow(plan: Plan, raw: string, form: LineForm): PlannedLine {
  const { isDependent, rest } = plan;
  const line = plan.prefix === undefined ? raw : raw.slice(endOf(plan.prefix, form));
  if (plan.readings === undefined) return { line, finding: undefined, isDependent };
  const readings: Reading[] = [];
  for (const { key, context, certainty, source } of plan.readings) {
    readings.push({ key, value: valueFrom(source, raw, form), context, certainty });
  }
  const step = plan.step === undefined ? undefined : valueFrom(plan.step, raw, form);
  const epoch = plan.epoch === undefined ? undefined : valueFrom(plan.epoch, raw, form);
  return { line, isDependent, finding: { readings, step, epoch, ...rest } };
}

function endOf({ place, chars }: Prefix, form: LineForm): number {
  return place === undefined ? chars : (form.ends[place] ?? 0) + chars;
}

function valueFrom(source: Source, raw: string, form: LineForm): number {
  if (source.kind === 'word') return source.value;
  const { place, sign } = source;
  return sign * numberValue(raw, form.starts[place], form.ends[place]);
}

/** The plan that a whole reading suggests. */
function makePlan(
  raw: string,
  form: LineForm,
  whole: WholeReading,
  tries: number,
): Plan | typeof HOPELESS {
  const { finding, isDependent, line } = whole;
  if (!whole.isRepeatable || !raw.endsWith(line)) return HOPELESS;
  const prefix = line === raw ? undefined : prefixOf(raw.length - line.length, form);
  const plain = { isDependent, prefix, tries, confirmations: 0 };
  if (finding === undefined) {
    return { ...plain, readings: undefined, step: undefined, epoch: undefined, rest: {} };
  }
  const { context, opens, isFinal } = finding;
  const readings: PlannedReading[] = [];
  let from = 0;
  for (const { key, value, step, epoch, ...reading } of finding.readings) {
    if (step !== undefined || epoch !== undefined || hasNumber(key)) return HOPELESS;
    // Of equal numbers, the first behind the last reading's: most lines are read in their order.
    const source = sourceOf(value, raw, form, from) ?? sourceOf(value, raw, form, 0);
    if (source === undefined) return HOPELESS;
    if (source.kind === 'number') from = source.place + 1;
    readings.push({ key, source, ...reading });
  }
  const step = finding.step === undefined ? undefined : sourceOf(finding.step, raw, form, 0);
  const epoch = finding.epoch === undefined ? undefined : sourceOf(finding.epoch, raw, form, 0);
  if ((step === undefined) !== (finding.step === undefined)) return HOPELESS;
  if ((epoch === undefined) !== (finding.epoch === undefined)) return HOPELESS;
  return { ...plain, readings, step, epoch, rest: restOf(context, opens, isFinal) };
}

function restOf(
  context: string | undefined,
  opens: boolean | undefined,
  isFinal: boolean | undefined,
): Plan['rest'] {
  return {
    context,
    ...(opens === undefined ? {} : { opens }),
    ...(isFinal === undefined ? {} : { isFinal }),
  };
}

/** The first number of the line, from a place on, that a value is. */
function sourceOf(value: number, raw: string, form: LineForm, from: number): Source | undefined {
  if (!Number.isFinite(value)) return { kind: 'word', value };
  for (let place = from; place < form.count; place++) {
    const sign = raw.charAt((form.starts[place] ?? 0) - 1) === '-' ? -1 : 1;
    const source: Source = { kind: 'number', place, sign };
    if (valueFrom(source, raw, form) === value) return source;
  }
  return undefined;
}

/** Whether no number of the line could be taken for another that the plan needs. */
function isTold(plan: Plan, raw: string, form: LineForm): boolean {
  const sources = [...(plan.readings ?? []).map(({ source }) => source), plan.step, plan.epoch];
  return sources.every((source) => {
    if (source === undefined || source.kind === 'word') return true;
    const value = valueFrom(source, raw, form);
    const first = sourceOf(value, raw, form, 0);
    if (first?.kind !== 'number' || first.place !== source.place) return false;
    return sourceOf(value, raw, form, source.place + 1) === undefined;
  });
}

function prefixOf(chars: number, form: LineForm): Prefix {
  for (let place = form.count - 1; place >= 0; place--) {
    const end = form.ends[place] ?? 0;
    if (end <= chars) return { place, chars: chars - end };
  }
  return { place: undefined, chars };
}

const keyForm = createLineForm();

/** Whether a key holds a number that another line of the form would have otherwise: `acc (top 5)`. */
function hasNumber(key: string): boolean {
  if (key.length > MAX_FORM_CHARS) return true;
  readForm(key, keyForm);
  return keyForm.count > 0;
}

function isSame(a: PlannedLine, b: PlannedLine): boolean {
  if (a.line !== b.line || a.isDependent !== b.isDependent) return false;
  if (a.finding === undefined || b.finding === undefined) return a.finding === b.finding;
  const { finding } = a;
  const other = b.finding;
  return (
    finding.step === other.step &&
    finding.epoch === other.epoch &&
    finding.context === other.context &&
    (finding.opens ?? false) === (other.opens ?? false) &&
    (finding.isFinal ?? false) === (other.isFinal ?? false) &&
    finding.readings.length === other.readings.length &&
    finding.readings.every((reading, at) => isSameReading(reading, other.readings[at]))
  );
}

function isSameReading(a: Reading, b: Reading | undefined): boolean {
  return (
    b !== undefined &&
    a.key === b.key &&
    Object.is(a.value, b.value) &&
    a.context === b.context &&
    a.certainty === b.certainty
  );
}
