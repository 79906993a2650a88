import type { Field } from './fields';
import type { Reading } from './finding';
import { classifyKey, contextOfKey, isPlainMetricKey, stepRank } from './vocabulary';

/** Where in its training a line says that it is. */
export interface Position {
  readonly step?: number;
  readonly epoch?: number;
}

const STEP_UNIT = /^[\s\])]*(?:batches|steps|iters|iterations|it|updates|rounds)\b/i;
const NO_METRIC_UNIT = /^(?!%|x$).+/;
const IDENTIFIER = /^[A-Za-z_#][\w@^./\-':+]*$/;

/** The step and epoch among the fields of a line; of several counts, the one that never restarts. */
export function positionOfFields(fields: readonly Field[], line: string): Position {
  let epoch: number | undefined;
  let step: number | undefined;
  let rank = 0;
  let metricSeen = false;
  fields.forEach((field, place) => {
    const kind = field.key === '' ? 'unknown' : classifyKey(field.key);
    if (kind === 'metric') metricSeen = true;
    if (Number.isNaN(field.value) || (field.unit !== '' && field.unit !== '%')) return;
    if (kind === 'epoch') epoch ??= field.value;
    if (kind === 'step' && !field.decimal) {
      const own = stepRank(field.key) || 6;
      if (own > rank) ({ step, rank } = { step: field.value, rank: own });
      return;
    }
    if (field.decimal || rank >= 5) return;
    const next = fields[place + 1];
    if (isSideKey(field.key) && place === 0) {
      // `Train: 3 [10/100]` counts epochs, then batches; `Test: [1/4]` counts batches.
      if (next !== undefined && isFraction(next)) epoch ??= field.value;
      else if (isFraction(field) && field.bracketed)
        ({ step, rank } = { step: field.value, rank: 5 });
      return;
    }
    if (field.key !== '') return;
    const previous = fields[place - 1];
    const follows =
      place === 1 &&
      (classifyKey(previous?.key ?? '') === 'epoch' || isSideKey(previous?.key ?? ''));
    const counted = isFraction(field) && STEP_UNIT.test(line.slice(field.end));
    const placed = field.bracketed && (isFraction(field) || follows);
    // `loss: 2.3  [   64/60000]` at the end of its line counts as well.
    const closes = metricSeen && placed && /^[\s\]]*$/.test(line.slice(field.end));
    if (metricSeen ? closes : counted || placed || (follows && isFraction(field))) {
      ({ step, rank } = { step: field.value, rank: 5 });
    }
  });
  // `[2,  400] loss: 2.1`: the epoch and the batch.
  const pair = /^\s*\[\s*(\d+),\s*(\d+)\]\s*[A-Za-z]/.exec(line);
  if (pair !== null) return { epoch: Number(pair[1]), step: Number(pair[2]) };
  for (const glued of line.slice(0, 200).matchAll(GLUED)) {
    const count = Number(glued[2] ?? glued[3]);
    if (/^ep/i.test(glued[1] ?? glued[4] ?? '')) epoch ??= count;
    else step ??= count;
  }
  return { ...(step === undefined ? {} : { step }), ...(epoch === undefined ? {} : { epoch }) };
}

// `epoch3`, `step_100` and `3epoch`.
const GLUED =
  /\b(epoch|ep|step|iter|iteration|round)[_#-]?(\d+)\b(?![.\w])|\b(\d+)(epoch|batch)\b/gi;

function isFraction(field: Field): boolean {
  return field.key === ''
    ? field.total !== undefined
    : field.total !== undefined && field.bracketed;
}

function isMeasured(field: Field): boolean {
  return field.decimal || field.unit === '%' || field.total !== undefined;
}

function isSideKey(key: string): boolean {
  return /^[A-Za-z]+$/.test(key) && contextOfKey(key) !== undefined;
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
  if (field.key === '' || field.key.length > 80) return undefined;
  if (NO_METRIC_UNIT.test(field.unit) || field.indexed) return undefined;
  // `return 1` is code and `loss 3` may be prose: without a position or a sign between, it takes more.
  if (field.separator === ' ' && !rules.positioned && !rules.vouched && !isMeasured(field)) {
    return undefined;
  }
  const key = scopedKey(field);
  // A lone letter names a metric in a table or before a sign; before a blank it is a column of `top`.
  if (key.length === 1 && field.separator === ' ' && !rules.vouched) return undefined;
  const value = numberOf(field);
  const kind = classifyKey(field.scope === undefined ? key : field.key);
  const context = contextOfKey(key) ?? field.side ?? rules.context;
  const reading = { key, value, ...(context === undefined ? {} : { context }) };
  if (kind === 'metric') {
    const plain = isPlainMetricKey(key);
    const identifier = IDENTIFIER.test(key);
    const short = rules.positioned && field.separator !== ' ' && key.split(/\s+/).length <= 5;
    if (!plain && !identifier && !short && !rules.vouched) return undefined;
    return { ...reading, certainty: 'sure' };
  }
  if (kind === 'byproduct') {
    return rules.positioned || rules.vouched ? { ...reading, certainty: 'sure' } : undefined;
  }
  if (kind !== 'unknown') return undefined;
  if (rules.vouched) return { ...reading, certainty: 'sure' };
  if (!rules.positioned || field.separator === ' ' || field.total !== undefined) return undefined;
  if (!IDENTIFIER.test(key) && key.split(/\s+/).length > 3) return undefined;
  return { ...reading, certainty: 'guess' };
}

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
