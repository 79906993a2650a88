import { scanFields } from '../fields';
import type { Finding, Reading, Recogniser } from '../finding';
import { classifyKey } from '../keyFacts';
import { sign } from '../lineSigns';
import { positionOfFields, readField } from '../readFields';
import { contextOfText } from '../vocabulary';

// Prose that happens to name a metric has many words that belong to no number.
const MAX_LOOSE_WORDS_WITH_SEPARATOR = 7;
const MAX_LOOSE_WORDS_WITH_BLANK = 3;
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
    const { fields, loose } = scanFields(line);
    if (fields.length === 0) return undefined;
    const position = positionOfFields(fields, line, signs);
    const positioned = position.step !== undefined || position.epoch !== undefined;
    const context =
      (signs & sign.side) === 0 ? undefined : lineContext(line, fields[0]?.start ?? 0, fields);
    const rules = { positioned, vouched: false, context };
    const readings: Reading[] = [];
    for (const field of fields) {
      const limit =
        field.separator === ' ' ? MAX_LOOSE_WORDS_WITH_BLANK : MAX_LOOSE_WORDS_WITH_SEPARATOR;
      if (loose > (positioned ? limit + limit / 2 : limit)) continue;
      const reading = readField(field, rules);
      if (reading !== undefined) readings.push(reading);
    }
    // `set lr 0.1 at step 100` in a sentence is no report; `step 100 lr 0.1` is.
    const reported = loose <= 2 || readings.some(({ key }) => classifyKey(key) !== 'byproduct');
    if (!reported || (readings.length === 0 && !positioned)) return undefined;
    return {
      readings,
      step: position.step,
      epoch: position.epoch,
      context,
      opens: positioned && readings.length === 0,
      isFinal: !positioned && FINAL.test(line),
    };
  },
};

/** The side of the data named ahead of the first metric, as in `Test set: Average loss: 0.4`. */
function lineContext(
  line: string,
  firstStart: number,
  fields: readonly { readonly key: string; readonly end: number }[],
): string | undefined {
  const head = contextOfText(line.slice(0, firstStart).replace(/[\w-]+\.\w+/g, ''));
  if (head !== undefined) return head;
  const last = fields.at(-1);
  const tail = last === undefined ? '' : line.slice(last.end, last.end + 40);
  return /\bon (?:the )?(\w+)/.test(tail) ? contextOfText(tail) : undefined;
}
