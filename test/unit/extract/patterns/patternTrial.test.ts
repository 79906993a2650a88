import { describe, expect, it } from 'vitest';
import { createPatternTrial } from '../../../../src/core/extract/patterns/patternTrial';

function tryOn(pattern: string, lines: readonly string[]) {
  const trial = createPatternTrial({ name: 'q', pattern });
  for (const line of lines) trial.read(line);
  return { ...trial.result(), lines: [...trial.lines] };
}
const q = 'q (?<value>{number})';
const doubts = (pattern: string, lines: readonly string[]) =>
  tryOn(pattern, lines).doubts.map(({ text, line }) => `${text} @${line}`);

describe('a trial', () => {
  it('counts what matches and sums up the values', () => {
    const { lines, lineCount, metrics } = tryOn(q, ['x', 'q 3', 'q 1.5', '', 'q 2 q 7']);
    expect([lines, lineCount]).toEqual([[1, 2, 4], 3]);
    expect(metrics).toMatchObject([{ key: 'q', count: 4, first: 3, last: 7, min: 1.5, max: 7 }]);
    expect([...(metrics[0]?.points.values ?? [])]).toEqual([3, 1.5, 2, 7]);
  });

  it('keeps the metrics of a pattern apart, and not more than a page can show', () => {
    const many = Array.from({ length: 50 }, (_, index) => `k${index}=${index}`).join(' ');
    const { metrics } = tryOn('(?<key>\\w+)=(?<value>{number})', [many, 'k0=5']);
    expect(metrics.length).toBeLessThan(20);
    expect(metrics[0]).toMatchObject({ key: 'k0', count: 2, last: 5 });
  });

  it('says why a pattern cannot be used', () => {
    expect(() => createPatternTrial({ name: 'q', pattern: '(' })).toThrow(/missing closing/);
  });
});

describe('doubts', () => {
  it('are none of values that look as a metric does', () => {
    const falling = Array.from({ length: 30 }, (_, at) => `q ${(3 / (at + 1)).toFixed(3)}`);
    expect(doubts(q, falling)).toEqual([]);
    expect(doubts(q, [])).toEqual([]);
  });

  it('are said of what is no number, NaN, constant, a counter, or far from the others', () => {
    expect(doubts('q (?<value>\\w+)', ['q 1', 'q none', 'q 3'])).toEqual([
      'q: 1 match is no number @1',
    ]);
    expect(doubts(q, ['q 1', 'q nan', 'q 3', 'q inf'])).toEqual([
      'q: 2 values are NaN or infinite @1',
    ]);
    expect(doubts(q, ['q 4', 'q 4', 'q 4'])).toEqual(['q: it never changes @undefined']);
    expect(doubts(q, ['q 4', 'q 5', 'q 6'])).toEqual([
      'q: it counts up by one, as a step does @undefined',
    ]);
    const wild = Array.from({ length: 20 }, (_, at) => `q 0.${50 + at}`);
    expect(doubts(q, [...wild, 'q 7000'])).toEqual(['q: 7000 is far from the others @20']);
  });

  it('are said of steps that go back, unless another epoch has begun', () => {
    const stepped = 'q (?<value>{number}) s(?<step>{number})';
    expect(doubts(stepped, ['q 5 s1', 'q 4 s3', 'q 3.5 s2'])).toEqual(['q: the step goes back @2']);
    const inEpochs = `${stepped} e(?<epoch>{number})`;
    expect(doubts(inEpochs, ['q 5 s1 e1', 'q 4 s2 e1', 'q 3.5 s1 e2'])).toEqual([]);
  });
});
