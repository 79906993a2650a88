import type { Finding, OpenTable, Reading } from './finding';
import { createLineForm, type LineForm, MAX_FORM_CHARS, readForm } from './lineForm';
import { numberValue } from './numberText';

/**
 * Where a value comes from: a number of the line, or a word of its form such as `nan`. As long as
 * several numbers of a form have had the value in every line, each of them may be it, and a line where
 * they differ is read whole.
 */
type Source =
  | { readonly kind: 'number'; readonly places: readonly number[] }
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
  readonly rest: Pick<Finding, 'context' | 'opens' | 'isFinal' | 'bar'>;
  readonly isDependent: boolean;
  readonly isRow: boolean;
  readonly isEarly: boolean;
  readonly prefix: Prefix | undefined;
  /** How many lines, read whole, it holds for. */
  readonly agreements: number;
  /** How often a line of the form was read in another way than those before. */
  readonly changes: number;
  /** The form's `check`. */
  readonly check: number;
  /** Whether enough lines agree. */
  readonly isReady: boolean;
}

/** A form that gets no plan. */
interface Hopeless {
  readonly check: number;
  readonly isReady?: undefined;
}

function isEarly(plan: Plan | Hopeless | undefined): boolean {
  return plan?.isReady !== undefined && plan.isEarly;
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
  /** Whether it is a row of the table that is open. */
  readonly isRow: boolean;
}

/** What reading a whole line gave, to learn from. */
export interface WholeReading extends PlannedLine {
  /** Whether the same form, with other numbers, is sure to be read as this was. */
  readonly isRepeatable: boolean;
  /** Whether it was recognised before a table was asked. */
  readonly isEarly: boolean;
}

/**
 * Learns how lines of one form are read, since a training prints the same few forms again and again
 * with other numbers. A plan is used when whole readings have confirmed it; a form whose values are
 * no numbers of the line, or not always the same ones, gets none.
 */
export interface LinePlans {
  /**
   * The next line as its plan reads it; `undefined` if it must be read whole, and then `learn`ed. A row
   * is read by the plan of its own table alone; a table that is open is told of any other line.
   *
   * @param kind sets bars apart from lines.
   */
  read(raw: string, kind: number, table: OpenTable | undefined): PlannedLine | undefined;
  /** What the line that was given to `read` last turned out to be, with the table that was open. */
  learn(raw: string, table: OpenTable | undefined, whole: WholeReading): void;
}

const NEEDED_AGREEMENTS = 3;
const MAX_CHANGES = 24;
const MAX_PLANS = 2_000;
const SEEN_SLOTS = 1 << 16;
const KEY_BITS = 0x3fffffff;

export function createLinePlans(): LinePlans {
  // The plans used lately, and those used before: a form that comes again is kept.
  let plans = new Map<number, Plan | Hopeless>();
  let older: typeof plans = new Map();
  // Most lines that are no report come once: their forms are not worth a plan.
  const seen = new Uint8Array(SEEN_SLOTS);
  let seenCount = 0;
  const form = createLineForm();

  function give(key: number, plan: Plan | Hopeless): void {
    if (plans.size >= MAX_PLANS && !plans.has(key)) {
      older = plans;
      plans = new Map();
    }
    plans.set(key, plan);
  }

  function isSeen(check: number): boolean {
    const slot = check & (SEEN_SLOTS - 1);
    if (seen[slot] === 1) return true;
    // A full table would call everything seen.
    if (++seenCount > SEEN_SLOTS / 4) {
      seen.fill(0);
      seenCount = 1;
    }
    seen[slot] = 1;
    return false;
  }

  function planOf(key: number, check: number): Plan | Hopeless | undefined {
    let plan = plans.get(key);
    if (plan === undefined) {
      plan = older.get(key);
      if (plan !== undefined) give(key, plan);
    }
    // Of two forms with one key the one seen last has it.
    return plan?.check === check ? plan : undefined;
  }

  return {
    read(raw, kind, table) {
      readForm(raw, form, kind);
      const { key, check } = form;
      const row = table && planOf(key ^ (table.key & KEY_BITS), check ^ table.key);
      if (row?.isReady === true) return follow(row, raw, form);
      const plan = planOf(key, check);
      const line = plan?.isReady === true ? follow(plan, raw, form) : undefined;
      if (line === undefined || table === undefined || isEarly(plan)) return line;
      const isRow = table.holds(line.line);
      if (isRow === true) return undefined;
      if (isRow === false) table.pass(false);
      return line;
    },
    learn(raw, table, whole) {
      const within = whole.isRow ? (table?.key ?? 0) : 0;
      const key = form.key ^ (within & KEY_BITS);
      const check = form.check ^ within;
      const before = planOf(key, check);
      if (before === undefined) {
        if (isSeen(check)) give(key, makePlan(raw, form, check, whole) ?? { check });
        return;
      }
      if (before.isReady === undefined) return;
      const plan = makePlan(raw, form, check, whole);
      const common = plan && agree(before, plan);
      const changes = before.changes + 1;
      const isLost = plan === undefined || (common === undefined && changes > MAX_CHANGES);
      give(key, common ?? (isLost ? { check } : { ...plan, changes }));
    },
  };
}

/** `undefined` if it is not sure which number a value is. */
function follow(plan: Plan, raw: string, form: LineForm): PlannedLine | undefined {
  const { isDependent, rest, isRow } = plan;
  const line = plan.prefix === undefined ? raw : raw.slice(endOf(plan.prefix, form));
  if (plan.readings === undefined) return { line, finding: undefined, isDependent, isRow };
  const readings: Reading[] = [];
  for (const { key, context, certainty, source } of plan.readings) {
    const value = valueFrom(source, raw, form);
    if (value === undefined) return undefined;
    readings.push({ key, value, context, certainty });
  }
  const step = plan.step && valueFrom(plan.step, raw, form);
  const epoch = plan.epoch && valueFrom(plan.epoch, raw, form);
  if (step === undefined && plan.step !== undefined) return undefined;
  if (epoch === undefined && plan.epoch !== undefined) return undefined;
  return { line, isDependent, isRow, finding: { readings, step, epoch, ...rest } };
}

function endOf({ place, chars }: Prefix, form: LineForm): number {
  return place === undefined ? chars : (form.ends[place] ?? 0) + chars;
}

function valueFrom(source: Source, raw: string, form: LineForm): number | undefined {
  if (source.kind === 'word') return source.value;
  const { places } = source;
  const value = valueAt(places[0] ?? 0, raw, form);
  for (let at = 1; at < places.length; at++) {
    if (!Object.is(valueAt(places[at] ?? 0, raw, form), value)) return undefined;
  }
  return value;
}

/** The number of a place with its sign, which is a part of the form. */
function valueAt(place: number, raw: string, form: LineForm): number {
  const start = form.starts[place] ?? 0;
  const value = numberValue(raw, start, form.ends[place] ?? 0);
  return raw.charCodeAt(start - 1) === 0x2d ? -value : value;
}

/** The plan that a whole reading suggests; `undefined` if the form can have none. */
function makePlan(
  raw: string,
  form: LineForm,
  check: number,
  whole: WholeReading,
): Plan | undefined {
  const { finding, isDependent, isRow, isEarly, line } = whole;
  if (!whole.isRepeatable || !raw.endsWith(line)) return undefined;
  const prefix = line === raw ? undefined : prefixOf(raw.length - line.length, form);
  const plain = {
    check,
    isDependent,
    isRow,
    isEarly,
    prefix,
    changes: 0,
    agreements: 1,
    isReady: false,
  };
  if (finding === undefined) {
    return { ...plain, readings: undefined, step: undefined, epoch: undefined, rest: {} };
  }
  const { context, opens, isFinal, bar } = finding;
  for (let place = 0; place < form.count; place++) values[place] = valueAt(place, raw, form);
  const readings: PlannedReading[] = [];
  for (const { key, value, step, epoch, ...reading } of finding.readings) {
    if (step !== undefined || epoch !== undefined || hasNumber(key)) return undefined;
    const source = sourceOf(value, form.count);
    if (source === undefined) return undefined;
    readings.push({ key, source, ...reading });
  }
  const step = finding.step === undefined ? undefined : sourceOf(finding.step, form.count);
  const epoch = finding.epoch === undefined ? undefined : sourceOf(finding.epoch, form.count);
  if ((step === undefined) !== (finding.step === undefined)) return undefined;
  if ((epoch === undefined) !== (finding.epoch === undefined)) return undefined;
  const rest = {
    context,
    ...(opens === undefined ? {} : { opens }),
    ...(isFinal === undefined ? {} : { isFinal }),
    ...(bar === undefined ? {} : { bar }),
  };
  return { ...plain, readings, step, epoch, rest };
}

/** The numbers of the line of which a plan is made. */
const values = new Float64Array(MAX_FORM_CHARS);

/** All numbers of the line that a value may be. */
function sourceOf(value: number, count: number): Source | undefined {
  if (!Number.isFinite(value)) return { kind: 'word', value };
  const places: number[] = [];
  for (let place = 0; place < count; place++) {
    if (Object.is(values[place], value)) places.push(place);
  }
  return places.length === 0 ? undefined : { kind: 'number', places };
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

/** The plan that holds for all lines that both were made of; `undefined` if there is none. */
function agree(before: Plan, next: Plan): Plan | undefined {
  if (!isAlike(before, next)) return undefined;
  const readings = meetAll(before.readings, next.readings);
  const step = meet(before.step, next.step);
  const epoch = meet(before.epoch, next.epoch);
  const sources = [...(readings ?? []).map(({ source }) => source), step, epoch];
  if (sources.some((source) => source?.kind === 'number' && source.places.length === 0)) {
    return undefined;
  }
  const agreements = before.agreements + 1;
  const { changes } = before;
  const isReady = agreements >= NEEDED_AGREEMENTS;
  return { ...next, readings, step, epoch, changes, agreements, isReady };
}

function isAlike(a: Plan, b: Plan): boolean {
  return (
    a.isDependent === b.isDependent &&
    a.isEarly === b.isEarly &&
    a.prefix?.place === b.prefix?.place &&
    a.prefix?.chars === b.prefix?.chars &&
    a.rest.context === b.rest.context &&
    (a.rest.opens ?? false) === (b.rest.opens ?? false) &&
    (a.rest.isFinal ?? false) === (b.rest.isFinal ?? false) &&
    a.rest.bar === b.rest.bar &&
    isSameKind(a.step, b.step) &&
    isSameKind(a.epoch, b.epoch) &&
    a.readings?.length === b.readings?.length &&
    (a.readings ?? []).every((reading, at) => isSameReading(reading, b.readings?.[at]))
  );
}

function isSameReading(a: PlannedReading, b: PlannedReading | undefined): boolean {
  return (
    a.key === b?.key &&
    a.context === b.context &&
    a.certainty === b.certainty &&
    isSameKind(a.source, b.source)
  );
}

function isSameKind(a: Source | undefined, b: Source | undefined): boolean {
  if (a?.kind === 'word' && b?.kind === 'word') return Object.is(a.value, b.value);
  return a?.kind === b?.kind;
}

function meetAll(a: Plan['readings'], b: Plan['readings']): Plan['readings'] {
  return b?.map((reading, at) => ({
    ...reading,
    source: meet(a?.[at]?.source, reading.source) ?? reading.source,
  }));
}

/** Only the numbers that may be both. */
function meet(a: Source | undefined, b: Source | undefined): Source | undefined {
  if (a?.kind !== 'number' || b?.kind !== 'number') return b;
  return { kind: 'number', places: b.places.filter((place) => a.places.includes(place)) };
}
