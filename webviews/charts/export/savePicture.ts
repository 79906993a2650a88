import type { Remote } from '../../../src/core/rpc';
import type { ChartsHost } from '../../../src/protocol/chartsPage';
import type { Theme } from '../../shared/theme';
import type { Picture } from '../cardContext';
import { drawSheet, sheetSize } from './drawSheet';
import { fileNameOf } from './fileName';
import { createSvgPen } from './svgPen';

/** So many pixels for each unit of the picture: sharp on paper and on any screen. */
const pngScale = 3;

export async function savePng(
  host: Remote<ChartsHost>,
  picture: Picture,
  title: string,
  theme: Theme,
): Promise<void> {
  const png = await toPng(picture, title, theme);
  const content = new Uint8Array(await png.arrayBuffer());
  await host.saveFile(fileNameOf(title, 'png'), content);
}

export async function saveSvg(
  host: Remote<ChartsHost>,
  picture: Picture,
  title: string,
  theme: Theme,
): Promise<void> {
  const size = sheetSize(picture);
  const svg = createSvgPen(size.widthPx, size.heightPx, title);
  drawSheet(svg.pen, picture, title, theme);
  await host.saveFile(fileNameOf(title, 'svg'), new TextEncoder().encode(svg.toText()));
}

/** Puts the picture on the clipboard. */
export async function copyPicture(picture: Picture, title: string, theme: Theme): Promise<void> {
  await navigator.clipboard.write([
    new ClipboardItem({ 'image/png': toPng(picture, title, theme) }),
  ]);
}

async function toPng(picture: Picture, title: string, theme: Theme): Promise<Blob> {
  const { widthPx, heightPx } = sheetSize(picture);
  const canvas = new OffscreenCanvas(widthPx * pngScale, heightPx * pngScale);
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('The image could not be made: there is no memory for it.');
  pen.scale(pngScale, pngScale);
  // SAFETY: it draws as the context of a canvas element does; only its canvas is of another class.
  drawSheet(pen as unknown as CanvasRenderingContext2D, picture, title, theme);
  return canvas.convertToBlob({ type: 'image/png' });
}
