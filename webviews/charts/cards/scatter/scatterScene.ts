import { levelColor, rampLevel } from '../../../../src/core/plot/colorRamp';
import type { ColumnAxis } from '../../../../src/core/plot/columnAxis';
import type { RunColumn } from '../../../../src/core/plot/runColumn';
import type { ChartedRun } from '../../../../src/protocol/chartsPage';
import { lineColors } from '../../../shared/chart/runStyles';
import type { Theme } from '../../../shared/theme';
import { areaOf, drawAxes, insetArea } from '../../plot/drawAxes';
import type { Area, Place, Scene } from '../../plot/scene';
import { drawMarker, markerCount } from './markers';

export interface ScatterInput {
  readonly runs: readonly ChartedRun[];
  readonly x: ColumnAxis;
  readonly y: ColumnAxis;
  readonly color?: { readonly axis: ColumnAxis; readonly column: RunColumn } | undefined;
  readonly size?: ColumnAxis | undefined;
  readonly font: string;
}

const reachPx = 12;
const insetPx = 10;

/** A point for each run; marks are rows. */
export function createScatterScene({ runs, x, y, color, size, font }: ScatterInput): Scene {
  const drawn = runs
    .map((_, row) => row)
    .filter((row) => !Number.isNaN(x.unitAt(row) + y.unitAt(row)));
  const order = drawn.toSorted((a, b) => x.unitAt(a) - x.unitAt(b) || y.unitAt(a) - y.unitAt(b));
  const base = drawn.length > 2_000 ? 2.5 : drawn.length > 300 ? 3.5 : 4.5;
  const radii = runs.map((_, row) => {
    const unit = size?.unitAt(row);
    return unit === undefined || Number.isNaN(unit) ? base : 2.5 + 7 * Math.sqrt(unit);
  });
  let known = { widthPx: -1, heightPx: -1, area: { left: 0, top: 0, right: 0, bottom: 0 } };
  const innerArea = (widthPx: number, heightPx: number): Area => {
    if (known.widthPx !== widthPx || known.heightPx !== heightPx) {
      const area = insetArea(areaOf(y, widthPx, heightPx, font), insetPx);
      known = { widthPx, heightPx, area };
    }
    return known.area;
  };
  const place = (row: number, widthPx: number, heightPx: number): Place => {
    const area = innerArea(widthPx, heightPx);
    return {
      x: area.left + x.unitAt(row) * (area.right - area.left),
      y: area.bottom - y.unitAt(row) * (area.bottom - area.top),
    };
  };
  return {
    markCount: runs.length,
    order,
    draw(pen, widthPx, heightPx, theme) {
      const area = areaOf(y, widthPx, heightPx, font);
      drawAxes(pen, area, x, y, theme, insetPx);
      pen.save();
      pen.globalAlpha = drawn.length > 1_000 ? 0.6 : 0.9;
      // One after the other by colour, as changing it costs more than drawing.
      for (const [paint, rows] of byPaint(drawn, color, theme)) {
        pen.fillStyle = paint.color;
        pen.strokeStyle = paint.color;
        pen.lineWidth = 1.5;
        pen.beginPath();
        for (const row of rows) {
          const at = place(row, widthPx, heightPx);
          drawMarker(pen, paint.marker, at.x, at.y, radii[row] ?? base);
        }
        if (paint.isHollow) pen.stroke();
        else pen.fill();
      }
      pen.restore();
    },
    placeOf: (row, widthPx, heightPx) =>
      Number.isNaN(x.unitAt(row) + y.unitAt(row)) ? undefined : place(row, widthPx, heightPx),
    markAt(at, widthPx, heightPx) {
      const area = innerArea(widthPx, heightPx);
      const [wide, high] = [area.right - area.left, area.bottom - area.top];
      let nearest: number | undefined;
      let least = reachPx;
      for (const row of drawn) {
        const dx = area.left + x.unitAt(row) * wide - at.x;
        const dy = area.bottom - y.unitAt(row) * high - at.y;
        const distance = Math.hypot(dx, dy);
        if (distance <= least) [nearest, least] = [row, distance];
      }
      return nearest;
    },
    describe: (row) => [
      runs[row]?.name ?? '',
      ...[x, y, color?.axis, size].flatMap((axis) =>
        axis === undefined ? [] : [`${axis.title}: ${axis.textAt(row)}`],
      ),
    ],
  };
}

interface Paint {
  readonly color: string;
  readonly marker: number;
  readonly isHollow: boolean;
}

/** Texts have a shape each beside their colour; a run without a value is a hollow ring. */
function byPaint(
  rows: readonly number[],
  color: ScatterInput['color'],
  theme: Theme,
): ReadonlyMap<Paint, readonly number[]> {
  const paints = new Map<string, { readonly paint: Paint; readonly rows: number[] }>();
  for (const row of rows) {
    const paint = paintOf(row, color, theme);
    const key = `${paint.color} ${paint.marker} ${paint.isHollow}`;
    const group = paints.get(key);
    if (group === undefined) paints.set(key, { paint, rows: [row] });
    else group.rows.push(row);
  }
  return new Map([...paints.values()].map(({ paint, rows: some }) => [paint, some]));
}

function paintOf(row: number, color: ScatterInput['color'], theme: Theme): Paint {
  const colors = lineColors(theme.isDark);
  if (color === undefined)
    return { color: colors[0] ?? theme.foreground, marker: 0, isHollow: false };
  const { axis, column } = color;
  const unit = axis.unitAt(row);
  if (Number.isNaN(unit)) return { color: theme.muted, marker: 0, isHollow: true };
  if (column.kind === 'text') return categoryPaint(column.codes[row] ?? 0, theme);
  return { color: levelColor(rampLevel(unit), theme.isDark), marker: 0, isHollow: false };
}

/** Colours and shapes both go round; the shapes differ within the colours, so that no pair comes twice soon. */
export function categoryPaint(code: number, theme: Theme): Paint {
  const colors = lineColors(theme.isDark);
  return {
    color: colors[code % colors.length] ?? theme.foreground,
    marker: code % markerCount,
    isHollow: false,
  };
}
