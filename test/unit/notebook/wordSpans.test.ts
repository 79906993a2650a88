import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairHunkLines, type WordSpan, wordSpans } from '../../../src/core/notebook/wordSpans';
import { measureCpuMs } from './cpuTime';

const word = fc.constantFrom(
  'foo',
  ' ',
  '    ',
  '\t',
  '(',
  ')',
  '=',
  '1',
  'é',
  '\ud83d\ude00',
  '\ud83d',
);
const line = fc.array(word, { maxLength: 12 }).map((words) => words.join(''));
const join = (spans: readonly WordSpan[]) => spans.map(({ text }) => text).join('');
const unchanged = (spans: readonly WordSpan[]) => join(spans.filter(({ changed }) => !changed));

describe('wordSpans', () => {
  it('rebuild both lines exactly, and share what they call the same', () => {
    fc.assert(
      fc.property(line, line, fc.constantFrom(1, 2_000), (a, b, times) => {
        const [oldLine, newLine] = [a.repeat(times), b.repeat(times)];
        const spans = wordSpans(oldLine, newLine);
        expect(join(spans.old)).toBe(oldLine);
        expect(join(spans.new)).toBe(newLine);
        expect(unchanged(spans.old)).toBe(unchanged(spans.new));
        expect([...spans.old, ...spans.new].every(({ text }) => text !== '')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('see a dedent', () => {
    const { old, new: fresh } = wordSpans('    return x', 'return x');
    expect(old).toEqual([
      { text: '    ', changed: true },
      { text: 'return x', changed: false },
    ]);
    expect(fresh).toEqual([{ text: 'return x', changed: false }]);
  });

  it('mark the words that differ alone', () => {
    const changed = wordSpans('fit(x, lr=0.1, n=3)', 'fit(x, lr=0.5, n=4)').new.filter(
      (span) => span.changed,
    );
    expect(changed.map(({ text }) => text)).toEqual(['5', '4']);
  });

  it('take no longer for lines of megabytes than to read them', () => {
    const spentMs = measureCpuMs(() => {
      wordSpans('a b '.repeat(1_000_000), 'c d '.repeat(1_000_000));
      wordSpans('a b '.repeat(600), 'c d '.repeat(600));
    });
    expect(spentMs).toBeLessThan(1_000);
  });
});

describe('pairHunkLines', () => {
  const hunk = (oldLines: readonly string[], newLines: readonly string[]) => ({
    oldStart: 0,
    oldLines,
    newStart: 0,
    newLines,
  });

  it('lists every line of both sides once, in order', () => {
    const lines = fc.array(line, { maxLength: 70 });
    fc.assert(
      fc.property(lines, lines, (oldLines, newLines) => {
        const pairs = pairHunkLines(hunk(oldLines, newLines));
        expect(pairs.flatMap((pair) => pair.old ?? [])).toEqual(oldLines.map((_, i) => i));
        expect(pairs.flatMap((pair) => pair.new ?? [])).toEqual(newLines.map((_, i) => i));
      }),
    );
  });

  it('puts an edited line beside what it became, though a line came before it', () => {
    const pairs = pairHunkLines(
      hunk(['model.fit(x, epochs=3)'], ['# three were not enough', 'model.fit(x, epochs=9)']),
    );
    expect(pairs).toEqual([{ new: 0 }, { old: 0, new: 1 }]);
  });
});
