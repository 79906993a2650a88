import type { Theme } from '../../shared/theme';

/** A level error bar; outlined by the background, so that it is seen on its bar and beside it. */
export function drawErrorBar(
  pen: CanvasRenderingContext2D,
  { fromX, toX, y, capPx = 0 }: { fromX: number; toX: number; y: number; capPx?: number },
  theme: Theme,
): void {
  for (const [width, color] of [
    [4, theme.background],
    [1.5, theme.foreground],
  ] as const) {
    pen.strokeStyle = color;
    pen.lineWidth = width;
    pen.beginPath();
    pen.moveTo(fromX, y);
    pen.lineTo(toX, y);
    for (const x of capPx > 0 ? [fromX, toX] : []) {
      pen.moveTo(x, y - capPx);
      pen.lineTo(x, y + capPx);
    }
    pen.stroke();
  }
}
