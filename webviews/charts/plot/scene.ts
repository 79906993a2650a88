import type { Theme } from '../../shared/theme';

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Four edges in CSS pixels from the top left of the chart. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * A chart as something to draw and to point at: on the screen, in a file, in any size. Its marks (points,
 * bars, cells) are numbered from 0.
 */
export interface Scene {
  draw(pen: CanvasRenderingContext2D, widthPx: number, heightPx: number, theme: Theme): void;
  readonly markCount: number;
  /** Where a mark is; undefined if it is not drawn. */
  placeOf(mark: number, widthPx: number, heightPx: number): Place | undefined;
  /** The mark at or near a place. */
  markAt(place: Place, widthPx: number, heightPx: number): number | undefined;
  /** What is told of a mark; the first line is its name. */
  describe(mark: number): readonly string[];
  /** The marks in the order in which the arrow keys go through them. */
  readonly order: readonly number[];
  /** How many marks there are in a row, where up and down go from row to row. */
  readonly rowLength?: number;
}

let measure: CanvasRenderingContext2D | undefined | null;

/** Width in CSS pixels, in the size that charts write in. */
export function textWidth(text: string, font: string): number {
  measure ??= document.createElement('canvas').getContext('2d');
  if (!measure) return text.length * 7;
  measure.font = fontOf(font);
  return measure.measureText(text).width;
}

export function fontOf(family: string): string {
  return `11px ${family}`;
}

/** As much of a text as there is room for. */
export function cutText(text: string, roomPx: number, font: string): string {
  if (textWidth(text, font) <= roomPx) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textWidth(`${text.slice(0, middle)}…`, font) <= roomPx) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low)}…`;
}
