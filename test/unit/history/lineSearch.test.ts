import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileLineSearch } from '../../../src/core/history/lineSearch';
import { compileQuery, type SourceQuery } from '../../../src/core/history/sourceSearch';

/** Expressions made of what expressions are made of, so that anchors and empty matches meet. */
const { expression } = fc.letrec<{ expression: string; part: string }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      'a',
      'b',
      'loss',
      '_',
      ' ',
      '.',
      '\\d',
      '\\w',
      '\\s',
      '\\S',
      '\\W',
      '[^a]',
      'É',
    ),
    fc.constantFrom('^', '$', '\\b', '\\B', '\\A', '\\z', '(?-m)', '(?s).', '(?i)A', '()', '\\n'),
    fc
      .tuple(tie('expression'), fc.constantFrom('*', '+', '?', '{2}', '*?', ''))
      .map(([inner, times]) => `(${inner})${times}`),
  ),
  expression: fc.oneof(
    { depthSize: 'small' },
    fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
    fc.tuple(tie('part'), tie('part')).map(([one, other]) => `${one}|${other}`),
  ),
}));

const line = fc
  .array(fc.constantFrom('a', 'A', 'b', 'loss', '_', ' ', '1', '23', 'é', '.', '\t', 'K'), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''));

const query: fc.Arbitrary<SourceQuery> = fc.record({
  text: fc.oneof(
    expression,
    line.filter((text) => text !== ''),
  ),
  matchCase: fc.boolean(),
  wholeWord: fc.boolean(),
  isRegex: fc.boolean(),
});

test('any query is in the same lines as where its places are looked for', () => {
  fc.assert(
    fc.property(query, fc.array(line, { minLength: 1, maxLength: 12 }), (given, lines) => {
      let find: ReturnType<typeof compileQuery>;
      try {
        find = compileQuery(given);
      } catch (error) {
        expect(() => compileLineSearch(given)).toThrow(String((error as Error).message));
        return;
      }
      const search = compileLineSearch(given);
      const expected = lines.map((each) => find(each) !== undefined);
      expect(lines.map(search.isIn)).toEqual(expected);
      if (expected.includes(true)) expect(search.mayBeIn(lines.join('\n'))).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test('lines without it are told all at once', () => {
  const lines = Array.from({ length: 500 }, (_, n) => `step ${n} loss 0.${n}`).join('\n');
  const has = (text: string, isRegex: boolean) =>
    compileLineSearch({ text, isRegex, matchCase: false, wholeWord: false }).mayBeIn(lines);
  expect(has('out of memory', false)).toBe(false);
  expect(has('allocate \\d+ MiB', true)).toBe(false);
  expect(has('STEP 499 ', false)).toBe(true);
  expect(has('^STEP \\d+9 LOSS', true)).toBe(true);
});

test('an expression that would hang others takes no time that is felt', () => {
  const search = compileLineSearch({
    ...{ text: '(a+)+$', isRegex: true, matchCase: true, wholeWord: false },
  });
  expect(search.isIn(`${'a'.repeat(16_000)}b`)).toBe(false);
  expect(search.mayBeIn(`${'a'.repeat(60_000)}b`)).toBe(false);
});
