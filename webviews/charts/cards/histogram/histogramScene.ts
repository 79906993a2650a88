import { axisTicks, createAxisScale } from '../../../../src/core/plot/axisScale';
import type { Histogram } from '../../../../src/core/plot/histogram';
import { lineColors } from '../../../shared/chart/runStyles';
import { areaOf, type DrawnAxis, drawAxes } from '../../plot/drawAxes';
import type { Area, Scene } from '../../plot/scene';

export interface HistogramInput {
  readonly histogram: Histogram;
  readonly isLog: boolean;
  readonly title: string;
  /** What is counted: `runs` or `points`. */
  readonly counted: string;
  readonly format: (value: number) => string;
  readonly font: string;
}

/** Bars over the bins of a histogram; marks are bins. */
export function createHistogramScene(input: HistogramInput): Scene {
  const { histogram, isLog, title, counted, format, font } = input;
  const { edges, counts } = histogram;
  const [min = 0, max = 0] = [edges[0], edges.at(-1)];
  const scale = createAxisScale(min, max, isLog);
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const counting = createAxisScale(0, most, false);
  const x: DrawnAxis = {
    title,
    ticks: (count) =>
      axisTicks(scale, count).map((value) => ({ unit: scale.toUnit(value), text: format(value) })),
  };
  const y: DrawnAxis = {
    title: counted,
    ticks: (count) =>
      axisTicks(counting, count)
        .filter(Number.isInteger)
        .map((value) => ({ unit: counting.toUnit(value), text: String(value) })),
  };
  const span = (bin: number, { left, right }: Area) => {
    // Values that are all the same have no width of their own.
    if (min === max) return { from: (left + right) / 2 - 20, to: (left + right) / 2 + 20 };
    const at = (edge: number) => left + scale.toUnit(edges[edge] ?? min) * (right - left);
    return { from: at(bin), to: at(bin + 1) };
  };
  return {
    markCount: counts.length,
    order: Array.from(counts.keys()).filter((bin) => (counts[bin] ?? 0) > 0),
    draw(pen, widthPx, heightPx, theme) {
      const area = areaOf(y, widthPx, heightPx, font);
      drawAxes(pen, area, x, y, theme);
      pen.fillStyle = lineColors(theme.isDark)[0] ?? theme.foreground;
      for (const [bin, count] of counts.entries()) {
        if (count === 0) continue;
        const { from, to } = span(bin, area);
        const height = Math.max(1, counting.toUnit(count) * (area.bottom - area.top));
        pen.fillRect(from + 0.5, area.bottom - height, Math.max(1, to - from - 1), height);
      }
    },
    placeOf(bin, widthPx, heightPx) {
      const area = areaOf(y, widthPx, heightPx, font);
      const { from, to } = span(bin, area);
      const height = counting.toUnit(counts[bin] ?? 0) * (area.bottom - area.top);
      return { x: (from + to) / 2, y: area.bottom - height };
    },
    markAt(at, widthPx, heightPx) {
      const area = areaOf(y, widthPx, heightPx, font);
      const found = Array.from(counts.keys()).find((bin) => {
        const { from, to } = span(bin, area);
        return at.x >= from && at.x <= to;
      });
      return found !== undefined && (counts[found] ?? 0) > 0 ? found : undefined;
    },
    describe(bin) {
      const count = counts[bin] ?? 0;
      const [from = 0, to = 0] = [edges[bin], edges[bin + 1]];
      const range = min === max ? format(min) : `${format(from)} to ${format(to)}`;
      return [range, `${count} ${count === 1 ? counted.replace(/s$/, '') : counted}`];
    },
  };
}
