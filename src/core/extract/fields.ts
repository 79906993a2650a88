import { codeAt, isBlank, isLetter, isWordChar, skipBlanks } from './charKinds';
import { findKey, type PendingWords } from './fieldKey';
import { createTokens, MAX_TOKENIZED_CHARS, tokenize, tokenKind } from './fieldTokens';
import { createValueTail, readValueTail } from './fieldValue';
import { contextOfKey, type KeyFacts, keyFacts } from './keyFacts';
import { numberValue, parseNumber } from './numberText';
import type { DataSide } from './vocabulary';

/** A number in a line, with the key and the unit that the line gives it. */
export interface Field {
  /** As printed; empty where nothing names the number. */
  readonly key: string;
  /** What is known of the key. */
  readonly facts: KeyFacts;
  /** What stands between key and number; `''` without a key. */
  readonly separator: '=' | ':' | ' ' | '';
  readonly value: number;
  /** The `100` of `4/100`. */
  readonly total: number | undefined;
  /** The `86` of `864/1000 (86%)`. */
  readonly percent: number | undefined;
  /** What is glued to the number or follows it: `ms`, `%`, `it/s`. */
  readonly unit: string;
  readonly decimal: boolean;
  readonly bracketed: boolean;
  /** `Epoch[3]`: a bracket right behind the key, which counts something or picks it. */
  readonly indexed: boolean;
  /** The `tot_loss` of `tot_loss[loss=0.5]`. */
  readonly scope: string | undefined;
  /** The side of the data whose section of the line this is: `[valid] loss=0.5`. */
  readonly side: DataSide | undefined;
  /** `loss = 0.5 * mse`: the number is a part of code. */
  readonly inExpression: boolean;
  readonly start: number;
  readonly end: number;
}

export interface FieldScan {
  readonly fields: readonly Field[];
  /** Words that are neither key nor unit: how much of the line is prose. */
  readonly loose: number;
}

const QUALIFIER = /\s?\((?:[A-Za-z@_][\w@ .-]*|%)\)/y;
const RANGE = /\[\d+\s?-\s?\d+\](?=\s?[:=])/y;
const MAX_FIELDS = 200;
const MAX_KEY_GAP = 2;
const LONGEST_ABBREVIATION = 4;

/** Reads every number of a line together with its key. The work is bounded whatever the line. */
export const scanFields: (line: string) => FieldScan = createFieldScanner();

/** What it needs while it reads a line is made once: it reads millions. */
function createFieldScanner(): (line: string) => FieldScan {
  const tokens = createTokens();
  const { kinds, starts, ends } = tokens;
  const places = new Uint16Array(MAX_TOKENIZED_CHARS);
  const pending: PendingWords = { places, count: 0, loose: 0 };
  const tail = createValueTail();
  let text = '';
  let fields: Field[] = [];
  let at = 0; // place among the tokens
  let separator: '=' | ':' | '' = '';
  let qualifierEnd = -1;
  let scope: string | undefined;
  let side: DataSide | undefined;
  // `Train Acc: 0.9 Loss: 0.1 | Val Acc: 0.8 Loss: 0.2`: what a name says holds up to the next rule.
  let sideInRules: DataSide | undefined;
  let hasRules = false;

  function scan(line: string): FieldScan {
    text = line.length > MAX_TOKENIZED_CHARS ? line.slice(0, MAX_TOKENIZED_CHARS) : line;
    fields = [];
    pending.loose = 0;
    scope = undefined;
    side = undefined;
    sideInRules = undefined;
    hasRules = text.includes('|');
    forget();
    tokenize(text, tokens);
    for (at = 0; at < tokens.count && fields.length < MAX_FIELDS; at++) {
      const kind = kinds[at];
      if (kind === tokenKind.junk) drop('');
      else if (kind === tokenKind.mark) readMark();
      else if (kind === tokenKind.number || isNamedValue()) readNumber();
      else readWord();
    }
    drop('');
    return { fields, loose: pending.loose };
  }

  function forget(): void {
    pending.count = 0;
    separator = '';
    qualifierEnd = -1;
  }

  /** Ends words that turned out to be no key. Alone before `:` or in brackets they head a section. */
  function drop(next: string): void {
    const { count } = pending;
    if (count > 0 && count <= 2 && (separator === ':' || next === ']' || isLabelEnd(next))) {
      const first = starts[pending.places[0] ?? 0] ?? 0;
      const isSection =
        next === ']'
          ? text.charAt(first - 1) === '['
          : next !== ')' || text.charAt(first - 1) === '(';
      if (isSection) {
        side = contextOfKey(text.slice(first, lastEnd())) ?? side;
      }
    }
    pending.loose += count;
    forget();
  }

  /** `Epoch 1 (train): `: the bracket closes a label. */
  function isLabelEnd(mark: string): boolean {
    return mark === ')' && text.charAt(ends[at] ?? 0) === ':';
  }

  /** The place behind the last pending word. */
  function lastEnd(): number {
    return ends[pending.places[pending.count - 1] ?? 0] ?? 0;
  }

  function lastWord(): string {
    const last = pending.places[pending.count - 1] ?? 0;
    return text.slice(starts[last], ends[last]);
  }

  /** `nan` and `inf` are values where a value may stand. */
  function isNamedValue(): boolean {
    const start = starts[at] ?? 0;
    const length = (ends[at] ?? 0) - start;
    if (pending.count === 0 || (length !== 3 && length !== 8)) return false;
    if (parseNumber(text.slice(start, start + length)) === undefined) return false;
    return separator !== '' || keyFacts(lastWord()).kind === 'metric';
  }

  function readWord(): void {
    const start = starts[at] ?? 0;
    if (pending.count > 0) {
      const gap = start - (qualifierEnd === -1 ? lastEnd() : qualifierEnd);
      // What stands before `:` and is not followed by a value is a label, as in `Test set: loss 3`.
      if (separator !== '' || gap > MAX_KEY_GAP || text.charAt(start - 1) === '\t') drop('');
    }
    pending.places[pending.count++] = at;
  }

  function readMark(): void {
    const start = starts[at] ?? 0;
    const mark = text.charAt(start);
    const hasWords = pending.count > 0;
    const adjacent = hasWords && lastEnd() === start;
    if ((mark === '=' || mark === ':') && hasWords && separator === '') {
      const nameEnd = mark === '=' && adjacent ? fileNameEnd(text, start) : start;
      if (nameEnd > start) {
        drop('');
        skipTo(nameEnd);
      } else separator = mark;
      return;
    }
    if (mark === '(' && hasWords && skipQualifier(start)) return;
    if (mark === '[' && hasWords && skipRange(start)) return;
    // `Epoch [3]`, `loss=[360.]`, `Epoch #3`: the mark belongs to the value.
    if ((mark === '[' || mark === '#') && isValueNext()) return;
    // `Avg. loss`, `Ep. 3`: a short word's full stop. `'epoch_loss'=3`: quotes about a key.
    if (adjacent) {
      if (mark === '.' && isAbbreviation(lastWord())) return;
      if ((mark === "'" || mark === '"') && isSeparator(text.charAt(start + 1))) return;
      if (mark === '[') scope = lastWord();
    }
    if (mark === ']') scope = undefined;
    if (mark === '|') sideInRules = undefined;
    drop(mark);
  }

  /** `loss (train)`, `acc (%)`: part of the key. */
  function skipQualifier(start: number): boolean {
    const next = codeAt(text, start + 1);
    if (!isLetter(next) && next !== 0x40 && next !== 0x5f && next !== 0x25) return false;
    QUALIFIER.lastIndex = start;
    const qualifier = QUALIFIER.exec(text);
    if (qualifier === null) return false;
    qualifierEnd = start + qualifier[0].length;
    skipTo(qualifierEnd);
    return true;
  }

  /** `avg. loss [191-200]: 11.4`: the steps that a value is of. */
  function skipRange(start: number): boolean {
    RANGE.lastIndex = start;
    const range = RANGE.exec(text);
    if (range === null || keyFacts(lastWord()).kind !== 'metric') return false;
    qualifierEnd = lastEnd();
    skipTo(start + range[0].length);
    return true;
  }

  /** Passes over the tokens that begin before a place. */
  function skipTo(place: number): void {
    while (at + 1 < tokens.count && (starts[at + 1] ?? 0) < place) at++;
  }

  function isValueNext(): boolean {
    const next = at + 1;
    if (next >= tokens.count) return false;
    if (kinds[next] === tokenKind.number) return true;
    return parseNumber(text.slice(starts[next], ends[next])) !== undefined;
  }

  function readNumber(): void {
    const start = starts[at] ?? 0;
    const end = ends[at] ?? 0;
    const keyEnd = qualifierEnd === -1 ? lastEnd() : qualifierEnd;
    const key = findKey(text, tokens, pending, keyEnd, separator !== '', start);
    const value =
      kinds[at] === tokenKind.number
        ? numberValue(text, start, end)
        : (parseNumber(text.slice(start, end)) ?? Number.NaN);
    readValueTail(text, end, tail);
    const bracket = bracketBefore(text, start);
    const facts = keyFacts(key);
    if (hasRules) sideInRules = facts.side ?? sideInRules;
    fields.push({
      key,
      facts,
      separator: key === '' ? '' : separator === '' ? ' ' : separator,
      value,
      total: tail.total,
      percent: tail.percent,
      unit: tail.unit,
      decimal: isDecimal(text, start, end) || Number.isNaN(value),
      bracketed: bracket !== -1,
      indexed:
        bracket > 0 &&
        separator === '' &&
        text.charAt(bracket) === '[' &&
        start - bracket < BRACKET_REACH &&
        isWordChar(codeAt(text, bracket - 1)),
      scope,
      side: side ?? sideInRules,
      inExpression: isMultiplied(text, tail.end),
      start,
      end: tail.end,
    });
    forget();
    skipTo(tail.end);
  }

  return scan;
}

/** The end of `epoch=3-val_loss=0.12.ckpt`, a file's name, whose `=` is at `at`; `at` if it is none. */
function fileNameEnd(text: string, at: number): number {
  let end = at + 1;
  let point = -1;
  while (end < text.length && !isBlank(codeAt(text, end))) {
    if (codeAt(text, end) === 0x2e) point = end;
    end++;
  }
  return point > at && isLetter(codeAt(text, point + 1)) && FILE_ENDING.test(text.slice(point, end))
    ? end
    : at;
}

const FILE_ENDING =
  /^\.(?:ckpt|pth?|h5|hdf5|keras|pkl|pickle|joblib|onnx|safetensors|bin|npz|npy|csv|json|png|txt|log)\b/;
const BRACKET_REACH = 8;

/** The place of the bracket that opens just before `at`; -1 if none does. */
function bracketBefore(text: string, at: number): number {
  const first = Math.max(0, at - BRACKET_REACH);
  let place = at - 1;
  while (place > first && isBlank(codeAt(text, place))) place--;
  const code = codeAt(text, place);
  return place >= first && (code === 0x5b || code === 0x28) ? place : -1;
}

/** `Avg. loss`, `Mel-Spec. Error`: a short word, or a short last part of one. */
function isAbbreviation(word: string): boolean {
  return word.length - 1 - word.search(/[-_/]\w*$/) <= LONGEST_ABBREVIATION;
}

/** Whether `* name` follows. */
function isMultiplied(text: string, at: number): boolean {
  const star = skipBlanks(text, at);
  return codeAt(text, star) === 0x2a && isLetter(codeAt(text, skipBlanks(text, star + 1)));
}

/** Whether a number is written with a point, which is no full stop, or with an exponent. */
function isDecimal(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = codeAt(text, at);
    if ((code | 0x20) === 0x65) return true;
    if (code === 0x2e) return at + 1 < end || (end < text.length && !isBlank(codeAt(text, end)));
  }
  return false;
}

function isSeparator(char: string): boolean {
  return char === '=' || char === ':';
}
