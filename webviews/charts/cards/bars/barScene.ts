import { axisTicks, createAxisScale } from '../../../../src/core/plot/axisScale';
import { lineColors } from '../../../shared/chart/runStyles';
import { drawErrorBar } from '../../plot/drawErrorBar';
import { cutText, fontOf, type Scene, textWidth } from '../../plot/scene';
import type { BarRow } from './barRows';

export const barHeightPx = 22;
const headPx = 20;

/** What a chart of bars needs to be high. */
export function barsHeight(count: number): number {
  return headPx + count * barHeightPx + 4;
}

/**
 * Bars from the left with their names before and values behind them. They begin at 0, which is where
 * their lengths can be compared; the error bars are one standard deviation.
 */
export function createBarScene(
  rows: readonly BarRow[],
  title: string,
  format: (value: number) => string,
  font: string,
): Scene {
  const low = Math.min(0, ...rows.map(({ value, std = 0 }) => value - std));
  const high = Math.max(0, ...rows.map(({ value, std = 0 }) => value + std));
  const scale = createAxisScale(low, high, false);
  const texts = rows.map(({ value, std }) =>
    std === undefined ? format(value) : `${format(value)} ± ${format(std)}`,
  );
  const valuePx = Math.max(0, ...texts.slice(0, 400).map((text) => textWidth(text, font))) + 8;
  const names = [title, ...rows.slice(0, 400).map(({ name }) => name)];
  const widestPx = Math.max(40, ...names.map((name) => textWidth(name, font))) + 16;
  const namePx = (widthPx: number) => Math.min(widthPx * 0.4, widestPx);
  const toX = (value: number, widthPx: number) => {
    const left = namePx(widthPx);
    const right = Math.max(left + 20, widthPx - valuePx);
    return left + scale.toUnit(value) * (right - left);
  };
  const topOf = (row: number) => headPx + row * barHeightPx;
  return {
    markCount: rows.length,
    order: rows.map((_, row) => row),
    draw(pen, widthPx, heightPx, theme) {
      pen.font = fontOf(theme.font);
      pen.setLineDash([]);
      pen.lineWidth = 1;
      pen.textBaseline = 'middle';
      pen.textAlign = 'center';
      const bottom = Math.min(heightPx, barsHeight(rows.length)) - 4;
      const shown = axisTicks(
        scale,
        Math.max(2, Math.floor((toX(high, widthPx) - toX(low, widthPx)) / 70)),
      );
      for (const tick of shown) {
        const x = Math.round(toX(tick, widthPx)) + 0.5;
        pen.strokeStyle = tick === 0 ? theme.muted : theme.grid;
        pen.beginPath();
        pen.moveTo(x, headPx - 4);
        pen.lineTo(x, bottom);
        pen.stroke();
        pen.fillStyle = theme.muted;
        pen.fillText(format(tick), x, 8);
      }
      pen.textAlign = 'left';
      pen.fillStyle = theme.foreground;
      // The title of the chart says it too: cut short it says nothing.
      if (textWidth(title, theme.font) < namePx(widthPx) - 14) pen.fillText(title, 0, 8);
      for (const [row, { name, value, std }] of rows.entries()) {
        const middle = topOf(row) + barHeightPx / 2;
        if (middle > heightPx) break;
        const [zero, end] = [toX(0, widthPx), toX(value, widthPx)];
        pen.fillStyle = lineColors(theme.isDark)[0] ?? theme.foreground;
        pen.fillRect(
          Math.min(zero, end),
          topOf(row) + 4,
          Math.max(1, Math.abs(end - zero)),
          barHeightPx - 8,
        );
        if (std !== undefined) {
          const [from, to] = [toX(value - std, widthPx), toX(value + std, widthPx)];
          drawErrorBar(pen, { fromX: from, toX: to, y: middle, capPx: 4 }, theme);
        }
        pen.fillStyle = theme.foreground;
        pen.textAlign = 'right';
        pen.fillText(cutText(name, namePx(widthPx) - 10, theme.font), namePx(widthPx) - 6, middle);
        pen.textAlign = 'left';
        pen.fillText(texts[row] ?? '', toX(Math.max(0, value + (std ?? 0)), widthPx) + 5, middle);
      }
    },
    placeOf(row, widthPx) {
      const bar = rows[row];
      return bar && { x: toX(bar.value, widthPx), y: topOf(row) + barHeightPx / 2 };
    },
    markAt({ y }) {
      const row = Math.floor((y - headPx) / barHeightPx);
      return row >= 0 && row < rows.length ? row : undefined;
    },
    describe(row) {
      const bar = rows[row];
      if (bar === undefined) return [];
      const count = bar.runs.length;
      return [
        bar.name,
        `${title}: ${texts[row]}`,
        ...(bar.std !== undefined || count > 1
          ? [`mean ± standard deviation of ${count} runs`]
          : []),
        ...(bar.leftOut > 0 ? [`${bar.leftOut} runs without a finite value`] : []),
      ];
    },
  };
}
