import { describe, expect, it } from 'vitest';
import type { ChartsData } from '../../../src/protocol/chartsPage';
import {
  bucketsFor,
  lineStyle,
  nearestPoint,
  readout,
  toPlots,
  toTableRows,
  xRange,
} from '../../../webviews/charts/state';
import { formatSeconds, secondsTicks } from '../../../webviews/charts/timeAxis';
import { sampleCharts, sampleSeries } from '../../page/support/sampleCharts';
import { toRunId } from '../../page/support/sampleRuns';

const axes = { xAxis: 'step', logScale: false } as const;

function onePlot(data: ChartsData, options: { xAxis: 'step' | 'time'; logScale: boolean } = axes) {
  const [plot] = toPlots(data, options, new Set());
  if (plot === undefined) throw new Error('a plot');
  return plot;
}

function dataOf(values: readonly number[]): ChartsData {
  const data = sampleCharts(1, ['loss'], 0);
  const series = sampleSeries(0, 'loss', values.length, (index) => values[index] ?? Number.NaN);
  return { ...data, charts: [{ key: 'loss', series: [series] }] };
}

describe('toPlots', () => {
  it('draws steps, with a gap and a count for what is not a number', () => {
    const plot = onePlot(dataOf([3, Number.NaN, 1, Number.POSITIVE_INFINITY]));
    expect(plot.lines[0]?.points).toEqual([
      { x: 1, y: 3 },
      { x: 2, y: Number.NaN },
      { x: 3, y: 1 },
      { x: 4, y: Number.NaN },
    ]);
    expect(plot.lines[0]?.undrawn).toBe(2);
  });

  it('leaves out on a log scale what is not above 0', () => {
    const plot = onePlot(dataOf([1, 0, -1, 2]), { xAxis: 'step', logScale: true });
    expect(plot.lines[0]?.undrawn).toBe(2);
  });

  it('draws what tells of the machine over time, whatever was chosen', () => {
    const loss = sampleSeries(0, 'loss', 2);
    const cpu = { ...loss, steps: new Float64Array(2).fill(Number.NaN) };
    const data: ChartsData = {
      ...sampleCharts(1, [], 0),
      charts: [
        { key: 'loss', series: [loss] },
        { key: 'system/cpu_percent', series: [cpu] },
      ],
    };
    const [first, second] = toPlots(data, axes, new Set());
    expect([first?.xAxis, second?.xAxis]).toEqual(['step', 'time']);
    expect(second?.lines[0]?.points.map(({ x }) => x)).toEqual([0, 0.6]);
  });

  it('counts time from the first point of the run, the same for all of its metrics', () => {
    const loss = sampleSeries(0, 'loss', 3);
    const late = { ...loss, timesMs: loss.timesMs.map((timeMs) => timeMs + 5000) };
    const data: ChartsData = {
      ...sampleCharts(1, [], 0),
      charts: [
        { key: 'loss', series: [late] },
        { key: 'acc', series: [loss] },
      ],
    };
    const [plot] = toPlots(data, { xAxis: 'time', logScale: false }, new Set());
    expect(plot?.lines[0]?.points.map((point) => point.x)).toEqual([5, 5.6, 6.2]);
  });

  it('takes the position where there is no step, as it was before thinning', () => {
    const series = {
      ...sampleSeries(0, 'loss', 5),
      steps: new Float64Array(5).fill(Number.NaN),
      pointCount: 401,
    };
    const plot = onePlot({
      ...sampleCharts(1, [], 0),
      charts: [{ key: 'loss', series: [series] }],
    });
    expect(plot.lines[0]?.points.map((point) => point.x)).toEqual([0, 100, 200, 300, 400]);
  });

  it('keeps the style of a run when another is hidden', () => {
    const data = sampleCharts(3, ['loss'], 4);
    const [plot] = toPlots(data, axes, new Set([toRunId(0)]));
    expect(plot?.lines.map((line) => line.styleIndex)).toEqual([1, 2]);
  });
});

describe('lineStyle', () => {
  it('tells any 36 runs apart, and neighbours without colour', () => {
    const colors = ['a', 'b', 'c', 'd', 'e', 'f'];
    const styles = Array.from({ length: 36 }, (_, index) => lineStyle(index, colors));
    expect(new Set(styles.map(({ color, dash }) => `${color} ${dash}`)).size).toBe(36);
    for (let index = 1; index < styles.length; index++) {
      expect(styles[index]?.dash).not.toEqual(styles[index - 1]?.dash);
    }
  });
});

describe('readout', () => {
  it('gives the nearest drawn point of each line', () => {
    const plot = onePlot(dataOf([3, Number.NaN, 1]));
    expect(nearestPoint(plot.lines[0]?.points ?? [], 2.2)).toEqual({ x: 3, y: 1 });
    expect(readout(plot, 1.2, 0, 8)).toMatchObject({
      x: 1,
      more: 0,
      values: [{ point: { y: 3 } }],
    });
  });

  it('lists the lines next to the cursor and says how many more there are', () => {
    const plot = onePlot(sampleCharts(20, ['loss'], 50));
    const at = readout(plot, 25, 0, 5);
    expect(at?.values).toHaveLength(5);
    expect(at?.more).toBe(15);
  });

  it('says nothing of a line that ended before', () => {
    const data = sampleCharts(2, [], 0);
    const short = sampleSeries(1, 'loss', 3);
    const plot = onePlot({
      ...data,
      charts: [{ key: 'loss', series: [sampleSeries(0, 'loss', 30), short] }],
    });
    expect(readout(plot, 20, 0, 8)?.values.map(({ line }) => line.runId)).toEqual([toRunId(0)]);
    expect(readout(plot, 2, 0, 8)?.values).toHaveLength(2);
  });
});

describe('toTableRows', () => {
  it('has one row a place and one column a run', () => {
    const data = sampleCharts(2, [], 0);
    const plot = onePlot({
      ...data,
      charts: [
        { key: 'loss', series: [sampleSeries(0, 'loss', 3), sampleSeries(1, 'loss', 2, () => 7)] },
      ],
    });
    const { rows, all } = toTableRows(plot, 300);
    expect(all).toBe(3);
    expect(rows.map((row) => [row.x, row.values[1]])).toEqual([
      [1, 7],
      [2, 7],
      [3, undefined],
    ]);
  });

  it('thins a long table and keeps both ends', () => {
    const { rows, all } = toTableRows(onePlot(sampleCharts(1, ['loss'], 1000)), 300);
    expect([rows.length, all, rows[0]?.x, rows.at(-1)?.x]).toEqual([300, 1000, 1, 1000]);
  });
});

describe('axes', () => {
  it('spans the points', () => {
    expect(xRange(onePlot(dataOf([1, 2, 3])))).toEqual({ min: 1, max: 3 });
    expect(xRange(onePlot(dataOf([1])))).toBeUndefined();
  });

  it('marks time as clocks do', () => {
    const plot = onePlot(sampleCharts(1, ['loss'], 1000), { xAxis: 'time', logScale: false });
    expect(secondsTicks(plot, 6)).toEqual([0, 120, 240, 360, 480]);
    expect([0, 30, 600, 3600, 3900].map(formatSeconds)).toEqual([
      '0 s',
      '30 s',
      '10 min',
      '1 h',
      '1 h 5 min',
    ]);
  });

  it('asks for fewer points of each where there are many runs', () => {
    expect(bucketsFor(1200, 1)).toBe(600);
    expect(bucketsFor(1200, 100)).toBe(50);
  });
});
