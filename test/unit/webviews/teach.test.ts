import { describe, expect, it } from 'vitest';
import type { LogLine, Mark } from '../../../src/core/log/logLine';
import {
  needsName,
  numberStarts,
  pickNumber,
  segmentsOf,
  sparkOf,
  toPattern,
} from '../../../webviews/teach/state';
import { toRunId } from '../../page/support/sampleRuns';

const line = (text: string, at = 0, marks: readonly Mark[] = []): LogLine => ({
  line: at,
  text,
  isCut: false,
  marks,
});
const state = (name: string, pattern: string) => ({ runId: toRunId(0), name, pattern });

describe('a shown line', () => {
  it('is cut into its numbers and what is between, with nothing lost', () => {
    const text = 'a 1.5 b2 -3e-4 nan <x>';
    const segments = segmentsOf(line(text), {});
    expect(segments.map((segment) => segment.text).join('')).toBe(text);
    expect(segments.filter(({ isNumber }) => isNumber).map((segment) => segment.text)).toEqual([
      '1.5',
      '2',
      '-3e-4',
      'nan',
    ]);
  });

  it('shows what a pattern marks, also where it is no number', () => {
    const marks: readonly Mark[] = [
      { start: 2, end: 5, role: 'value', key: 'q' },
      { start: 8, end: 9, role: 'step' },
    ];
    const segments = segmentsOf(line('q n/a at 7', 0, marks), {});
    expect(segments.flatMap(({ text, mark }) => (mark ? [[text, mark.role]] : []))).toEqual([
      ['n/a', 'value'],
      [' ', 'step'],
    ]);
  });

  it('shows what was picked, in its own line only', () => {
    const picked = { line: 4, picks: { value: { start: 2, end: 3 }, step: { start: 6, end: 7 } } };
    const roles = (at: number) => segmentsOf(line('q 5 s 6', at), picked).map(({ pick }) => pick);
    expect(roles(4)).toEqual([undefined, 'value', undefined, 'step']);
    expect(roles(5).every((pick) => pick === undefined)).toBe(true);
  });
});

describe('picking', () => {
  const text = line('q 5 s 6 e 7', 3);
  const [q = 0, s = 0, e = 0] = numberStarts(text);
  const value = { start: q, end: q + 1 };

  it('takes the metric first, then its step and epoch of the same line', () => {
    const first = pickNumber({}, text, q, 'value');
    expect(first).toEqual({ line: 3, picks: { value } });
    if (typeof first === 'string') throw new Error(first);
    const second = pickNumber(first, text, s, 'step');
    if (typeof second === 'string') throw new Error(second);
    expect(pickNumber(second, text, e, 'epoch')).toEqual({
      line: 3,
      picks: { value, step: { start: s, end: s + 1 }, epoch: { start: e, end: e + 1 } },
    });
    // The number that was the step becomes the metric.
    expect(pickNumber(second, text, s, 'value')).toEqual({
      line: 3,
      picks: { value: { start: s, end: s + 1 } },
    });
  });

  it('says why it cannot be', () => {
    const first = { line: 3, picks: { value } };
    expect(pickNumber({}, text, s, 'step')).toMatch(/metric first/);
    expect(pickNumber(first, text, q, 'step')).toMatch(/metric itself/);
    expect(pickNumber(first, line('s 6', 4), 2, 'step')).toMatch(/in the line of the metric/);
    expect(pickNumber(first, text, 1, 'value')).toMatch(/no number/);
  });

  it('begins anew in another line', () => {
    const first = { line: 3, picks: { value, step: { start: s, end: s + 1 } } };
    expect(pickNumber(first, line('x 9', 8), 2, 'value')).toEqual({
      line: 8,
      picks: { value: { start: 2, end: 3 } },
    });
  });
});

describe('the pattern', () => {
  it('needs a name only for a value without one', () => {
    expect(needsName(state('', '(?<value>.)'))).toBe(true);
    expect(needsName(state(' ', '(?P<value>.)'))).toBe(true);
    expect(needsName(state('q', '(?<value>.)'))).toBe(false);
    expect(needsName(state('', '(?<key>.)(?<value>.)'))).toBe(false);
    expect(needsName(state('', '(?<loss>.)'))).toBe(false);
  });

  it('is tried under a stand-in while it has no name', () => {
    expect(toPattern(state(' ', 'p'), 'value')).toEqual({ name: 'value', pattern: 'p' });
    expect(toPattern(state(' q ', 'p'), 'value')).toEqual({ name: 'q', pattern: 'p' });
    expect(toPattern(state('', 'p'))).toEqual({ pattern: 'p' });
  });
});

describe('the small picture', () => {
  const metric = (values: readonly number[], steps = values.map(() => Number.NaN)) => {
    const finite = values.filter(Number.isFinite);
    return {
      ...{ key: 'q', count: values.length, first: 0, last: 0 },
      min: Math.min(...finite),
      max: Math.max(...finite),
      points: { steps: Float64Array.from(steps), values: Float64Array.from(values) },
    };
  };

  it('goes from the lowest to the highest value, along the steps where they grow', () => {
    expect(sparkOf(metric([1, 3, 2], [0, 10, 40]), 100, 10).lines).toEqual(['0,10 25,0 100,5']);
    expect(sparkOf(metric([1, 3, 2], [5, 5, 5]), 100, 10).lines).toEqual(['0,10 50,0 100,5']);
  });

  it('has a gap where a value is none', () => {
    const spark = sparkOf(metric([1, 2, Number.NaN, 2, 1]), 100, 10);
    expect(spark.lines).toEqual(['0,10 25,0', '75,0 100,10']);
  });

  it('shows a lone value, and one that never changes', () => {
    expect(sparkOf(metric([5]), 100, 10)).toEqual({ lines: [], dots: [{ x: 0, y: 5 }] });
    expect(sparkOf(metric([5, 5]), 100, 10).lines).toEqual(['0,5 100,5']);
  });
});
