import { StringDecoder } from 'node:string_decoder';
import { createPalette, type Palette } from '../../core/terminal/palette';
import { createScreen, type Screen } from '../../core/terminal/screen';
import { createLineBlocks } from './lineBlocks';
import { joinTexts, maxRowChars, moves } from './lineTexts';
import { createLogScan, type LinePlace } from './logScan';
import { toBuffer } from './toBuffer';

/** The bytes of a log, which may still grow. */
export interface LogBytes {
  sizeBytes(): number;
  /** Less at its end. */
  read(startByte: number, lengthBytes: number): Uint8Array;
}

/** A line as a screen showed it, with the style of each of its characters. */
export interface PaintedLine {
  readonly text: string;
  readonly paint: string;
}

/**
 * The lines of a log by their number, of which it holds where they begin and not what they say; lines that
 * the program redrew from below are held as they stood last.
 */
export interface LogIndex {
  readonly palette: Palette;
  /** The unfinished last line counts. */
  readonly lineCount: number;
  readonly doneBytes: number;
  /** Reads on for about so long. @returns whether the end is reached. */
  grow(forMs: number): boolean;
  /** Lines from `start` up to, not including, `end`. */
  read(start: number, end: number): readonly PaintedLine[];
  /** What lines from `start` on say, as many as are quickly read at once; none behind the end. */
  readTexts(start: number): JoinedLines;
}

/** The texts of lines, joined by line breaks. */
export interface JoinedLines {
  readonly text: string;
  readonly lineCount: number;
}

/** As far up as a screen remembers. */
const rememberedLines = 192;
/** Of one line of more bytes than this its last ones are read: the last frame of what it redraws. */
const maxLineBytes = 1024 * 1024;
const cachedBlocks = 16;
const linesOfTexts = 256;
/** Of texts without their styles so much is read at once. */
const bytesOfTexts = 64 * 1024;

/** What moves about on the screen is decoded from here on, and its lines are held. */
interface Drawn {
  readonly firstLine: number;
  readonly texts: ReturnType<typeof createLineBlocks>;
  readonly paints: ReturnType<typeof createLineBlocks>;
  readonly decoder: StringDecoder;
  readonly screen: Screen;
  doneBytes: number;
}

/** @param partBytes so much is read at once. */
export function createLogIndex(bytes: LogBytes, partBytes = 512 * 1024): LogIndex {
  const palette = createPalette();
  const scan = createLogScan(palette);
  const blocks = new Map<number, readonly PaintedLine[]>();
  let drawn: Drawn | undefined;

  /** Begins to decode where the lines are that the program could go back to. */
  function startDrawn(): Drawn {
    const from = scan.places[placeAt(scan.places, scan.lineCount - rememberedLines)];
    const { line, byte, pen } = from ?? { line: 0, byte: 0, pen: 0 };
    const texts = createLineBlocks();
    const paints = createLineBlocks();
    // These are known already.
    let skipped = scan.lineCount - line;
    const screen = createScreen(
      {
        line(text, _row, paint) {
          if (skipped > 0) {
            skipped--;
            return;
          }
          texts.push(text);
          paints.push(packPaint(paint));
        },
        frame: () => undefined,
      },
      { palette, pen },
    );
    const decoder = new StringDecoder('utf8');
    return { firstLine: scan.lineCount, texts, paints, decoder, screen, doneBytes: byte };
  }

  function readBlock(at: number): readonly PaintedLine[] {
    const known = blocks.get(at);
    if (known !== undefined) return known;
    const place = scan.places[at];
    if (place === undefined) return [];
    const next = scan.places[at + 1];
    const isTail = next === undefined;
    const end = next?.byte ?? (drawn === undefined ? scan.doneBytes : scan.tailByte);
    const lines = decode(place, end, isTail && drawn === undefined);
    // The block at the end may still grow.
    if (isTail && drawn === undefined) return lines;
    if (blocks.size >= cachedBlocks) blocks.delete(blocks.keys().next().value ?? -1);
    blocks.set(at, lines);
    return lines;
  }

  function decode(place: LinePlace, end: number, withTail: boolean): readonly PaintedLine[] {
    const isHuge = end - place.byte > bytesAtMost;
    const start = isHuge ? end - maxLineBytes : place.byte;
    const text = toBuffer(bytes.read(start, end - start)).toString('utf8');
    if (!isHuge && !moves.test(text)) return splitPlain(text, place.pen, withTail);
    const lines: PaintedLine[] = [];
    const screen = createScreen(
      { line: (line, _row, paint) => lines.push({ text: line, paint }), frame: () => undefined },
      { palette, pen: place.pen },
    );
    screen.push(text);
    if (withTail) screen.end();
    return lines;
  }

  /** Whole places, without what they look like. */
  function readPlaces(start: number): JoinedLines | undefined {
    const at = placeAt(scan.places, start);
    const place = scan.places[at];
    if (place?.line !== start) return undefined;
    let next: LinePlace | undefined;
    for (let end = at + 1; end < scan.places.length; end++) {
      const further = scan.places[end];
      if (further === undefined || further.byte - place.byte > bytesOfTexts) break;
      next = further;
    }
    if (next === undefined) return undefined;
    const raw = bytes.read(place.byte, next.byte - place.byte);
    if (raw.length < next.byte - place.byte) return undefined;
    const text = joinTexts(toBuffer(raw).toString('utf8'));
    return text === undefined ? undefined : { text, lineCount: next.line - start };
  }

  function readDrawn(at: number): PaintedLine | undefined {
    if (drawn === undefined) return undefined;
    const { texts, paints, screen } = drawn;
    if (at < texts.count) {
      const [text = ''] = texts.read(at, at + 1);
      return { text, paint: unpackPaint(paints.read(at, at + 1)[0] ?? '') };
    }
    const open = screen.openRows()[at - texts.count];
    return open && { text: open.text, paint: '' };
  }

  const tailCount = () => {
    if (drawn !== undefined) return drawn.texts.count + drawn.screen.openRows().length;
    return scan.doneBytes > scan.tailByte ? 1 : 0;
  };

  function read(start: number, end: number): readonly PaintedLine[] {
    const lines: PaintedLine[] = [];
    const firstDrawn = drawn?.firstLine ?? Number.POSITIVE_INFINITY;
    for (let line = Math.max(0, start); line < end; ) {
      if (line >= firstDrawn) {
        const one = readDrawn(line - firstDrawn);
        if (one === undefined) break;
        lines.push(one);
        line++;
        continue;
      }
      const at = placeAt(scan.places, line);
      const first = scan.places[at]?.line ?? 0;
      const part = readBlock(at).slice(line - first, Math.min(end, firstDrawn) - first);
      if (part.length === 0) break;
      lines.push(...part);
      line += part.length;
    }
    return lines;
  }

  return {
    palette,
    get lineCount() {
      return (drawn?.firstLine ?? scan.lineCount) + tailCount();
    },
    get doneBytes() {
      return drawn?.doneBytes ?? scan.doneBytes;
    },
    grow(forMs) {
      const until = performance.now() + forMs;
      do {
        const at = drawn?.doneBytes ?? scan.doneBytes;
        const part = bytes.read(at, partBytes);
        if (part.length === 0) return true;
        if (drawn !== undefined) {
          drawn.doneBytes += part.length;
          drawn.screen.push(drawn.decoder.write(toBuffer(part)));
        } else if (!scan.push(part)) drawn = startDrawn();
      } while (performance.now() < until);
      return (drawn?.doneBytes ?? scan.doneBytes) >= bytes.sizeBytes();
    },
    read,
    readTexts(start) {
      const whole = readPlaces(start);
      if (whole !== undefined) return whole;
      const lines = read(start, start + linesOfTexts);
      return { text: lines.map(({ text }) => text).join('\n'), lineCount: lines.length };
    },
  };
}

/** The lines of a text without anything that moves or styles: as a screen would have them, sooner. */
function splitPlain(text: string, pen: number, withTail: boolean): readonly PaintedLine[] {
  const rows = text.split('\n');
  const tail = rows.pop() ?? '';
  if (withTail && tail.trim() !== '') rows.push(tail);
  return rows.map((row) => {
    const line = row.slice(0, maxRowChars).trimEnd();
    return { text: line, paint: pen === 0 ? '' : String.fromCharCode(pen).repeat(line.length) };
  });
}

/** Lines of a place end after it has so many bytes, so that more are those of a single line. */
const bytesAtMost = 4 * 1024 * 1024;

/** The last place at or before a line. */
function placeAt(places: readonly LinePlace[], line: number): number {
  let low = 0;
  let high = places.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((places[middle]?.line ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** `12*5 0*3`: a paint has few styles, and may hold what a line must not. */
function packPaint(paint: string): string {
  const runs: string[] = [];
  for (let start = 0; start < paint.length; ) {
    const id = paint.charCodeAt(start);
    let end = start + 1;
    while (end < paint.length && paint.charCodeAt(end) === id) end++;
    runs.push(`${id}*${end - start}`);
    start = end;
  }
  return runs.join(' ');
}

function unpackPaint(packed: string): string {
  if (packed === '') return '';
  return packed
    .split(' ')
    .map((run) => {
      const [id, count] = run.split('*');
      return String.fromCharCode(Number(id)).repeat(Number(count));
    })
    .join('');
}
