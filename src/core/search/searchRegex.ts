import { RE2JS } from 're2js';

/** With re2js the time of a match grows with the product of the pattern's and the text's size. */
const maxProgramSize = 2000;
/** Of longer texts only the beginning is looked at. */
const maxTextChars = 100_000;

const flagOf: ReadonlyMap<string, number> = new Map([
  ['i', RE2JS.CASE_INSENSITIVE],
  ['m', RE2JS.MULTILINE],
  ['s', RE2JS.DOTALL],
]);

/** Says what is wrong with a regular expression; undefined if it can be used. */
export function regexProblem(pattern: string, flags: string): string | undefined {
  const unknown = [...flags].find((flag) => !flagOf.has(flag));
  if (unknown !== undefined)
    return `There is no flag ${unknown}: use i (any case), m (^ and $ at lines) or s (. matches line breaks).`;
  try {
    if (compile(pattern, flags).programSize() > maxProgramSize) {
      return 'This regular expression is too large: use fewer repetitions and alternatives.';
    }
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `This regular expression cannot be read (${reason.replace(/^error parsing regexp: /, '')}).`;
  }
}

/**
 * Whether the pattern is found in a text, in time linear in the text (RE2).
 *
 * @param pattern one that `regexProblem` has nothing against; any other is found in no text.
 */
export function createRegexTest(pattern: string, flags: string): (text: string) => boolean {
  if (regexProblem(pattern, flags) !== undefined) return () => false;
  const expression = compile(pattern, flags);
  return (text) => expression.test(text.length > maxTextChars ? text.slice(0, maxTextChars) : text);
}

function compile(pattern: string, flags: string): RE2JS {
  const bits = [...flags].reduce((sum, flag) => sum | (flagOf.get(flag) ?? 0), 0);
  return RE2JS.compile(pattern, bits);
}
