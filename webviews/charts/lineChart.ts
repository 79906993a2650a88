import {
  Chart,
  type ChartDataset,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  type Scale,
} from 'chart.js';
import { formatNumber } from '../../src/core/format/formatNumber';
import type { Theme } from '../shared/theme';
import { lineStyle, type Plot, type Point, xRange } from './state';
import { formatSeconds, secondsTicks } from './timeAxis';

Chart.register(LineController, LineElement, LinearScale, LogarithmicScale, PointElement);

export interface LineChart {
  /** Draws the plot in place: what is the same stays as it is, nothing is animated. */
  update(plot: Plot, logScale: boolean, theme: Theme): void;
  /** The value at a place of the canvas, in CSS pixels. */
  valueAt(xPx: number, yPx: number): Point | undefined;
  /** Draws a vertical line at the value `x`, with a ring on each point; undefined takes it away. */
  setCursor(x: number | undefined, points: readonly Point[]): void;
  dispose(): void;
}

/** A live line chart on a canvas; the only place that knows chart.js. */
export function createLineChart(canvas: HTMLCanvasElement): LineChart {
  let cursor: { readonly x: number; readonly points: readonly Point[] } | undefined;
  let color = '';
  const chart = new Chart<'line', Point[]>(canvas, {
    type: 'line',
    data: { datasets: [] },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      // Points carry x and y already, but their steps may go back where a run was resumed.
      parsing: false,
      events: [],
      elements: { point: { radius: 0, hitRadius: 0 }, line: { borderWidth: 1.5, tension: 0 } },
      layout: { padding: { top: 6, right: 10 } },
    },
    plugins: [
      {
        id: 'cursor',
        afterDatasetsDraw: ({ ctx, chartArea, scales: { x: xScale, y: yScale } }) => {
          if (cursor === undefined || xScale === undefined || yScale === undefined) return;
          const xPx = xScale.getPixelForValue(cursor.x);
          ctx.save();
          ctx.strokeStyle = color;
          ctx.lineWidth = 1;
          ctx.beginPath();
          ctx.moveTo(xPx, chartArea.top);
          ctx.lineTo(xPx, chartArea.bottom);
          ctx.stroke();
          for (const point of cursor.points) {
            ctx.beginPath();
            const yPx = yScale.getPixelForValue(point.y);
            ctx.arc(xScale.getPixelForValue(point.x), yPx, 3.5, 0, 2 * Math.PI);
            ctx.stroke();
          }
          ctx.restore();
        },
      },
    ],
  });

  return {
    update(plot, logScale, theme) {
      const { xAxis } = plot;
      color = theme.foreground;
      const previous = new Map(chart.data.datasets.map((dataset) => [dataset.label, dataset]));
      chart.data.datasets = plot.lines.map((line): ChartDataset<'line', Point[]> => {
        const style = lineStyle(line.styleIndex, theme.lines);
        const dataset = previous.get(line.runId) ?? { label: line.runId, data: [] };
        const single = line.points.length === 1;
        return Object.assign(dataset, {
          data: line.points,
          borderColor: style.color,
          backgroundColor: style.color,
          borderDash: style.dash,
          // A line of one point would not be seen.
          pointRadius: single ? 3 : 0,
        });
      });
      const marks = secondsTicks(plot, 6);
      const setTimeTicks = (scale: Scale) => {
        // An axis without length keeps the one mark that it has.
        if (marks.length > 0) scale.ticks = marks.map((value) => ({ value }));
      };
      const ticks = { color: theme.muted, font: { family: theme.font, size: 11 }, maxRotation: 0 };
      const grid = { color: theme.grid, tickColor: theme.grid, drawTicks: false };
      const border = { color: theme.grid };
      chart.options.scales = {
        x: {
          type: 'linear',
          ...(xAxis === 'time' ? { afterBuildTicks: setTimeTicks } : {}),
          border,
          // Else the axis goes on to the next round number, with nothing there.
          ...xRange(plot),
          grid: { ...grid, display: false },
          ticks: {
            ...ticks,
            padding: 6,
            maxTicksLimit: 7,
            includeBounds: false,
            ...(xAxis === 'step' ? { precision: 0 } : {}),
            callback: (value) => (xAxis === 'time' ? formatSeconds : formatNumber)(Number(value)),
          },
        },
        y: {
          type: logScale ? 'logarithmic' : 'linear',
          border,
          grid,
          ticks: {
            ...ticks,
            padding: 6,
            maxTicksLimit: 6,
            callback: (value) => formatNumber(Number(value)),
          },
        },
      };
      chart.update('none');
    },
    valueAt(xPx, yPx) {
      const { x, y } = chart.scales;
      const x0 = x?.getValueForPixel(xPx);
      const y0 = y?.getValueForPixel(yPx);
      return x0 === undefined || y0 === undefined ? undefined : { x: x0, y: y0 };
    },
    setCursor(x, points) {
      cursor = x === undefined ? undefined : { x, points };
      chart.draw();
    },
    dispose: () => chart.destroy(),
  };
}
