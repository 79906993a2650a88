import type { Theme } from '../../shared/theme';
import { type Area, cutText, fontOf, textWidth } from './scene';

/** What is written at an axis. */
export interface DrawnAxis {
  readonly title: string;
  ticks(count: number): readonly { readonly unit: number; readonly text: string }[];
}

const lineHeightPx = 14;
const maxLabelPx = 110;

/** The part of a chart that its marks have, between the axes. */
export function areaOf(y: DrawnAxis, widthPx: number, heightPx: number, font: string): Area {
  const texts = y.ticks(tickCount(heightPx, 44)).map(({ text }) => text);
  const labels = Math.max(16, ...texts.map((text) => textWidth(text, font)));
  const left = Math.min(labels, maxLabelPx, widthPx / 3) + 26;
  return { left, top: 8, right: Math.max(left + 10, widthPx - 14), bottom: heightPx - 36 };
}

/** Room for marks that lie at the ends of the axes. */
export function insetArea({ left, top, right, bottom }: Area, insetPx: number): Area {
  return {
    left: left + insetPx,
    top: top + insetPx,
    right: Math.max(left + insetPx + 1, right - insetPx),
    bottom: bottom - insetPx,
  };
}

/** Both axes with their lines, values and names. */
export function drawAxes(
  pen: CanvasRenderingContext2D,
  area: Area,
  x: DrawnAxis,
  y: DrawnAxis,
  theme: Theme,
  insetPx = 0,
): void {
  const { left, top, right, bottom } = area;
  const inner = insetArea(area, insetPx);
  pen.font = fontOf(theme.font);
  pen.lineWidth = 1;
  pen.setLineDash([]);
  pen.textBaseline = 'middle';
  pen.textAlign = 'right';
  for (const { unit, text } of y.ticks(tickCount(bottom - top, 44))) {
    const at = Math.round(inner.bottom - unit * (inner.bottom - inner.top)) + 0.5;
    pen.strokeStyle = theme.grid;
    line(pen, left, at, right, at);
    pen.fillStyle = theme.muted;
    pen.fillText(cutText(text, left - 26, theme.font), left - 6, at);
  }
  pen.textBaseline = 'top';
  const wide = right - left;
  const rough = x.ticks(tickCount(wide, 70));
  const widest = Math.max(10, ...rough.map(({ text }) => textWidth(text, theme.font)));
  const fitting = Math.floor(wide / (Math.min(widest, maxLabelPx) + 16));
  const ticks = rough.length <= fitting ? rough : x.ticks(Math.max(1, fitting));
  const room = ticks.length > 1 ? wide / (ticks.length - 0.5) : wide;
  for (const { unit, text } of ticks) {
    const at = Math.round(inner.left + unit * (inner.right - inner.left)) + 0.5;
    pen.strokeStyle = theme.grid;
    line(pen, at, bottom, at, bottom + 4);
    pen.fillStyle = theme.muted;
    const shown = cutText(text, Math.min(maxLabelPx, room - 6), theme.font);
    // At the ends it would hang over.
    const half = textWidth(shown, theme.font) / 2;
    pen.textAlign = 'center';
    pen.fillText(shown, Math.max(half, Math.min(right + 12 - half, at)), bottom + 6);
  }
  pen.strokeStyle = theme.muted;
  line(pen, left - 0.5, top, left - 0.5, bottom);
  line(pen, left, bottom + 0.5, right, bottom + 0.5);
  pen.fillStyle = theme.foreground;
  pen.textAlign = 'center';
  pen.fillText(cutText(x.title, wide, theme.font), (left + right) / 2, bottom + 6 + lineHeightPx);
  pen.save();
  pen.translate(8, (top + bottom) / 2);
  pen.rotate(-Math.PI / 2);
  pen.textBaseline = 'middle';
  pen.fillText(cutText(y.title, bottom - top, theme.font), 0, 0);
  pen.restore();
}

function tickCount(lengthPx: number, perTickPx: number): number {
  return Math.max(2, Math.floor(lengthPx / perTickPx));
}

function line(pen: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number): void {
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
  pen.stroke();
}
