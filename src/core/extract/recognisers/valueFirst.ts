import type { Finding, Recogniser } from '../finding';
import { keyFacts } from '../keyFacts';
import { sign } from '../lineSigns';
import { NUMBER_PATTERN, parseNumber } from '../numberText';
import { contextOfText } from '../vocabulary';

// AutoGluon `0.8512\t = Validation score   (accuracy)`.
const EQUATION = new RegExp(
  `^\\s*(${NUMBER_PATTERN})\\s*=\\s*([A-Za-z][\\w ]*\\w)(?:\\s*\\(([\\w ]+)\\))?\\s*$`,
);
// Darknet `20: 11.2, 12.3 avg loss, 0.001 rate, …`.
const COUNTED = new RegExp(
  `^\\s*(\\d+):\\s.*?(${NUMBER_PATTERN}) ((?:avg|average|mean|total) \\w+),`,
);
// `Accuracy of the network on the 10000 test images: 55 %`.
const SENTENCE = new RegExp(
  `^\\s*([A-Za-z][\\w-]*(?: score)?) (?:of|for|on) (?:\\S+ ){1,9}?\\S+?(?: is|:| =)\\s*(${NUMBER_PATTERN})\\s*%?\\.?\\s*$`,
);

const COUNTED_SIGNS = sign.colon | sign.comma;

/** Lines that say the value before its name, or the name in a sentence. */
export const valueFirst: Recogniser = {
  name: 'value-first',
  needs: sign.digit,
  recognise(line, { signs }): Finding | undefined {
    if (line.length > 300) return undefined;
    const equation = (signs & sign.equals) === 0 ? null : EQUATION.exec(line);
    if (equation !== null) return one(equation[2], equation[1], undefined, line);
    const counted = (signs & COUNTED_SIGNS) === COUNTED_SIGNS ? COUNTED.exec(line) : null;
    if (counted !== null) return one(counted[3], counted[2], Number(counted[1]), line);
    const sentence = SENTENCE.exec(line);
    return sentence === null ? undefined : one(sentence[1], sentence[2], undefined, line);
  },
};

function one(
  key: string | undefined,
  number: string | undefined,
  step: number | undefined,
  line: string,
): Finding | undefined {
  const value = parseNumber(number ?? '');
  if (key === undefined || value === undefined) return undefined;
  const { kind, isPlain } = keyFacts(key);
  if (kind !== 'metric' || !isPlain) return undefined;
  const context = contextOfText(line);
  return {
    readings: [{ key, value, context, certainty: 'sure' }],
    ...(step === undefined ? { isFinal: true } : { step }),
  };
}
