/** A part of a file that is kept as a thing of its own: from `start` up to `end`, in bytes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A literal of this size is a span; a smaller one costs less where it stands. */
export const minSpanBytes = 4096;
/** Up to this size a source is no span, so that an edit of it costs the lines that changed. */
const maxSourceBytes = 1_000_000;
/** Found by a loop faster than by the engine's own search. */
const nearBytes = 64;

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/**
 * The large string literals and arrays of strings of a JSON text, in order, without those of a cell's
 * source. Looks at any bytes: what is no JSON gives spans too, or none, and never an error.
 */
export function findSpans(bytes: Uint8Array, minBytes = minSpanBytes): Span[] {
  const spans: Span[] = [];
  /** Where an array began that has held only strings by now; -1: none is open. */
  let arrayStart = -1;
  let isArrayOfSource = false;
  /** Large strings of that array, which count if it turns out to hold something else too. */
  let inArray: Span[] = [];
  let key: Span = { start: 0, end: 0 };
  let isAfterColon = false;
  const leaveArray = () => {
    if (arrayStart >= 0) spans.push(...inArray);
    arrayStart = -1;
    inArray = [];
  };
  const add = (list: Span[], start: number, end: number, isSource: boolean) => {
    if (end - start < minBytes || (isSource && end - start <= maxSourceBytes)) return;
    list.push({ start, end });
  };
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at];
    if (byte === quote) {
      const end = stringEnd(bytes, at + 1);
      if (end < 0) break;
      if (arrayStart >= 0) add(inArray, at, end, false);
      else if (isAfterColon) add(spans, at, end, isSource(bytes, key));
      else if (end - at >= minBytes) spans.push({ start: at, end });
      key = { start: at, end };
      isAfterColon = false;
      at = end;
      continue;
    }
    if (byte === openBracket) {
      leaveArray();
      arrayStart = at;
      isArrayOfSource = isAfterColon && isSource(bytes, key);
    } else if (byte === closeBracket) {
      if (arrayStart >= 0) {
        add(spans, arrayStart, at + 1, isArrayOfSource);
        arrayStart = -1;
        inArray = [];
      }
    } else if (byte !== comma && !isSpace(byte)) {
      leaveArray();
    }
    if (!isSpace(byte)) isAfterColon = byte === colon;
    at += 1;
  }
  leaveArray();
  return spans;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** The end of a string literal whose text begins at `start`, behind its quote; -1 if it has none. */
function stringEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  const near = Math.min(start + nearBytes, bytes.length);
  while (at < near) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    at += byte === backslash ? 2 : 1;
  }
  // Here no escape is under way, so what counts is the backslashes between here and a quote.
  for (let from = at; ; ) {
    const found = bytes.indexOf(quote, from);
    if (found < 0) return -1;
    let slash = found - 1;
    while (slash >= at && bytes[slash] === backslash) slash -= 1;
    if ((found - slash) % 2 === 1) return found + 1;
    from = found + 1;
  }
}

/** Also of nbformat 3, where the source of a code cell is its input. */
const sourceKeys = ['"source"', '"input"'];

function isSource(bytes: Uint8Array, { start, end }: Span): boolean {
  return sourceKeys.some((name) => {
    if (name.length !== end - start) return false;
    for (let i = 0; i < name.length; i += 1) {
      if (bytes[start + i] !== name.charCodeAt(i)) return false;
    }
    return true;
  });
}
