import { codeAt, isBlank, isDigit, isLetter } from './charKinds';
import { numberEnd } from './numberText';

/**
 * What a line looks like apart from its numbers. Two lines of one form differ in the digits of whole
 * numbers, which stand for themselves; digits that belong to a word (`acc1`, `mAP50-95`) are part of
 * the form. The object is used again for the next line.
 */
export interface LineForm {
  /** Two hashes of the form, of 30 and of 32 bits. */
  key: number;
  check: number;
  /** How many numbers the line has, and where each begins (behind its sign) and ends. */
  count: number;
  readonly starts: Uint16Array;
  readonly ends: Uint16Array;
}

/** Longer lines have no form: readers give up at lengths that a form does not tell. */
export const MAX_FORM_CHARS = 900;
// Readers treat longer lines differently.
const NOTED_LENGTHS = [80, 200, 300];

export function createLineForm(): LineForm {
  return {
    key: 0,
    check: 0,
    count: 0,
    starts: new Uint16Array(MAX_FORM_CHARS),
    ends: new Uint16Array(MAX_FORM_CHARS),
  };
}

/** A hash of a text, 32 bits (FNV-1a). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/**
 * Looks at a line of at most `MAX_FORM_CHARS`.
 *
 * @param kind sets the forms of one kind of lines apart from those of others.
 */
export function readForm(line: string, form: LineForm, kind = 0): void {
  // FNV-1a (Fowler, Noll, Vo), and a polynomial hash in 31 beside it.
  let low = 0x811c9dc5 ^ kind;
  let high = 0x9747b28c ^ kind;
  let count = 0;
  let mayBegin = true; // a number, here
  let behindNumber = false;
  for (let at = 0; at < line.length; ) {
    let code = line.charCodeAt(at);
    if (mayBegin && isDigit(code)) {
      const end = numberEnd(line, at);
      form.starts[count] = at;
      form.ends[count] = end;
      count++;
      code = NUMBER + shapeOf(line, at, end);
      at = end;
      mayBegin = false;
      behindNumber = true;
    } else {
      at++;
      // glog's `I1120 14:33:09`: the letter is a level, the digits a date.
      const isLevel =
        at === 1 && isLetter(code) && isDigit(codeAt(line, 4)) && codeAt(line, 5) === 0x20;
      mayBegin = isLevel || leadsToNumber(code, mayBegin, behindNumber);
      behindNumber = false;
    }
    low = Math.imul(low ^ code, 0x01000193);
    high = ((high << 5) - high + code) | 0;
  }
  for (const length of NOTED_LENGTHS)
    if (line.length > length) high = Math.imul(high ^ length, 0x01000193);
  // Small enough for V8 to keep it as it is, not as an object.
  form.key = low & 0x3fffffff;
  form.check = high;
  form.count = count;
}

/** Codes from here on stand for numbers: Unicode keeps them for private use. */
const NUMBER = 0xe000;

/** The digits before the point, and whether a point, a fraction, an exponent or thousands are there. */
function shapeOf(line: string, start: number, end: number): number {
  let whole = 0;
  let marks = 0;
  let behindPoint = false;
  for (let at = start; at < end; at++) {
    const code = line.charCodeAt(at);
    if (isDigit(code)) {
      if (behindPoint) marks |= 2;
      else whole++;
    } else if (code === 0x2e) {
      behindPoint = true;
      marks |= 1;
    } else if (code === 0x2c) marks |= 4;
    else {
      marks |= 8;
      break;
    }
  }
  return marks * 32 + Math.min(whole, 31);
}

/** What a character says of digits behind it: whether they begin a number, and do not go on with a word. */
const lead = { never: 0, always: 1, asBefore: 2, behindNumber: 3 } as const;

const LEADS = new Uint8Array(128);
for (const char of ' \t\n\v\f\r=:[(,|{') LEADS[char.charCodeAt(0)] = lead.always;
// Signs, and marks in front of a number.
for (const char of '-+#"\'') LEADS[char.charCodeAt(0)] = lead.asBefore;
LEADS['/'.charCodeAt(0)] = lead.behindNumber;

function leadsToNumber(code: number, before: boolean, behindNumber: boolean): boolean {
  const kind = code < 128 ? LEADS[code] : isBlank(code) ? lead.always : lead.never;
  if (kind === lead.never) return false;
  return kind === lead.always || (kind === lead.asBefore ? before : behindNumber);
}
