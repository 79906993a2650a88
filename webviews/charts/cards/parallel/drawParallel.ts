import { levelColor, rampLevel } from '../../../../src/core/plot/colorRamp';
import { lineColors } from '../../../shared/chart/runStyles';
import type { Theme } from '../../../shared/theme';
import { cutText, fontOf } from '../../plot/scene';
import { axisX, type ParallelAxis, titlePx, unitY } from './parallelLayout';

/** Lines of some runs, in an order in which neighbours have the same colour. */
export interface LineBatch {
  readonly rows: readonly number[];
  readonly color: string;
  readonly alpha: number;
}

/** Coloured by the last axis; the best lie on top. */
export function colorBatches(
  axes: readonly ParallelAxis[],
  rows: readonly number[],
  theme: Theme,
): readonly LineBatch[] {
  const last = axes.at(-1);
  const alpha = alphaOf(rows.length);
  if (last === undefined) return [];
  const byLevel = new Map<number, number[]>();
  for (const row of rows) {
    const unit = last.units[row] ?? -1;
    const level =
      last.column.kind === 'text' ? (last.column.codes[row] ?? 0) : unit < 0 ? -1 : rampLevel(unit);
    const some = byLevel.get(level);
    if (some === undefined) byLevel.set(level, [row]);
    else some.push(row);
  }
  const colors = lineColors(theme.isDark);
  return [...byLevel]
    .sort(([a], [b]) => a - b)
    .map(([level, some]) => ({
      rows: some,
      alpha,
      color:
        last.column.kind === 'text'
          ? (colors[level % colors.length] ?? theme.foreground)
          : level < 0
            ? theme.muted
            : levelColor(level, theme.isDark),
    }));
}

/** What is brushed away, faint behind the others. */
export function fadedBatch(rows: readonly number[], theme: Theme): readonly LineBatch[] {
  return [{ rows, color: theme.muted, alpha: Math.max(0.03, alphaOf(rows.length) * 0.25) }];
}

function alphaOf(count: number): number {
  return Math.max(0.12, Math.min(0.9, 60 / Math.sqrt(Math.max(1, count)) / 10));
}

/** So many lines a stroke: long paths are slow, and short ones have much beside them. */
const strokeLines = 50;

/** Draws the lines one stroke after the other; who calls may stop between them. */
export function* drawLines(
  pen: CanvasRenderingContext2D,
  axes: readonly ParallelAxis[],
  batches: readonly LineBatch[],
  widthPx: number,
  heightPx: number,
): Generator<void, void> {
  const xs = axes.map((_, at) => axisX(at, axes.length, widthPx));
  pen.lineWidth = 1.25;
  pen.setLineDash([]);
  for (const { rows, color, alpha } of batches) {
    for (let start = 0; start < rows.length; start += strokeLines) {
      pen.strokeStyle = color;
      pen.globalAlpha = alpha;
      pen.beginPath();
      for (const row of rows.slice(start, start + strokeLines)) {
        for (const [at, { units }] of axes.entries()) {
          const y = unitY(units[row] ?? -1, heightPx);
          if (at === 0) pen.moveTo(xs[at] ?? 0, y);
          else pen.lineTo(xs[at] ?? 0, y);
        }
      }
      pen.stroke();
      pen.globalAlpha = 1;
      yield;
    }
  }
}

/** The axes with their values; their names too where nothing else shows them. */
export function drawParallelAxes(
  pen: CanvasRenderingContext2D,
  axes: readonly ParallelAxis[],
  widthPx: number,
  heightPx: number,
  theme: Theme,
  withTitles: boolean,
): void {
  const gap =
    axes.length > 1 ? axisX(1, axes.length, widthPx) - axisX(0, axes.length, widthPx) : 120;
  pen.font = fontOf(theme.font);
  pen.setLineDash([]);
  pen.lineWidth = 1;
  for (const [at, { axis }] of axes.entries()) {
    const x = Math.round(axisX(at, axes.length, widthPx)) + 0.5;
    pen.strokeStyle = theme.foreground;
    pen.beginPath();
    pen.moveTo(x, unitY(0, heightPx));
    pen.lineTo(x, unitY(1, heightPx));
    pen.stroke();
    // On the last axis they stand before it, where there is room.
    const isLast = at === axes.length - 1 && at > 0;
    pen.textAlign = isLast ? 'right' : 'left';
    pen.textBaseline = 'middle';
    const write = (text: string, y: number) => {
      const shown = cutText(text, Math.max(30, gap * 0.6), theme.font);
      const left = x + (isLast ? -6 : 6);
      const width = pen.measureText(shown).width;
      // On the lines it could not be read.
      pen.globalAlpha = 0.75;
      pen.fillStyle = theme.background;
      pen.fillRect(isLast ? left - width - 2 : left - 2, y - 7, width + 4, 14);
      pen.globalAlpha = 1;
      pen.fillStyle = theme.foreground;
      pen.fillText(shown, left, y);
    };
    for (const { unit, text } of axis.ticks(Math.max(2, Math.floor((heightPx - titlePx) / 42)))) {
      const y = unitY(unit, heightPx);
      pen.beginPath();
      pen.moveTo(x - 3, y);
      pen.lineTo(x + 3, y);
      pen.stroke();
      write(text, y);
    }
    if (axis.absentCount + axis.undrawnCount > 0) write('none', unitY(-1, heightPx));
    if (!withTitles) continue;
    pen.fillStyle = theme.foreground;
    pen.textAlign = 'center';
    const half = pen.measureText(axis.title).width / 2;
    const middle = Math.max(half, Math.min(widthPx - half, x));
    pen.fillText(cutText(axis.title, gap, theme.font), middle, 14);
  }
}
