import { describe, expect, it } from 'vitest';
import type { ChartSpec } from '../../../src/core/chart/chartSpec';
import { parseChartSpec } from '../../../src/core/chart/parseChartSpec';

const specs: readonly ChartSpec[] = [
  { kind: 'line', metrics: ['loss', 'val_loss'], title: 'Both' },
  {
    kind: 'scatter',
    x: '',
    y: 'best(metrics.acc)',
    color: 'params.opt',
    xScale: 'log',
    chosen: ['a'],
  },
  {
    kind: 'bars',
    value: 'best(metrics.acc)',
    groupBy: 'params.opt',
    order: 'name',
    chosen: 'adam',
  },
  { kind: 'histogram', value: 'loss', of: 'points', chosen: { from: 0, to: 0.1 } },
  {
    ...{ kind: 'parallel', axes: ['params.lr', 'params.opt'], value: 'best(metrics.acc)' },
    order: ['params.opt', 'params.lr'],
    views: {
      'params.lr': { scale: 'linear', isInverted: true, brush: { kind: 'range', from: 0, to: 1 } },
      'params.opt': { brush: { kind: 'texts', texts: ['adam'] } },
    },
  },
  { kind: 'importance', value: 'best(metrics.acc)' },
  { kind: 'confusion', key: '', by: 'row', step: 'none' },
  { kind: 'images', key: 'samples', step: 200 },
];

describe('parseChartSpec', () => {
  it('reads every kind back as it was kept', () => {
    for (const spec of specs)
      expect(parseChartSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
  });

  it('leaves out what makes no sense, and the chart where it cannot do without', () => {
    const parallel = { kind: 'parallel', axes: [], value: 'duration' };
    expect(
      parseChartSpec({
        ...parallel,
        order: ['a', 1],
        views: {
          a: { scale: 'cubic', isInverted: 'yes', brush: { kind: 'range', from: 'x', to: 1 } },
          b: { scale: 'log', brush: { kind: 'texts', texts: ['x', 2] } },
          c: null,
        },
      }),
    ).toEqual({
      ...parallel,
      views: { b: { scale: 'log', brush: { kind: 'texts', texts: ['x'] } } },
    });
    expect(parseChartSpec({ kind: 'images', key: '', step: '7' })).toEqual({
      kind: 'images',
      key: '',
    });
    const histogram = { kind: 'histogram', value: 'loss' };
    expect(parseChartSpec({ ...histogram, chosen: { from: 0, to: '1' } })).toEqual(histogram);
    expect(parseChartSpec({ kind: 'line', metrics: 'loss' })).toBeUndefined();
    expect(parseChartSpec({ kind: 'scatter', x: '' })).toBeUndefined();
    expect(parseChartSpec({ kind: 'constructor' })).toBeUndefined();
    expect(parseChartSpec(null)).toBeUndefined();
  });
});
