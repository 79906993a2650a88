import { type Field, scanFields } from '../fields';
import type { Finding, Reading, Recogniser } from '../finding';
import { classifyKey } from '../keyFacts';
import { sign } from '../lineSigns';
import { positionOfFields, readField } from '../readFields';
import { contextOfText } from '../vocabulary';

// Between rules stand names of subsets and loggers, not sentences.
const LOOSE_WORDS_BETWEEN_RULES = 4;
// Prose that happens to name a metric has many words that belong to no number.
const MAX_LOOSE_WORDS_WITH_SEPARATOR = 7;
const MAX_LOOSE_WORDS_WITH_BLANK = 3;
// `3adf61e Reach accuracy 0.95`: a line of a version control's log.
const COMMIT = /^(?=\d*[a-f])(?=[a-f]*\d)[\da-f]{7,40} \S/;
const FINAL = /\b(?:final|best|overall|initial|updated|result|after training|end of training)\b/i;

/**
 * The general reader: any line of `key=value`, `key: value` or `key value`, with its position where
 * it says one. It runs last, and takes only keys whose words are known unless the line is positioned.
 */
export const keyValue: Recogniser = {
  name: 'key-value',
  needs: 0,
  recognise(line, { signs }): Finding | undefined {
    if ((signs & (sign.digit | sign.named)) === 0) return undefined;
    if (COMMIT.test(line)) return undefined;
    const { fields, loose } = scanFields(line);
    if (fields.length === 0) return undefined;
    const position = positionOfFields(fields, line, signs);
    const positioned = position.step !== undefined || position.epoch !== undefined;
    const context =
      (signs & sign.side) === 0 ? undefined : lineContext(line, fields[0]?.start ?? 0, fields);
    const rules = { positioned, vouched: false, context };
    const prose = (signs & sign.rule) === 0 ? loose : loose - LOOSE_WORDS_BETWEEN_RULES;
    const readings: Reading[] = [];
    let isTold = false; // that these are metrics
    for (const field of fields) {
      const limit =
        field.separator === ' ' ? MAX_LOOSE_WORDS_WITH_BLANK : MAX_LOOSE_WORDS_WITH_SEPARATOR;
      if (prose > (positioned ? limit + limit / 2 : limit)) continue;
      const reading = readField(field, rules) ?? otherSide(field, readings.at(-1));
      if (reading === undefined) continue;
      readings.push(reading);
      isTold ||= isTelling(field);
    }
    if (!positioned && !isTold) readings.length = 0;
    // `set lr 0.1 at step 100` in a sentence is no report; `step 100 lr 0.1` is.
    const reported =
      loose <= 2 ||
      isHeaded(line, fields[0]) ||
      readings.some(({ key }) => classifyKey(key) !== 'byproduct');
    if (!reported || (readings.length === 0 && !positioned)) return undefined;
    return {
      readings,
      step: position.step,
      epoch: position.epoch,
      context,
      opens: positioned && readings.length === 0 && !fields.some(isTotal),
      isFinal: !positioned && FINAL.test(line),
    };
  },
};

/** `Iteration No: 1 ended. Evaluation done.` opens an iteration, whatever it goes on to say. */
function isHeaded(line: string, first: Field | undefined): boolean {
  if (first === undefined || first.separator !== ':') return false;
  return /^(?:step|epoch)$/.test(first.facts.kind) && line.startsWith(first.key);
}

/** `p = 0.85` may be anything, `errors: 3` counts, and `error: 0.3` is a metric. */
function isTelling({ facts, decimal }: Field): boolean {
  return facts.weakness !== 'always' && (facts.weakness !== 'whole' || decimal);
}

/** `Iterations 5`, `epochs: 10` say how many there were or will be, not where the training is. */
function isTotal({ key, total }: Field): boolean {
  return total === undefined && /^(?:num_|total |number of )?(?:epochs|iterations)$/i.test(key);
}

/** `LOSS train 0.5 valid 0.4`: the second number is the same quantity of another side. */
function otherSide(field: Field, before: Reading | undefined): Reading | undefined {
  const { isSide, side } = field.facts;
  if (!isSide || !field.decimal || before?.context === undefined || before.context === side)
    return undefined;
  const [, name] = /^(.*[A-Za-z][ _/])[A-Za-z]+$/.exec(before.key) ?? [];
  if (name === undefined || contextOfText(name) !== undefined) return undefined;
  return { key: `${name}${field.key}`, value: field.value, context: side, certainty: 'sure' };
}

/** The side of the data named ahead of the first metric, as in `Test set: Average loss: 0.4`. */
function lineContext(
  line: string,
  firstStart: number,
  fields: readonly Field[],
): string | undefined {
  const head = contextOfText(line.slice(0, firstStart).replace(/[\w-]+\.\w+/g, ''));
  if (head !== undefined) return head;
  // ESPnet's `1epoch:train:1-73batch: loss=0.5`.
  const named = fields.find(({ facts, decimal }) => facts.isSide && !decimal);
  if (named !== undefined) return named.facts.side;
  const last = fields.at(-1);
  const tail = last === undefined ? '' : line.slice(last.end, last.end + 40);
  return /\bon (?:the )?(\w+)/.test(tail) ? contextOfText(tail) : undefined;
}
