import { codeAt, isBlank } from './charKinds';
import type { Field } from './fields';
import type { Reading } from './finding';
import { type KeyFacts, keyFacts } from './keyFacts';
import { sign } from './lineSigns';
import { numberValue } from './numberText';

/** Where in its training a line says that it is. */
export interface Position {
  readonly step: number | undefined;
  readonly epoch: number | undefined;
}

const STEP_UNIT = /^[\s\])]*(?:batches|steps|iters|iterations|it|updates|rounds)\b/i;
// `[2,  400] loss: 2.1`: the epoch and the batch. WeNet's executor.py: `TRAIN Batch 0/100 loss 1.2`.
const PAIR =
  /^\s*\[\s*(\d+),(?!\d{3}[\],])\s*(\d+)\]\s*[A-Za-z]|^(?:TRAIN|CV) Batch (\d+)\/(\d+) loss\b/;
// `[100] loss=0.5` (clu's LoggingWriter) and `100 | loss 0.5` (llama2.c): the step comes first.
const LEADING = /^(?:\[(\d+(?:,\d{3})*)\] (?=[A-Za-z])|(\d+) \| (?=[A-Za-z]))/;
// CNTK: `Minibatch[   1- 100]`: the last of them.
const RANGE = /^-\s*(\d+)\]/;
// `epoch3`, `step_100` and `3epoch`.
const GLUED =
  /(?<![/\\])\b(epoch|ep|step|iter|iteration|round)[_#-]?(\d+)\b(?![.\w/\\])|\b(\d+)(epoch|batch)\b/gi;
const GLUED_WITHIN_CHARS = 200;
const LONGEST_KEY_CHARS = 80;
/** How far up a count of batches or samples stands among `stepRank`s. */
const BATCH_RANK = 5;
const UNRANKED_STEP = 6;

/**
 * The step and epoch among the fields of a line; of several counts, the one that never restarts.
 * `signs` are those of the line, or of one that holds it.
 */
export function positionOfFields(fields: readonly Field[], line: string, signs: number): Position {
  let epoch: number | undefined;
  let step: number | undefined;
  let rank = 0;
  let metricSeen = false;
  for (let place = 0; place < fields.length; place++) {
    const field = fields[place];
    if (field === undefined) break;
    const { kind } = field.facts;
    if (kind === 'metric') metricSeen = true;
    if (Number.isNaN(field.value) || (field.unit !== '' && field.unit !== '%')) continue;
    // `e: 0.95` is an exploration rate.
    if (kind === 'epoch' && (!field.decimal || field.key.length > 1)) epoch ??= field.value;
    if (kind === 'step' && !field.decimal) {
      const own = field.facts.stepRank || UNRANKED_STEP;
      if (own > rank) {
        step = field.indexed ? endOfRange(field, line) : field.value;
        rank = own;
      }
      continue;
    }
    if (field.decimal || rank >= BATCH_RANK) continue;
    if (field.facts.isSide && place === 0) {
      // `Train: 3 [10/100]` counts epochs, then batches; `Test: [1/4]` counts batches.
      const next = fields[place + 1];
      // `Train: [0/300][10/1251]`: the epoch of how many, then the batch.
      if (next !== undefined && isFraction(next)) epoch ??= field.value;
      else if (isFraction(field) && field.bracketed) {
        step = field.value;
        rank = BATCH_RANK;
      }
      continue;
    }
    if (
      field.key === '' &&
      isBatchCount(field, place === 1 ? fields[0] : undefined, line, metricSeen)
    ) {
      step = field.value;
      rank = BATCH_RANK;
    }
  }
  const pair = (signs & (sign.bracket | sign.slash)) === 0 ? null : PAIR.exec(line);
  if (pair !== null) return { epoch: Number(pair[1] ?? pair[3]), step: Number(pair[2] ?? pair[4]) };
  if (step === undefined && epoch === undefined && (signs & (sign.bracket | sign.rule)) !== 0) {
    const leading = LEADING.exec(line);
    if (leading !== null) step = numberValue(leading[1] ?? leading[2] ?? '');
  }
  if ((signs & sign.glued) !== 0) {
    for (const glued of line.slice(0, GLUED_WITHIN_CHARS).matchAll(GLUED)) {
      const count = Number(glued[2] ?? glued[3]);
      if (/^ep/i.test(glued[1] ?? glued[4] ?? '')) epoch ??= count;
      else step ??= count;
    }
  }
  return { step, epoch };
}

/** Whether a whole number without a name counts batches; `first` is the only field before it. */
function isBatchCount(
  field: Field,
  first: Field | undefined,
  line: string,
  metricSeen: boolean,
): boolean {
  const fraction = field.total !== undefined;
  const follows = first !== undefined && (first.facts.kind === 'epoch' || first.facts.isSide);
  const placed = field.bracketed && (fraction || follows);
  // `loss: 2.3  [   64/60000]` at the end of its line counts as well.
  if (metricSeen) return placed && closesLine(line, field.end);
  return placed || (fraction && (follows || STEP_UNIT.test(line.slice(field.end))));
}

function endOfRange(field: Field, line: string): number {
  const last = RANGE.exec(line.slice(field.end, field.end + 20))?.[1];
  return last === undefined ? field.value : Number(last);
}

/** Whether nothing but blanks and closing brackets follows. */
function closesLine(line: string, from: number): boolean {
  for (let at = from; at < line.length; at++) {
    if (!isBlank(codeAt(line, at)) && line.charAt(at) !== ']') return false;
  }
  return true;
}

function isFraction(field: Field): boolean {
  return field.total !== undefined && (field.key === '' || field.bracketed);
}

function isMeasured(field: Field): boolean {
  return field.decimal || field.unit === '%' || field.total !== undefined;
}

export interface FieldRules {
  /** The line says its step or epoch, so that what else it names may be a series. */
  readonly positioned: boolean;
  /** What the format as a whole vouches for: its unknown names are metrics too. */
  readonly vouched: boolean;
  readonly context: string | undefined;
}

/** The metric that a field names, if it does. */
export function readField(field: Field, rules: FieldRules): Reading | undefined {
  if (field.inExpression) return undefined;
  if (field.key === '' || field.key.length > LONGEST_KEY_CHARS || field.indexed) return undefined;
  // A quantity of something is no metric; a percentage and a factor may be.
  const { unit } = field;
  if (unit !== '' && !unit.startsWith('%') && unit !== 'x') return undefined;
  const blank = field.separator === ' ';
  // `return 1` is code and `loss 3` may be prose: without a position or a sign between, it takes more.
  if (blank && !rules.positioned && !rules.vouched && !isMeasured(field)) return undefined;
  const key = scopedKey(field);
  // A lone letter names a metric in a table or before a sign; before a blank it is a column of `top`.
  if (key.length === 1 && blank && !rules.vouched) return undefined;
  const facts = field.scope === undefined ? field.facts : keyFacts(key);
  const certainty = certaintyOf(field, facts, rules);
  if (certainty === undefined) return undefined;
  const context = facts.side ?? field.side ?? rules.context;
  return { key, value: numberOf(field), context, certainty };
}

/** `own` are the facts of the key with its scope. */
function certaintyOf(field: Field, own: KeyFacts, rules: FieldRules): 'sure' | 'guess' | undefined {
  const { kind } = field.facts;
  const { isPlain, isIdentifier, parts } = own;
  const blank = field.separator === ' ';
  if (kind === 'metric') {
    const short = rules.positioned && !blank && parts <= LONGEST_NAMED_METRIC;
    return isPlain || isIdentifier || short || rules.vouched ? 'sure' : undefined;
  }
  if (kind === 'byproduct') return rules.positioned || rules.vouched ? 'sure' : undefined;
  if (kind !== 'unknown') return undefined;
  if (rules.vouched) return 'sure';
  if (!rules.positioned || blank || field.total !== undefined) return undefined;
  return isIdentifier || parts <= LONGEST_UNKNOWN_NAME ? 'guess' : undefined;
}

const LONGEST_NAMED_METRIC = 5;
const LONGEST_UNKNOWN_NAME = 3;

function scopedKey(field: Field): string {
  if (field.scope === undefined) return field.key;
  return field.scope.endsWith(field.key) ? field.scope : `${field.scope}/${field.key}`;
}

/** `864/1000 (86%)` is 86 percent; `864/1000` alone is the fraction that it says. */
function numberOf(field: Field): number {
  if (field.percent !== undefined && field.total !== undefined) return field.percent;
  if (field.total !== undefined && field.total !== 0) return field.value / field.total;
  return field.value;
}
