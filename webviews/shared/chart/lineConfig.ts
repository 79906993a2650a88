import {
  Chart,
  type ChartConfiguration,
  LinearScale,
  LineController,
  LogarithmicScale,
  type Scale,
} from 'chart.js';
import type { XAxisKind } from '../../../src/core/chart/xAxis';
import { formatMarks } from '../../../src/core/format/formatNumber';
import type { Theme } from '../theme';
import type { Range } from './chartRange';
import { type Drawing, drawLines } from './drawLines';
import { dateTicks, formatMark, secondsTicks } from './timeAxis';

Chart.register(LineController, LinearScale, LogarithmicScale);

/** Everything that a picture of lines is made of. */
export interface LinePicture extends Drawing {
  readonly xAxis: XAxisKind;
  readonly theme: Theme;
}

/**
 * The chart of lines for chart.js, which lays out and draws its axes. The lines themselves are drawn by
 * `drawLines` from the columns as they are: a hundred thousand points need no objects.
 */
export function lineConfig(picture: () => LinePicture): ChartConfiguration<'line'> {
  return {
    type: 'line',
    data: { datasets: [] },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { top: 6, right: 10 } },
      scales: lineScales(picture()),
    },
    plugins: [
      {
        id: 'lines',
        beforeDatasetsDraw: ({ ctx, chartArea }) => drawLines(ctx, chartArea, picture()),
      },
    ],
  };
}

type Scales = NonNullable<NonNullable<ChartConfiguration<'line'>['options']>['scales']>;

export function lineScales({ xAxis, axes, x, y, theme }: LinePicture): Scales {
  const ticks = { color: theme.muted, font: { family: theme.font, size: 11 }, maxRotation: 0 };
  const grid = { color: theme.grid, tickColor: theme.grid, drawTicks: false };
  const border = { color: theme.grid };
  const isTime = xAxis === 'relativeTime' || xAxis === 'wallTime';
  const isClock = !axes.isLogX && isTime;
  const setClockTicks = (scale: Scale) => {
    const marks = (xAxis === 'wallTime' ? dateTicks : secondsTicks)(x.min, x.max, 6);
    // An axis without length keeps the one mark that it has.
    if (marks.length > 0) scale.ticks = marks.map((value) => ({ value }));
  };
  return {
    x: {
      type: axes.isLogX ? 'logarithmic' : 'linear',
      ...x,
      ...(isClock ? { afterBuildTicks: setClockTicks } : {}),
      border,
      grid: { ...grid, display: false },
      ticks: {
        ...ticks,
        padding: 6,
        maxTicksLimit: 7,
        includeBounds: false,
        ...(xAxis === 'step' && x.max - x.min > 4 ? { precision: 0 } : {}),
        callback: (value: string | number, at: number, all: readonly { value: number }[]) =>
          isTime ? formatMark(xAxis, Number(value), x.max - x.min) : textAmong(all, at),
      },
    },
    y: {
      type: axes.isLogY ? 'logarithmic' : 'linear',
      ...y,
      border,
      grid,
      ticks: {
        ...ticks,
        padding: 6,
        maxTicksLimit: 6,
        includeBounds: false,
        callback: (_value: string | number, at: number, all: readonly { value: number }[]) =>
          textAmong(all, at),
      },
    },
  };
}

function textAmong(marks: readonly { readonly value: number }[], at: number): string {
  return formatMarks(marks.map(({ value }) => value))[at] ?? '';
}

/** Whether two pictures have the same axes, so that only the lines are to be drawn anew. */
export function hasSameAxes(a: LinePicture, b: LinePicture): boolean {
  const isSame = (one: Range, other: Range) => one.min === other.min && one.max === other.max;
  return (
    a.xAxis === b.xAxis &&
    a.theme === b.theme &&
    a.axes.isLogX === b.axes.isLogX &&
    a.axes.isLogY === b.axes.isLogY &&
    isSame(a.x, b.x) &&
    isSame(a.y, b.y)
  );
}
