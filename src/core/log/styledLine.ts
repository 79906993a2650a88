import type { Palette } from '../terminal/palette';
import type { TextStyle } from '../terminal/textStyle';
import { maxShownChars } from './logLine';

/** A part of a line, from `start` up to, not including, `end`. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

export interface StyledSpan extends LineSpan {
  readonly style: TextStyle;
}

/** A value of a metric that a line gave. */
export interface LinePoint {
  readonly key: string;
  readonly value: number;
  readonly step?: number;
}

/** One line of a log as a terminal showed it. */
export interface StyledLine {
  /** From 0. */
  readonly line: number;
  /** At most `maxShownChars` of it. */
  readonly text: string;
  /** How many characters of it are not in `text`. */
  readonly leftOutChars: number;
  /** What is not plain, from left to right. */
  readonly spans: readonly StyledSpan[];
  /** Where it has what is looked for. */
  readonly found: readonly LineSpan[];
  /** What was read in it, where that is known. */
  readonly points: readonly LinePoint[];
}

/** @param paint as a screen tells it. */
export function toStyledSpans(
  text: string,
  paint: string,
  palette: Palette,
): readonly StyledSpan[] {
  const length = Math.min(text.length, paint.length, maxShownChars);
  const spans: StyledSpan[] = [];
  for (let start = 0; start < length; ) {
    const id = paint.charCodeAt(start);
    let end = start + 1;
    while (end < length && paint.charCodeAt(end) === id) end++;
    if (id !== 0) spans.push({ start, end, style: palette.styleOf(id) });
    start = end;
  }
  return spans;
}
