import type { Theme } from '../../shared/theme';
import type { Picture } from '../cardContext';
import { cutText, fontOf } from './scene';

/** One of several things that stand side by side, as it is drawn into a file. */
export interface DrawnSlide {
  /** Whose it is. */
  readonly name: string;
  /** What is said of it, such as its step. */
  readonly note: string;
  draw(pen: CanvasRenderingContext2D, widthPx: number, heightPx: number, theme: Theme): void;
}

const linePx = 16;
const captionPx = 2 * linePx + 4;
const gapPx = 14;

/** All of them in as many columns as let each be largest. */
export function slidesPicture(slides: readonly DrawnSlide[], theme: Theme): Picture {
  return {
    legend: [],
    draw(pen, widthPx, heightPx) {
      const columns = columnsFor(slides.length, widthPx, heightPx);
      const rows = Math.ceil(slides.length / columns);
      const width = (widthPx - gapPx * (columns - 1)) / columns;
      const height = (heightPx - gapPx * (rows - 1)) / rows;
      for (const [at, slide] of slides.entries()) {
        pen.save();
        pen.translate(
          (at % columns) * (width + gapPx),
          Math.floor(at / columns) * (height + gapPx),
        );
        drawCaption(pen, slide, width, theme);
        pen.translate(0, captionPx);
        slide.draw(pen, width, height - captionPx, theme);
        pen.restore();
      }
    },
  };
}

/** Pictures and matrices are about as high as wide. */
function columnsFor(count: number, widthPx: number, heightPx: number): number {
  const sideOf = (columns: number) =>
    Math.min(widthPx / columns, heightPx / Math.ceil(count / columns) - captionPx);
  let best = 1;
  for (let columns = 2; columns <= count; columns++) {
    if (sideOf(columns) > sideOf(best)) best = columns;
  }
  return best;
}

function drawCaption(
  pen: CanvasRenderingContext2D,
  { name, note }: DrawnSlide,
  widthPx: number,
  theme: Theme,
): void {
  pen.font = fontOf(theme.font);
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  pen.fillStyle = theme.foreground;
  pen.fillText(cutText(name, widthPx, theme.font), 0, linePx / 2);
  pen.fillStyle = theme.muted;
  pen.fillText(cutText(note, widthPx, theme.font), 0, 1.5 * linePx);
}
