import type { ExtractedParam } from '../extraction';
import { scanFields } from '../fields';
import type { Finding, Reading, Recogniser } from '../finding';
import { classifyKey, contextOfKey } from '../keyFacts';
import { sign } from '../lineSigns';
import { type Literal, literalNumber, literalText, parseLiteral } from '../literal';
import { type Position, positionOfFields } from '../readFields';
import { contextOfText, stepRank } from '../vocabulary';

const PARAM_WORDS =
  /\b(?:hyper-?param\w*|param\w*|config\w*|args?|arguments|settings|options|hparams)\b/i;
const RESULT_WORDS = /\b(?:metrics?|results?|scores?|performance|evaluation|eval|loss(?:es)?)\b/i;
const DICT_START = /\{\s*(?:['"]|\w+['"]?\s*:|\})/;
const LONGEST_DICT_CHARS = 16_000;
const MAX_ENTRIES = 500;

/**
 * Lines that print a dict: Hugging Face Trainer's `{'loss': 0.5, 'epoch': 1.0}` (also with quoted
 * numbers), JSON lines, `epoch 3: {'accuracy': 0.7}`, `Best parameters: {'C': 1}`.
 */
export const dictLine: Recogniser = {
  name: 'dict',
  needs: sign.brace,
  recognise(line, { signs }): Finding | undefined {
    if (line.length > LONGEST_DICT_CHARS) return undefined;
    const start = line.search(DICT_START);
    if (start === -1) return undefined;
    const dict = parseLiteral(line, start)?.value;
    if (dict?.kind !== 'dict') return undefined;
    const head = line.slice(0, start);
    const leaves = flatten(dict, '');
    if (PARAM_WORDS.test(head) && !RESULT_WORDS.test(head)) {
      return { readings: [], params: leaves.map(toParam) };
    }
    const place = positionOfFields(scanFields(head).fields, head, signs);
    return fromLeaves(leaves, place, contextOfText(head));
  },
};

function fromLeaves(
  leaves: readonly (readonly [string, Literal])[],
  place: Position,
  context: string | undefined,
): Finding | undefined {
  let { step, epoch } = place;
  let rank = 0;
  const readings: Reading[] = [];
  const numbers = leaves.flatMap(([key, leaf]) => {
    const value = literalNumber(leaf);
    return value === undefined ? [] : [{ key, value }];
  });
  for (const { key, value } of numbers) {
    const kind = classifyKey(key);
    if (kind === 'epoch') epoch ??= value;
    else if (kind === 'step' && stepRank(key) > rank) {
      step = value;
      rank = stepRank(key);
    }
  }
  const positioned = step !== undefined || epoch !== undefined;
  for (const { key, value } of numbers) {
    const kind = classifyKey(key);
    const side = contextOfKey(key) ?? context;
    const isSure = kind === 'metric' || (kind === 'byproduct' && positioned);
    if (!isSure && (kind !== 'unknown' || !positioned)) continue;
    readings.push({ key, value, context: side, certainty: isSure ? 'sure' : 'guess' });
  }
  if (readings.length === 0) return undefined;
  return { readings, step, epoch };
}

/** The leaves of nested dicts under dotted keys. */
function flatten(dict: Literal & { readonly kind: 'dict' }, prefix: string): [string, Literal][] {
  const leaves: [string, Literal][] = [];
  for (const [name, value] of dict.entries.slice(0, MAX_ENTRIES)) {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    if (value.kind === 'dict') leaves.push(...flatten(value, key));
    else leaves.push([key, value]);
  }
  return leaves;
}

function toParam([key, value]: readonly [string, Literal]): ExtractedParam {
  return { key, value: literalText(value), origin: 'printed' };
}
