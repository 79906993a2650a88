import { createEscapeParser, type EscapeAction } from './escape';
import type { Palette } from './palette';

/** Where a screen tells what it drew. Row numbers count up from 0 and name one row of one screen. */
export interface ScreenSink {
  /**
   * A row that the program has left behind, without its trailing blanks.
   *
   * @param paint of each character the style, as a character of that code; empty on a screen without paint.
   */
  line(text: string, row: number, paint: string): void;
  /** What a row showed just before the program began to redraw it, as a progress bar does. */
  frame(text: string, row: number): void;
}

/** A row that is not final yet. */
export interface OpenRow {
  readonly text: string;
  readonly row: number;
  /** What of the row the program draws now: nothing, its end, or what stands before older text. */
  readonly drawn: 'nothing' | 'end' | 'middle';
}

/**
 * The few rows of a terminal that a program can still change: plain text, `\r`, `\n`, `\b`, cursor
 * movement and erasure (ECMA-48). Styles, titles and the alternate screen of editors are dropped.
 */
export interface Screen {
  /** Takes decoded terminal text, cut anywhere. What the sink hears does not depend on the cuts. */
  push(text: string): void;
  /** Tells the sink every row that is still open. */
  end(): void;
  /** The rows not yet told as lines, top to bottom. */
  openRows(): readonly OpenRow[];
}

interface Row {
  readonly index: number;
  text: string;
  /** As long as the text, or shorter where what follows is plain. */
  paint: string;
  /** What the sink last heard as this row's line. */
  told: string | undefined;
  /** Whether the text changed since the sink last heard a frame of it. */
  changed: boolean;
}

// Longer rows are dumps, not reports; what lies beyond is dropped so that a redraw stays cheap.
const MAX_ROW_CHARS = 16_384;
const MAX_FRAME_CHARS = 2_048;
// A program cannot move above the top of the window, and few windows are higher.
const MAX_ROWS = 96;

/** The style of what nobody painted. */
const plain = '\0';

const isControl = (code: number): boolean =>
  (code < 0x20 && code !== 0x09) || (code >= 0x7f && code <= 0x9f);

/** What a screen with paint starts from. */
export interface Paint {
  readonly palette: Palette;
  /** The style that is on where the text begins. */
  readonly pen: number;
}

export function createScreen(sink: ScreenSink, paint?: Paint): Screen {
  const escapes = createEscapeParser(paint !== undefined);
  let pen = paint?.pen ?? 0;
  let rows: Row[] = [newRow(0)];
  let cursor = 0; // place in `rows`
  let column = 0;
  let untold = 0; // place in `rows` of the first row that may have something to tell
  // How far up the program reaches back: rows nearer than that to the cursor are not final. Most
  // programs never do, and then every line is final at its newline.
  let reach = 0;
  let newlinesSinceUp = 0;
  let alternate = false;

  function newRow(index: number): Row {
    return { index, text: '', paint: '', told: undefined, changed: false };
  }

  function current(): Row {
    const row = rows[cursor];
    if (row === undefined) throw new Error(`screen cursor left its rows: ${cursor}`);
    return row;
  }

  function drawnOf(row: Row): OpenRow['drawn'] {
    if (row !== current()) return 'nothing';
    return column < row.text.length ? 'middle' : 'end';
  }

  function touch(row: Row): void {
    row.changed = true;
    untold = Math.min(untold, cursor);
  }

  function tellFrame(row: Row): void {
    if (!row.changed || row.text === '' || row.text.length > MAX_FRAME_CHARS) return;
    row.changed = false;
    const text = row.text.trimEnd();
    if (text !== '') sink.frame(text, row.index);
  }

  function write(text: string): void {
    if (alternate) return;
    const row = current();
    if (column === 0) tellFrame(row);
    const room = MAX_ROW_CHARS - column;
    const part = text.length > room ? text.slice(0, Math.max(0, room)) : text;
    if (part === '') return;
    const end = column + part.length;
    if (paint !== undefined) {
      const own = String.fromCharCode(pen).repeat(part.length);
      row.paint = row.paint.slice(0, column).padEnd(column, plain) + own + row.paint.slice(end);
    }
    if (column === row.text.length) row.text += part;
    else if (column > row.text.length) row.text = row.text.padEnd(column) + part;
    else row.text = row.text.slice(0, column) + part + row.text.slice(end);
    column = end;
    touch(row);
  }

  function tellLine(row: Row): void {
    const text = row.text.trimEnd();
    if (row.told === text) return;
    row.told = text;
    row.changed = false;
    sink.line(text, row.index, row.paint);
  }

  function tellUpTo(end: number): void {
    for (; untold < end; untold++) {
      const row = rows[untold];
      if (row !== undefined) tellLine(row);
    }
  }

  function newline(): void {
    if (alternate) return;
    cursor++;
    column = 0;
    newlinesSinceUp++;
    if (cursor === rows.length)
      rows.push(newRow(rows[0] === undefined ? 0 : rows[0].index + cursor));
    // A display that has not been redrawn for so long is over: do not hold its successors back.
    if (newlinesSinceUp > 2 * reach + 4) reach = 0;
    tellUpTo(cursor - reach);
    if (rows.length > 2 * MAX_ROWS && cursor > MAX_ROWS) {
      const gone = cursor - MAX_ROWS;
      tellUpTo(gone);
      rows = rows.slice(gone);
      cursor -= gone;
      untold = Math.max(0, untold - gone);
    }
  }

  function up(count: number): void {
    cursor = Math.max(0, cursor - count);
    reach = Math.min(MAX_ROWS, Math.max(reach, rows.length - 1 - cursor));
    newlinesSinceUp = 0;
  }

  function down(count: number): void {
    for (let i = Math.min(count, MAX_ROWS); i > 0; i--) {
      const keep = column;
      newline();
      column = keep;
    }
  }

  /** Ends all rows and begins below them: the program cleared the window or jumps about in it. */
  function startAfresh(): void {
    const last = rows[rows.length - 1];
    tellUpTo(last?.text === '' ? rows.length - 1 : rows.length);
    rows = [newRow(last === undefined ? 0 : last.index + 1)];
    cursor = 0;
    column = 0;
    untold = 0;
    reach = 0;
  }

  function eraseLine(mode: number): void {
    const row = current();
    if (row.text === '') return;
    if (mode === 0 && column > 0) {
      row.text = row.text.slice(0, column);
      row.paint = row.paint.slice(0, column);
    } else if (mode === 1) {
      row.text = ' '.repeat(column) + row.text.slice(column);
      if (row.paint !== '') row.paint = plain.repeat(column) + row.paint.slice(column);
    } else {
      tellFrame(row);
      row.text = '';
      row.paint = '';
    }
    touch(row);
  }

  function deleteChars(count: number): void {
    const row = current();
    row.text = row.text.slice(0, column) + row.text.slice(column + count);
    row.paint = row.paint.slice(0, column) + row.paint.slice(column + count);
    touch(row);
  }

  function act(action: EscapeAction): void {
    if (action.kind === 'alternate') {
      alternate = action.on;
      return;
    }
    if (action.kind === 'style') {
      if (paint !== undefined) pen = paint.palette.follow(pen, action.parameters);
      return;
    }
    if (alternate) return;
    const count = Math.max(1, action.value ?? 1);
    switch (action.final) {
      case 'A':
        up(count);
        return;
      case 'F':
        up(count);
        column = 0;
        return;
      case 'B':
        down(count);
        return;
      case 'E':
        down(count);
        column = 0;
        return;
      case 'C':
        column = Math.min(MAX_ROW_CHARS, column + count);
        return;
      case 'D':
        column = Math.max(0, column - count);
        return;
      case 'G':
        column = Math.min(MAX_ROW_CHARS, count - 1);
        return;
      case 'K':
        eraseLine(action.value ?? 0);
        return;
      case 'P':
        deleteChars(count);
        return;
      case 'J':
        if ((action.value ?? 0) >= 2) startAfresh();
        if ((action.value ?? 0) === 0) {
          eraseLine(0);
          for (const row of rows.slice(cursor + 1)) {
            row.text = '';
            row.paint = '';
            row.changed = true;
          }
        }
        return;
      case 'H':
      case 'f':
        startAfresh();
        return;
    }
  }

  function control(code: number): void {
    if (code === 0x0a || code === 0x0b || code === 0x0c) newline();
    else if (code === 0x0d) column = 0;
    else if (code === 0x08) column = Math.max(0, column - 1);
  }

  return {
    push(text) {
      let at = 0;
      while (at < text.length) {
        if (escapes.active()) {
          at = escapes.consume(text, at, act);
          continue;
        }
        let end = at;
        while (end < text.length && !isControl(text.charCodeAt(end))) end++;
        if (end > at) write(text.slice(at, end));
        at = end;
        if (at >= text.length) break;
        const code = text.charCodeAt(at++);
        if (code === 0x1b || code === 0x9b) escapes.begin(code);
        else control(code);
      }
    },
    end() {
      tellUpTo(rows.length - 1);
      const last = rows[rows.length - 1];
      if (last !== undefined && last.text.trim() !== '') tellLine(last);
      rows = [newRow(last === undefined ? 0 : last.index + 1)];
      cursor = 0;
      column = 0;
      untold = 0;
      reach = 0;
    },
    openRows() {
      return rows
        .slice(untold)
        .filter((row) => row.text !== '' && row.told !== row.text)
        .map((row) => ({ text: row.text.trimEnd(), row: row.index, drawn: drawnOf(row) }));
    },
  };
}
