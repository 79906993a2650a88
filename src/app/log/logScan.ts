import { createEscapeParser, type EscapeAction } from '../../core/terminal/escape';
import type { Palette } from '../../core/terminal/palette';

/** A place in a log where a line begins. */
export interface LinePlace {
  readonly line: number;
  readonly byte: number;
  /** The style that is on there. */
  readonly pen: number;
}

/**
 * Finds where lines begin in the bytes of a log, as long as its program only writes downwards: then a line
 * of the screen is a line of the file, whatever is redrawn within it.
 */
export interface LogScan {
  /** Every so many lines one. */
  readonly places: readonly LinePlace[];
  /** How many line breaks there were. */
  readonly lineCount: number;
  readonly doneBytes: number;
  /** Where the unfinished last line begins. */
  readonly tailByte: number;
  /** Takes what follows. @returns false at the first byte that begins to move about on the screen. */
  push(bytes: Uint8Array): boolean;
}

/** Reading one line reads as many as this. */
const linesAPlace = 256;
const bytesAPlace = 256 * 1024;
const escapeChars = 256;

export function createLogScan(palette: Palette): LogScan {
  const escapes = createEscapeParser(true);
  const places: LinePlace[] = [{ line: 0, byte: 0, pen: 0 }];
  let lineCount = 0;
  let doneBytes = 0;
  let tailByte = 0;
  let pen = 0;
  let lastPlace = places[0] ?? { line: 0, byte: 0, pen: 0 };
  let isMoving = false;
  let wasC2 = false;

  const act = (action: EscapeAction) => {
    if (action.kind === 'style') pen = palette.follow(pen, action.parameters);
    else if (action.kind === 'alternate') isMoving = true;
    else if ('ABEFHf'.includes(action.final)) isMoving = true;
    else if (action.final === 'J' && (action.value ?? 0) >= 2) isMoving = true;
  };

  function lineBreak(nextByte: number): void {
    lineCount++;
    tailByte = nextByte;
    if (lineCount - lastPlace.line < linesAPlace && nextByte - lastPlace.byte < bytesAPlace) return;
    lastPlace = { line: lineCount, byte: nextByte, pen };
    places.push(lastPlace);
  }

  return {
    places,
    get lineCount() {
      return lineCount;
    },
    get doneBytes() {
      return doneBytes;
    },
    get tailByte() {
      return tailByte;
    },
    push(bytes) {
      const { length } = bytes;
      const startByte = doneBytes;
      let at = 0;
      while (at < length) {
        if (escapes.active()) {
          const end = Math.min(length, at + escapeChars);
          const before = startByte + at;
          at += escapes.consume(asciiOf(bytes, at, end), 0, act);
          if (isMoving) {
            doneBytes = before;
            return false;
          }
          continue;
        }
        const byte = bytes[at++] ?? 0;
        if (byte >= 0x20) {
          // The one-character form of ESC [, which almost nobody writes.
          if (byte === 0x9b && wasC2) {
            doneBytes = startByte + at;
            return false;
          }
          wasC2 = byte === 0xc2;
          continue;
        }
        if (byte === 0x0a || byte === 0x0b || byte === 0x0c) lineBreak(startByte + at);
        else if (byte === 0x1b) escapes.begin(byte);
      }
      doneBytes = startByte + length;
      return true;
    },
  };
}

/** Bytes of longer characters count as letters: no escape sequence has any. */
function asciiOf(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    text += byte < 0x80 ? String.fromCharCode(byte) : '\u00ff';
  }
  return text;
}
