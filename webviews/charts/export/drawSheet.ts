import type { Theme } from '../../shared/theme';
import type { Picture } from '../cardContext';

const widthPx = 900;
const chartHeightPx = 480;
const marginPx = 16;
const titlePx = 32;
const legendRowPx = 18;
const legendColumnPx = 284;
const swatchPx = 28;
/** More names than that nobody looks up in a picture. */
const maxNames = 60;

export function sheetSize({ legend, note, heightPx = chartHeightPx }: Picture): {
  readonly widthPx: number;
  readonly heightPx: number;
} {
  return {
    widthPx,
    heightPx: marginPx * 2 + titlePx + heightPx + noteHeight(note) + legendHeight(legend.length),
  };
}

function noteHeight(note: string | undefined): number {
  return note === undefined ? 0 : legendRowPx + 6;
}

const columns = Math.floor((widthPx - 2 * marginPx) / legendColumnPx);

function legendHeight(count: number): number {
  const rows = Math.ceil(Math.min(count, maxNames) / columns) + (count > maxNames ? 1 : 0);
  return rows * legendRowPx + (rows > 0 ? 8 : 0);
}

/** A chart as it stands in a document: title, chart and legend on the theme's background. */
export function drawSheet(
  pen: CanvasRenderingContext2D,
  picture: Picture,
  title: string,
  theme: Theme,
): void {
  const size = sheetSize(picture);
  pen.fillStyle = theme.background;
  pen.fillRect(0, 0, size.widthPx, size.heightPx);
  pen.fillStyle = theme.foreground;
  pen.font = `600 16px ${theme.font}`;
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  pen.fillText(cut(pen, title, widthPx - 2 * marginPx), marginPx, marginPx + titlePx / 2);
  pen.save();
  pen.translate(marginPx, marginPx + titlePx);
  const { note, heightPx = chartHeightPx } = picture;
  picture.draw(pen, widthPx - 2 * marginPx, heightPx);
  pen.restore();
  const bottom = marginPx + titlePx + heightPx;
  const top = bottom + noteHeight(note) + 8;
  pen.font = `12px ${theme.font}`;
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  if (note !== undefined) {
    pen.fillStyle = theme.muted;
    pen.fillText(cut(pen, note, widthPx - 2 * marginPx), marginPx, bottom + noteHeight(note) / 2);
  }
  for (const [index, { name, style }] of picture.legend.slice(0, maxNames).entries()) {
    const x = marginPx + (index % columns) * legendColumnPx;
    const y = top + Math.floor(index / columns) * legendRowPx + legendRowPx / 2;
    pen.strokeStyle = style.color;
    pen.lineWidth = 2;
    pen.setLineDash([...style.dash]);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x + swatchPx, y);
    pen.stroke();
    pen.setLineDash([]);
    pen.fillStyle = theme.foreground;
    pen.fillText(cut(pen, name, legendColumnPx - swatchPx - 16), x + swatchPx + 6, y);
  }
  const more = picture.legend.length - maxNames;
  if (more > 0) {
    pen.fillStyle = theme.muted;
    const y = top + (Math.ceil(maxNames / columns) + 0.5) * legendRowPx;
    pen.fillText(`and ${more} more`, marginPx, y);
  }
}

/** As much of a text as there is room for. */
function cut(pen: CanvasRenderingContext2D, text: string, roomPx: number): string {
  if (pen.measureText(text).width <= roomPx) return text;
  let length = text.length;
  while (length > 1 && pen.measureText(`${text.slice(0, length)}…`).width > roomPx) length--;
  return `${text.slice(0, length)}…`;
}
