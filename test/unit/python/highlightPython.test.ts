import fc from 'fast-check';
import { expect, it } from 'vitest';
import { highlightPython } from '../../../src/core/python/highlightPython';

const pieces = (source: string) => {
  const lines = source.split('\n');
  return highlightPython(source).map((tokens, at) =>
    tokens.map(({ from, to, kind }) => `${kind} ${lines[at]?.slice(from, to)}`),
  );
};

it('tells keywords, strings, numbers, comments and names apart, over several lines too', () => {
  expect(pieces('import os  # hi\n%matplotlib inline\nx = """a\nb""" + f(1.5, None)')).toEqual([
    ['keyword import', 'comment # hi'],
    [],
    ['string """a'],
    ['string b"""', 'name f', 'number 1.5', 'constant None'],
  ]);
});

it('stays inside the lines of any text, in order, and gives up what is too long', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('"', "'", '\n', 'f', '#', '(', ' ', '1', '\\') }),
      (source) => {
        const lines = source.split('\n');
        const found = highlightPython(source);
        expect(found).toHaveLength(lines.length);
        for (const [at, tokens] of found.entries()) {
          let end = 0;
          for (const { from, to } of tokens) {
            expect(from).toBeGreaterThanOrEqual(end);
            expect(to).toBeGreaterThan(from);
            end = to;
          }
          expect(end).toBeLessThanOrEqual(lines[at]?.length ?? 0);
        }
      },
    ),
  );
  expect(highlightPython('x = 1\n'.repeat(50_000))).toEqual([]);
});
