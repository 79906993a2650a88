import type { Theme } from '../../../shared/theme';
import { cutText, fontOf } from '../../plot/scene';

/** Smaller ones are shown larger, each pixel as a square. */
const tinyPx = 96;

export function isTiny({ widthPx, heightPx }: { widthPx: number; heightPx: number }): boolean {
  return widthPx <= tinyPx && heightPx <= tinyPx;
}

/** A picture as large as there is room for, as the page shows it; where there is none, that is said. */
export function drawImage(
  image: HTMLImageElement | undefined,
  pen: CanvasRenderingContext2D,
  roomPx: number,
  heightPx: number,
  theme: Theme,
): void {
  const { naturalWidth: width = 0, naturalHeight: height = 0 } = image ?? {};
  if (image === undefined || width === 0 || height === 0) {
    pen.font = fontOf(theme.font);
    pen.textAlign = 'left';
    pen.textBaseline = 'top';
    pen.fillStyle = theme.muted;
    pen.fillText(cutText('This picture cannot be shown.', roomPx, theme.font), 0, 4);
    return;
  }
  const grows = isTiny({ widthPx: width, heightPx: height });
  const fit = Math.min(roomPx / width, heightPx / height);
  const scale = grows ? fit : Math.min(1, fit);
  pen.imageSmoothingEnabled = !grows;
  pen.drawImage(
    image,
    (roomPx - width * scale) / 2,
    (heightPx - height * scale) / 2,
    width * scale,
    height * scale,
  );
}
