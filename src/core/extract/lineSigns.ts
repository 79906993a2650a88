import { charKind, codeAt, isBlank, kindOf } from './charKinds';

/**
 * What a line holds, found in one pass: necessary conditions of the readers, so that none looks at a
 * line that it cannot want. A sign may be there without its cause; it never fails to be there.
 */
export const sign = {
  digit: 1,
  equals: 1 << 1,
  colon: 1 << 2,
  brace: 1 << 3,
  slash: 1 << 4,
  comma: 1 << 5,
  tab: 1 << 6,
  star: 1 << 7,
  paren: 1 << 8,
  /** `|` or a vertical line of a drawn table. */
  rule: 1 << 9,
  /** Two blanks or more between two words. */
  gap: 1 << 10,
  /** A point before a letter, or a separator of paths. */
  path: 1 << 11,
  /** A digit glued to a word: `epoch3`, `step_100`, `3epoch`. */
  glued: 1 << 12,
  /** `nan` or `inf`. */
  named: 1 << 13,
  /** A word for saving and exporting. */
  saving: 1 << 14,
  /** A word for the end of a training. */
  closing: 1 << 15,
  /** A word for counts: epoch, step, iteration. */
  counting: 1 << 16,
  /** A word for one side of the data: train, val, test. */
  side: 1 << 17,
  /** A word for params. */
  params: 1 << 18,
  trial: 1 << 19,
  average: 1 << 20,
  bracket: 1 << 21,
  /** A number between blanks: reports have one, headings of tables have none. */
  loneNumber: 1 << 22,
  /** A progress bar; who has looked for one says so. */
  bar: 1 << 23,
  /** A word that heads one of several trainings: fold, seed, run. */
  part: 1 << 24,
  /** A word for a phase of a training. */
  phase: 1 << 25,
  /** A word for a program that broke off. */
  crash: 1 << 26,
} as const;

/** For a text whose signs nobody has looked for. */
export const EVERY_SIGN = -1;

// The first letters of the words that give a sign; a blank stands for any character.
const STEMS: readonly (readonly [string, number])[] = [
  ['nan inf', sign.named],
  ['sav wri wro exp dum sto log res che bes wei bas opt out loa', sign.saving],
  ['com fin don end bes res', sign.closing],
  ['ep ste ite rou', sign.counting],
  ['tra trn lea val dev eva cv tes tst hol', sign.side],
  ['hyp par con arg set opt hpa', sign.params],
  ['tri', sign.trial],
  ['ave', sign.average],
  ['fol see run rep tri exp con mod spl', sign.part],
  ['sta pha war fin unf res cur pre ini', sign.phase],
  ['tra err not kil seg', sign.crash],
];

const SIGN_OF_CHAR = new Int32Array(128);
const charSigns: readonly (readonly [string, number])[] = [
  ['0123456789', sign.digit],
  ['=', sign.equals],
  [':', sign.colon],
  ['{', sign.brace],
  ['/', sign.slash | sign.path],
  ['\\', sign.path],
  [',', sign.comma],
  ['\t', sign.tab],
  ['*', sign.star],
  ['(', sign.paren],
  ['[', sign.bracket],
  ['|', sign.rule],
];
for (const [chars, bits] of charSigns) {
  for (const char of chars) SIGN_OF_CHAR[char.charCodeAt(0)] = bits;
}

const ALPHABET = 27;
const ANY = 26;
const SIGN_OF_STEM = new Int32Array(ALPHABET ** 3);
for (const [stems, bits] of STEMS) {
  for (const stem of stems.split(' ')) {
    for (let third = 0; third < ALPHABET; third++) {
      if (stem.length === 3 && third !== letterOf(stem.charCodeAt(2))) continue;
      const place = stemPlace(letterOf(stem.charCodeAt(0)), letterOf(stem.charCodeAt(1)), third);
      SIGN_OF_STEM[place] = (SIGN_OF_STEM[place] ?? 0) | bits;
    }
  }
}

/** 0 to 25 for a letter of either case, 26 for anything else. */
function letterOf(code: number): number {
  return kindOf(code) === charKind.letter ? (code | 32) - 97 : ANY;
}

function stemPlace(first: number, second: number, third: number): number {
  return (first * ALPHABET + second) * ALPHABET + third;
}

function stemSigns(text: string, at: number): number {
  const first = (codeAt(text, at) | 32) - 97;
  const second = letterOf(codeAt(text, at + 1));
  return SIGN_OF_STEM[stemPlace(first, second, letterOf(codeAt(text, at + 2)))] ?? 0;
}

const HASH = 0x23;
const MINUS = 0x2d;
const POINT = 0x2e;

/** `3epoch`, `73batch`. */
function gluedUnit(text: string, at: number, run: number): number {
  const isBatch = /^batch/i.test(text.slice(at, at + 5));
  return (run & sign.counting) !== 0 || isBatch ? sign.glued : 0;
}

/** What stands between a word and its number in `epoch3`, `step_100`, `round#2`. */
function isGlue(code: number, kind: number): boolean {
  return (
    kind === charKind.letter || kind === charKind.underscore || code === HASH || code === MINUS
  );
}

/** The signs of a line as bits of `sign`. */
export function signsOf(line: string): number {
  let signs = 0;
  let run = 0; // the signs of the newest word
  let before = 0; // the code and the kind of the character before
  let kindBefore: number = charKind.other;
  let blanks = 0;
  let isNumber = true; // nothing but digits, points and signs since the last blank
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    // Most characters are the middle of a word.
    if (kindBefore === charKind.letter && code >= 97 && code <= 122) {
      before = code;
      continue;
    }
    const kind = kindOf(code);
    if (kind === charKind.letter) {
      const humped = code < 97 && before >= 97;
      if (kindBefore !== charKind.letter || humped) {
        run = stemSigns(line, at);
        signs |= run;
        if (kindBefore === charKind.digit) signs |= gluedUnit(line, at, run);
        else if (before === POINT) signs |= sign.path;
      }
    } else if (kind === charKind.digit) {
      if (kindBefore !== charKind.digit) {
        signs |= sign.digit;
        if ((run & sign.counting) !== 0 && isGlue(before, kindBefore)) signs |= sign.glued;
      }
    } else if (code < 128) signs |= SIGN_OF_CHAR[code] ?? 0;
    else if (code >= 0x2500 && code <= 0x257f) signs |= sign.rule;
    if (kind === charKind.blank || (code >= 128 && isBlank(code))) {
      if (isNumber && kindBefore === charKind.digit) signs |= sign.loneNumber;
      isNumber = true;
      blanks++;
    } else {
      if (blanks > 1 && blanks < at) signs |= sign.gap;
      blanks = 0;
      if (kind !== charKind.digit && code !== POINT) isNumber = false;
    }
    before = code;
    kindBefore = kind;
  }
  if (isNumber && kindBefore === charKind.digit) signs |= sign.loneNumber;
  return signs;
}
