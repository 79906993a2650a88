import type { LinePath } from '../../../src/core/chart/linePath';
import { type Axes, type ChartBand, type ChartLine, pathOf, pathOfLine } from './chartLine';
import type { Range } from './chartRange';

/** What of a canvas is used to draw lines: a canvas has it, and what writes SVG. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'save'
  | 'restore'
  | 'beginPath'
  | 'closePath'
  | 'moveTo'
  | 'lineTo'
  | 'rect'
  | 'arc'
  | 'clip'
  | 'stroke'
  | 'fill'
  | 'setLineDash'
  | 'strokeStyle'
  | 'fillStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'globalAlpha'
>;

/** The rectangle between the axes, in CSS pixels. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Drawing {
  readonly lines: readonly ChartLine[];
  readonly bands: readonly ChartBand[];
  readonly axes: Axes;
  readonly x: Range;
  readonly y: Range;
  /** The line that stands out; the others step back. */
  readonly highlighted: string | undefined;
}

const lineWidthPx = 1.5;
/** More are drawn thin, as what they cover of each other is what one wants to see. */
const mostThickLines = 12;

/** Draws all lines of a chart into the area between its axes. */
export function drawLines(pen: Pen, area: Area, drawing: Drawing): void {
  const { lines, bands, axes } = drawing;
  // One that is hidden does not make the others step back.
  const highlighted = lines.some(({ id }) => id === drawing.highlighted)
    ? drawing.highlighted
    : undefined;
  const project = projection(area, drawing);
  pen.save();
  pen.beginPath();
  // Half a line's width more, so that what lies on the edge is seen whole.
  pen.rect(area.left, area.top - 1, area.right - area.left, area.bottom - area.top + 2);
  pen.clip();
  pen.lineJoin = 'round';
  for (const band of bands) {
    pen.globalAlpha = isBack(band.id) ? 0.05 : 0.2;
    fillBand(pen, band, axes, project);
  }
  for (const { id, xs, raw, style } of lines) {
    if (raw === undefined) continue;
    pen.globalAlpha = isBack(id) ? 0.08 : 0.3;
    pen.lineWidth = 1;
    pen.strokeStyle = style.color;
    pen.setLineDash([]);
    strokePath(pen, xs, raw, pathOf(xs, raw, axes), project, false);
  }
  for (const line of lines) if (line.id !== highlighted) drawLine(line, isBack(line.id) ? 0.2 : 1);
  const front = lines.find(({ id }) => id === highlighted);
  if (front !== undefined) drawLine(front, 1);
  pen.restore();

  function isBack(id: string): boolean {
    return highlighted !== undefined && id !== highlighted;
  }

  function drawLine(line: ChartLine, alpha: number): void {
    const { xs, ys, style } = line;
    const path = pathOfLine(line, axes);
    pen.globalAlpha = alpha;
    pen.strokeStyle = style.color;
    pen.fillStyle = style.color;
    // Where points lie closer than pixels, as in noise, a thin line shows more and takes a tenth of the time.
    const isDense = lines.length > mostThickLines || path.drawn.length > project.widthPx / 2;
    pen.lineWidth = line.id === highlighted ? 2.5 : isDense ? 1 : lineWidthPx;
    pen.setLineDash([...style.dash]);
    strokePath(pen, xs, ys, path, project, false);
    if (path.resumes > 0) {
      pen.globalAlpha = alpha * 0.35;
      strokePath(pen, xs, ys, path, project, true);
      pen.globalAlpha = alpha;
    }
    pen.setLineDash([]);
    drawDots(pen, xs, ys, path, project);
    drawMarks(pen, xs, path, project, area);
  }
}

interface Projection {
  x(value: number): number;
  y(value: number): number;
  readonly widthPx: number;
  /** The same as numbers, where neither axis is log: half a million calls take longer than what they do. */
  readonly linear: LinearProjection | undefined;
}

interface LinearProjection {
  readonly xMin: number;
  readonly left: number;
  /** CSS pixels of one unit; to the right. */
  readonly xScale: number;
  readonly yMin: number;
  readonly bottom: number;
  /** Negative: up. */
  readonly yScale: number;
}

function projection(area: Area, { axes, x, y }: Drawing): Projection {
  const xScale = (area.right - area.left) / (x.max - x.min);
  const yScale = (area.top - area.bottom) / (y.max - y.min);
  return {
    x: toPixels(x, axes.isLogX, area.left, area.right),
    y: toPixels(y, axes.isLogY, area.bottom, area.top),
    widthPx: area.right - area.left,
    linear:
      axes.isLogX || axes.isLogY
        ? undefined
        : { xMin: x.min, left: area.left, xScale, yMin: y.min, bottom: area.bottom, yScale },
  };
}

/** Where a value lies on an axis that shows `range` from the pixel `from` to `to`. */
export function toPixels(
  range: Range,
  isLog: boolean,
  from: number,
  to: number,
): (value: number) => number {
  if (isLog) {
    const start = Math.log(range.min);
    const scale = (to - from) / (Math.log(range.max) - start);
    return (value) => from + (Math.log(value) - start) * scale;
  }
  const start = range.min;
  const scale = (to - from) / (range.max - start);
  return (value) => from + (value - start) * scale;
}

/** One line through all points that count, or through those that were given again later. */
function strokePath(
  pen: Pen,
  xs: Float64Array,
  ys: Float64Array,
  path: LinePath,
  project: Projection,
  old: boolean,
): void {
  const { drawn, begins, superseded, resumes } = path;
  pen.beginPath();
  const { linear } = project;
  const isFew = path.isPlain && drawn.length <= 4 * project.widthPx;
  if (isFew && linear !== undefined && drawn.length > 0) {
    const { xMin, left, xScale, yMin, bottom, yScale } = linear;
    pen.moveTo(
      left + ((xs[0] as number) - xMin) * xScale,
      bottom + ((ys[0] as number) - yMin) * yScale,
    );
    for (let index = 1; index < drawn.length; index++) {
      pen.lineTo(
        left + ((xs[index] as number) - xMin) * xScale,
        bottom + ((ys[index] as number) - yMin) * yScale,
      );
    }
  } else if (isFew) {
    for (let index = 0; index < drawn.length; index++) {
      const x = project.x(xs[index] as number);
      const y = project.y(ys[index] as number);
      if (index === 0) pen.moveTo(x, y);
      else pen.lineTo(x, y);
    }
  } else if (resumes === 0 && drawn.length > 4 * project.widthPx) {
    traceColumns(pen, xs, ys, drawn, begins, project);
  } else {
    let isDown = false;
    for (let place = 0; place < drawn.length; place++) {
      const index = drawn[place] as number;
      const x = project.x(xs[index] as number);
      const y = project.y(ys[index] as number);
      const isOld = superseded[place] === 1 || (place > 0 && superseded[place - 1] === 1);
      if (begins[place] === 1 || !isDown) pen.moveTo(x, y);
      else if (resumes > 0 && isOld !== old) pen.moveTo(x, y);
      else pen.lineTo(x, y);
      isDown = true;
    }
  }
  pen.stroke();
}

/**
 * The same picture with less to draw where many points share a column of pixels: of each column its
 * first, least, greatest and last point.
 */
function traceColumns(
  pen: Pen,
  xs: Float64Array,
  ys: Float64Array,
  drawn: Uint32Array,
  begins: Uint8Array,
  project: Projection,
): void {
  let column = Number.NaN;
  let low = 0;
  let high = 0;
  let last = 0;
  let first = 0;
  const flush = () => {
    if (Number.isNaN(column)) return;
    if (low !== first || high !== first) {
      pen.lineTo(column, low);
      pen.lineTo(column, high);
      pen.lineTo(column, last);
    }
  };
  for (let place = 0; place < drawn.length; place++) {
    const index = drawn[place] as number;
    const x = Math.round(project.x(xs[index] as number));
    const y = project.y(ys[index] as number);
    if (x === column && begins[place] === 0) {
      if (y < low) low = y;
      if (y > high) high = y;
      last = y;
      continue;
    }
    flush();
    if (begins[place] === 1) pen.moveTo(x, y);
    else pen.lineTo(x, y);
    column = x;
    first = y;
    low = y;
    high = y;
    last = y;
  }
  flush();
}

/** Points that no line leads to or from would not be seen. */
function drawDots(
  pen: Pen,
  xs: Float64Array,
  ys: Float64Array,
  { drawn, begins, isPlain }: LinePath,
  project: Projection,
): void {
  if (isPlain && drawn.length > 1) return;
  const radius = drawn.length === 1 ? 3.5 : 2;
  for (let place = 0; place < drawn.length; place++) {
    const isAlone = begins[place] === 1 && begins[place + 1] !== 0;
    if (!isAlone) continue;
    const index = drawn[place] as number;
    pen.beginPath();
    pen.arc(project.x(xs[index] as number), project.y(ys[index] as number), radius, 0, 2 * Math.PI);
    pen.fill();
  }
}

/** What has a place but no height: a cross at the foot for NaN, a triangle at the edge for infinities. */
function drawMarks(
  pen: Pen,
  xs: Float64Array,
  { nans, aboves, belows }: LinePath,
  project: Projection,
  { top, bottom }: Area,
): void {
  const size = 3.5;
  eachColumn(nans, (x) => {
    const y = bottom - size - 1;
    pen.beginPath();
    pen.moveTo(x - size, y - size);
    pen.lineTo(x + size, y + size);
    pen.moveTo(x - size, y + size);
    pen.lineTo(x + size, y - size);
    pen.stroke();
  });
  eachColumn(aboves, (x) => triangle(x, top + 1, top + 1 + 2 * size));
  eachColumn(belows, (x) => triangle(x, bottom - 1, bottom - 1 - 2 * size));

  /** Many in one place are one mark. */
  function eachColumn(indices: Uint32Array, mark: (x: number) => void): void {
    let last = Number.NEGATIVE_INFINITY;
    for (const index of indices) {
      const x = project.x(xs[index] as number);
      if (Math.abs(x - last) < 2 * size) continue;
      mark(x);
      last = x;
    }
  }

  function triangle(x: number, tip: number, base: number): void {
    pen.beginPath();
    pen.moveTo(x, tip);
    pen.lineTo(x - size, base);
    pen.lineTo(x + size, base);
    pen.closePath();
    pen.fill();
  }
}

function fillBand(pen: Pen, band: ChartBand, axes: Axes, project: Projection): void {
  const { xs, low, high, style } = band;
  pen.fillStyle = style.color;
  let start = 0;
  const isShown = (index: number) =>
    Number.isFinite(low[index]) &&
    Number.isFinite(high[index]) &&
    (!axes.isLogY || (high[index] as number) > 0);
  const lowAt = (index: number) => {
    const value = low[index] as number;
    // The part of a band at or below 0 goes to the foot of a log axis.
    return axes.isLogY && value <= 0 ? 1e6 : project.y(value);
  };
  for (let index = 0; index <= xs.length; index++) {
    if (index < xs.length && isShown(index)) continue;
    if (index > start) {
      pen.beginPath();
      for (let at = start; at < index; at++) {
        pen.lineTo(project.x(xs[at] as number), project.y(high[at] as number));
      }
      for (let at = index - 1; at >= start; at--)
        pen.lineTo(project.x(xs[at] as number), lowAt(at));
      pen.closePath();
      pen.fill();
    }
    start = index + 1;
  }
}
