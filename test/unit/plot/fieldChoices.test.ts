import { describe, expect, it } from 'vitest';
import { levelColor, rampLevels } from '../../../src/core/plot/colorRamp';
import { createColumnAxis } from '../../../src/core/plot/columnAxis';
import { createChoiceBuilder, varyingParams } from '../../../src/core/plot/fieldChoices';
import type { RunColumn } from '../../../src/core/plot/runColumn';
import type { Run } from '../../../src/core/run/run';
import { sampleRuns } from '../../page/support/sampleRuns';

describe('createChoiceBuilder', () => {
  const builder = createChoiceBuilder();
  const runs: readonly Run[] = sampleRuns(8);
  builder.add(runs.slice(0, 3));
  builder.add(runs.slice(3));
  const choices = builder.end();

  it('counts runs and values, and takes a run without a param for a value more', () => {
    expect(choices.params).toEqual([
      { key: 'lr', runCount: 8, valueCount: 4, isNumber: true },
      { key: 'hidden', runCount: 8, valueCount: 3, isNumber: true },
      { key: 'epochs', runCount: 8, valueCount: 1, isNumber: true },
    ]);
    const [first] = runs;
    const other = createChoiceBuilder();
    other.add(first ? [first, { ...first, params: [] }] : []);
    expect(other.end().params[0]).toMatchObject({ key: 'lr', runCount: 1, valueCount: 2 });
  });

  it('knows which params vary', () => {
    expect(varyingParams(choices).map(({ key }) => key)).toEqual(['lr', 'hidden']);
    expect(choices.metrics.map(({ key, direction }) => [key, direction])).toEqual([
      ['loss', 'lower'],
      ['val_loss', 'lower'],
      ['val_acc', 'higher'],
    ]);
  });
});

describe('createColumnAxis', () => {
  const numbers: RunColumn = {
    kind: 'number',
    isPresent: Uint8Array.of(1, 1, 1, 0, 1),
    numbers: Float64Array.of(0.001, 0.01, 0.1, Number.NaN, Number.NaN),
  };

  it('is a log axis where that shows the values better, and says what it cannot show', () => {
    const axis = createColumnAxis(numbers, { kind: 'param', key: 'lr' });
    expect(axis).toMatchObject({ title: 'lr', isLog: true, absentCount: 1, undrawnCount: 1 });
    expect([0, 1, 2, 3, 4].map((row) => axis.unitAt(row))).toEqual([
      0,
      expect.closeTo(0.5),
      1,
      Number.NaN,
      Number.NaN,
    ]);
    expect([0, 3, 4].map((row) => axis.textAt(row))).toEqual(['0.001', 'none', 'NaN']);
    expect(createColumnAxis(numbers, { kind: 'param', key: 'lr' }, 'linear').isLog).toBe(false);
  });

  it('gives each text a place of its own', () => {
    const column: RunColumn = {
      kind: 'text',
      texts: ['a', 'b'],
      isPresent: Uint8Array.of(1, 0),
      codes: Int32Array.of(1, 0),
    };
    const axis = createColumnAxis(column, { kind: 'param', key: 'opt' });
    expect([axis.unitAt(0), axis.unitAt(1), axis.textAt(0), axis.textAt(1)]).toEqual([
      0.75,
      Number.NaN,
      'b',
      'none',
    ]);
    expect(axis.ticks(5)).toEqual([
      { unit: 0.25, text: 'a' },
      { unit: 0.75, text: 'b' },
    ]);
  });

  it('reads durations and dates as such', () => {
    const column: RunColumn = {
      kind: 'number',
      isPresent: Uint8Array.of(1),
      numbers: Float64Array.of(90_000),
    };
    expect(createColumnAxis(column, { kind: 'attribute', name: 'duration' }).textAt(0)).toBe(
      '1 min 30 s',
    );
    expect(createColumnAxis(column, { kind: 'attribute', name: 'start_time' }).textAt(0)).toBe(
      '1970-01-01 00:01',
    );
  });
});

it('every colour of the ramp stands out from its background, 3 to 1', () => {
  const luminance = (rgb: readonly number[]) =>
    rgb
      .map((value) =>
        value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
      )
      .reduce((sum, value, at) => sum + value * ([0.2126, 0.7152, 0.0722][at] ?? 0), 0);
  for (const [isDark, ground] of [
    [true, 32],
    [false, 255],
  ] as const) {
    for (let level = 0; level < rampLevels; level++) {
      const color = levelColor(level, isDark).match(/\d+/g)?.map(Number) ?? [];
      const [a, b] = [luminance(color), luminance([ground, ground, ground])].sort((x, y) => y - x);
      expect(((a ?? 0) + 0.05) / ((b ?? 0) + 0.05)).toBeGreaterThan(2.9);
    }
  }
});
