import type { Finding, Reading } from './finding';
import { createLineForm, type LineForm, MAX_FORM_CHARS, readForm } from './lineForm';
import {
  isSameKind,
  lookAtNumbers,
  meet,
  sourceOf,
  type ValueSource,
  valueFrom,
} from './valueSource';

/** A reading without its value. */
interface PlannedReading extends Omit<Reading, 'value' | 'step' | 'epoch'> {
  readonly source: ValueSource;
}

/** How lines of one form are read. */
export interface LinePlan {
  /** `undefined` for lines that no recogniser wants. */
  readonly readings: readonly PlannedReading[] | undefined;
  readonly step: ValueSource | undefined;
  readonly epoch: ValueSource | undefined;
  readonly rest: Pick<Finding, 'context' | 'opens' | 'isFinal' | 'bar'>;
  readonly isDependent: boolean;
  readonly isRow: boolean;
  readonly isSaying: boolean;
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
  /** Whether paths are to be looked for in it too. */
  readonly isSaying: boolean;
}

/** What reading a whole line gave, to learn from. */
export interface WholeReading extends PlannedLine {
  /** Whether the same form, with other numbers, is sure to be read as this was. */
  readonly isRepeatable: boolean;
  /** Whether it was recognised before a table was asked. */
  readonly isEarly: boolean;
}

const NEEDED_AGREEMENTS = 3;

/** The line as its plan reads it; `undefined` if it is not sure which number a value is. */
export function follow(plan: LinePlan, raw: string, form: LineForm): PlannedLine | undefined {
  const { isDependent, rest, isRow, isSaying } = plan;
  const line = plan.prefix === undefined ? raw : raw.slice(endOf(plan.prefix, form));
  if (plan.readings === undefined)
    return { line, finding: undefined, isDependent, isRow, isSaying };
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
  return { line, isDependent, isRow, isSaying, finding: { readings, step, epoch, ...rest } };
}

function endOf({ place, chars }: Prefix, form: LineForm): number {
  return place === undefined ? chars : (form.ends[place] ?? 0) + chars;
}

/** The plan that a whole reading suggests; `undefined` if the form can have none. */
export function makePlan(
  raw: string,
  form: LineForm,
  check: number,
  whole: WholeReading,
): LinePlan | undefined {
  const { finding, isDependent, isRow, isSaying, isEarly, line } = whole;
  if (!whole.isRepeatable || !raw.endsWith(line)) return undefined;
  const prefix = line === raw ? undefined : prefixOf(raw.length - line.length, form);
  const plain = {
    check,
    isDependent,
    isRow,
    isSaying,
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
  lookAtNumbers(raw, form);
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
export function agree(before: LinePlan, next: LinePlan): LinePlan | undefined {
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

function isAlike(a: LinePlan, b: LinePlan): boolean {
  return (
    a.isDependent === b.isDependent &&
    a.isEarly === b.isEarly &&
    a.isSaying === b.isSaying &&
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

function meetAll(a: LinePlan['readings'], b: LinePlan['readings']): LinePlan['readings'] {
  return b?.map((reading, at) => ({
    ...reading,
    source: meet(a?.[at]?.source, reading.source) ?? reading.source,
  }));
}
