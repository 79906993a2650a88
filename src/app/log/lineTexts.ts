import { createScreen } from '../../core/terminal/screen';

/** What a screen does more with than show it or end a line there. */
export const moves = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)/;
/** A screen keeps no more of a row. */
export const maxRowChars = 16_384;

/** Styles, and the titles of windows; but an escape before them would take what comes after. */
const unseen = /(?<!\x1b)(?:\x1b\[[ -?]*m|\x1b\][^\x07\x1b\x9c\n]*\x07)/g;
const blankAtEnd = /[^\S\n]\n/;
const movesInRow = /[\0-\x08\x0e-\x1f\x7f-\x9f]|\r(?!$)/;

/**
 * The texts of whole lines, each ended by a line break, as a screen would have them, sooner; undefined where
 * that takes more than to look at each line by itself.
 */
export function joinTexts(text: string): string | undefined {
  const seen = text.includes('\x1b') ? text.replace(unseen, '') : text;
  const isMoving = moves.test(seen);
  if (!isMoving && !blankAtEnd.test(seen) && !hasLongRow(seen)) return seen.slice(0, -1);
  // These end lines too.
  if (isMoving && /[\x0b\x0c]/.test(seen)) return undefined;
  const rows = seen.slice(0, -1).split('\n');
  if (!isMoving) return rows.map(toShown).join('\n');
  const texts: string[] = [];
  const screen = createScreen({ line: (line) => texts.push(line), frame: () => undefined });
  for (const [at, row] of rows.entries()) {
    if (movesInRow.test(row)) screen.push(`${row}\n`);
    else texts.push(toShown(row));
    // A sequence that nobody ended has taken the line break.
    if (texts.length !== at + 1) return undefined;
  }
  return texts.join('\n');
}

function toShown(row: string): string {
  return row.slice(0, maxRowChars).trimEnd();
}

function hasLongRow(text: string): boolean {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    if (end - start > maxRowChars) return true;
    if (end === -1) break;
    start = end + 1;
  }
  return false;
}
