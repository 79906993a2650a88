import type { Range } from './chartRange';
import { type Area, toPixels } from './drawLines';
import type { LinePicture } from './lineConfig';
import type { Readout } from './readout';

/** What lies over a chart while somebody points at it. */
export interface Overlay {
  readonly readout?: Readout | undefined;
  /** What is being dragged over, in CSS pixels from the left. */
  readonly selection?: Range | undefined;
}

const drawn = new WeakSet<HTMLCanvasElement>();

/** Draws it on a canvas of its own, so that the lines below need not be drawn at every move. */
export function drawOverlay(
  canvas: HTMLCanvasElement,
  area: Area,
  { x, y, axes, theme }: LinePicture,
  { readout, selection }: Overlay,
): void {
  // Most charts nobody ever points at.
  const isEmpty = readout === undefined && selection === undefined;
  if (isEmpty && !drawn.has(canvas)) return;
  drawn.add(canvas);
  const { clientWidth, clientHeight } = canvas;
  const scale = window.devicePixelRatio;
  const [width, height] = [Math.round(clientWidth * scale), Math.round(clientHeight * scale)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, clientWidth, clientHeight);
  pen.lineWidth = 1;
  pen.strokeStyle = theme.foreground;
  if (selection !== undefined) {
    const left = Math.max(area.left, selection.min);
    const right = Math.min(area.right, selection.max);
    pen.fillStyle = theme.foreground;
    pen.globalAlpha = 0.12;
    pen.fillRect(left, area.top, right - left, area.bottom - area.top);
    pen.globalAlpha = 1;
    pen.strokeRect(left, area.top, right - left, area.bottom - area.top);
  }
  if (readout === undefined) return;
  const toX = toPixels(x, axes.isLogX, area.left, area.right);
  const toY = toPixels(y, axes.isLogY, area.bottom, area.top);
  const cursorPx = toX(readout.x);
  if (cursorPx < area.left - 1 || cursorPx > area.right + 1) return;
  pen.globalAlpha = 0.6;
  line(cursorPx, area.top, area.bottom);
  pen.globalAlpha = 1;
  for (const value of readout.values) {
    const yPx = toY(value.y);
    if (yPx < area.top - 1 || yPx > area.bottom + 1) continue;
    pen.strokeStyle = value.line.style.color;
    pen.fillStyle = theme.background;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(toX(value.x), yPx, 3.5, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
  }

  function line(xPx: number, fromPx: number, toPx: number): void {
    pen?.beginPath();
    pen?.moveTo(xPx, fromPx);
    pen?.lineTo(xPx, toPx);
    pen?.stroke();
  }
}
