import { type Token, tokenize } from './fieldTokens';
import { NUMBER_PATTERN, parseNumber } from './numberText';
import { classifyKey, contextOfText, type DataSide, isPlainMetricKey } from './vocabulary';

/** A number in a line, with the key and the unit that the line gives it. */
export interface Field {
  /** As printed; empty where nothing names the number. */
  readonly key: string;
  /** What stands between key and number; `''` without a key. */
  readonly separator: '=' | ':' | ' ' | '';
  readonly value: number;
  /** The `100` of `4/100`. */
  readonly total?: number;
  /** The `86` of `864/1000 (86%)`. */
  readonly percent?: number;
  /** What is glued to the number or follows it: `ms`, `%`, `it/s`. */
  readonly unit: string;
  readonly decimal: boolean;
  readonly bracketed: boolean;
  /** `Epoch[3]`: a bracket right behind the key, which counts something or picks it. */
  readonly indexed: boolean;
  /** The `tot_loss` of `tot_loss[loss=0.5]`. */
  readonly scope?: string;
  /** The side of the data whose section of the line this is: `[valid] loss=0.5`. */
  readonly side?: DataSide;
  readonly start: number;
  readonly end: number;
}

export interface FieldScan {
  readonly fields: readonly Field[];
  /** Words that are neither key nor unit: how much of the line is prose. */
  readonly loose: readonly string[];
}

const SKIPPED_AFTER_VALUE =
  /\s*\(\s*(?:[-+\d.eE,]+|nan|inf)\s*\)|\s*(?:±|\+\/-|\+-)\s*[\d.eE+-]+|(?<=\d)\+[\d.]+/iy;
const FRACTION_TOTAL = new RegExp(`\\s*/\\s*(${NUMBER_PATTERN})(?![\\w.])`, 'y');
const PERCENT = new RegExp(`\\s*\\(\\s*(${NUMBER_PATTERN})\\s*%\\s*\\)`, 'y');
const QUALIFIER = /\s?\((?:[A-Za-z@_][\w@ .-]*|%)\)/y;
const UNIT =
  /(?:%|°C?|\s?(?:[munµ]?s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|[KMGT]i?B?|B|Hz|GFLOPs|x)(?:\/\w+)?(?![\w/])|\s?[A-Za-z]+\/(?:s|sec|second|step|it|iter|batch|epoch|sample|min|hour)(?![\w/]))/iy;
const MAX_FIELDS = 200;
const MAX_LINE_CHARS = 4_000;

/** Reads every number of a line together with its key. The work is bounded whatever the line. */
export function scanFields(line: string): FieldScan {
  const text = line.length > MAX_LINE_CHARS ? line.slice(0, MAX_LINE_CHARS) : line;
  const tokens = tokenize(text);
  const fields: Field[] = [];
  const loose: string[] = [];
  let pending: Token[] = [];
  let separator: '=' | ':' | '' = '';
  let qualifierEnd: number | undefined;
  let scope: string | undefined;
  let side: DataSide | undefined;

  const forget = (): void => {
    pending = [];
    separator = '';
    qualifierEnd = undefined;
  };
  /** Ends words that turned out to be no key. Alone before `:` or in brackets they head a section. */
  const drop = (next: string): void => {
    const [first] = pending;
    if (first !== undefined && pending.length <= 2 && (separator === ':' || next === ']')) {
      const isBracketed = next !== ']' || text.charAt(first.start - 1) === '[';
      if (isBracketed) side = contextOfText(pending.map((token) => token.text).join(' ')) ?? side;
    }
    for (const token of pending) loose.push(token.text);
    forget();
  };

  for (let at = 0; at < tokens.length && fields.length < MAX_FIELDS; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    const last = pending[pending.length - 1];
    if (token.kind === 'junk') drop('');
    else if (token.kind === 'word' && !isNamedNumber(token, last, separator)) {
      const gap = last === undefined ? 0 : token.start - (qualifierEnd ?? last.end);
      // What stands before `:` and is not followed by a value is a label, as in `Test set: loss 3`.
      if (separator !== '' || gap > 2 || text.charAt(token.start - 1) === '\t') drop('');
      pending.push(token);
    } else if (token.kind === 'mark') {
      const adjacent = last?.end === token.start;
      if ((token.text === '=' || token.text === ':') && last !== undefined && separator === '') {
        separator = token.text;
        continue;
      }
      if (token.text === '(' && last !== undefined) {
        QUALIFIER.lastIndex = token.start;
        const qualifier = QUALIFIER.exec(text);
        if (qualifier !== null) {
          qualifierEnd = token.start + qualifier[0].length;
          while ((tokens[at + 1]?.start ?? text.length) < qualifierEnd) at++;
          continue;
        }
      }
      // `Epoch [3]`, `loss=[360.]`, `Epoch #3`: the mark belongs to the value.
      if ((token.text === '[' || token.text === '#') && isValueNext(tokens, at)) continue;
      // `Avg. loss`, `Ep. 3`: a short word's full stop. `'epoch_loss'=3`: quotes about a key.
      if (token.text === '.' && adjacent && last.text.length <= 4) continue;
      if (/['"]/.test(token.text) && adjacent && /[=:]/.test(text.charAt(token.end))) continue;
      if (token.text === '[' && adjacent) scope = last.text;
      if (token.text === ']') scope = undefined;
      drop(token.text);
    } else {
      const key = takeKey(text, pending, separator, qualifierEnd, token, loose);
      const field = finishField(text, token, key, separator);
      fields.push({
        ...field,
        ...(scope === undefined ? {} : { scope }),
        ...(side === undefined ? {} : { side }),
      });
      forget();
      while ((tokens[at + 1]?.start ?? text.length) < field.end) at++;
    }
  }
  drop('');
  return { fields, loose };
}

/** `nan` and `inf` are values where a value may stand. */
function isNamedNumber(token: Token, last: Token | undefined, separator: string): boolean {
  if (last === undefined || parseNumber(token.text) === undefined) return false;
  return separator !== '' || classifyKey(last.text) === 'metric';
}

function isValueNext(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  return next !== undefined && (next.kind === 'number' || parseNumber(next.text) !== undefined);
}

/** The key of a value: all the words before a separator, or the last ones that name something. */
function takeKey(
  text: string,
  pending: readonly Token[],
  separator: '=' | ':' | '',
  qualifierEnd: number | undefined,
  value: Token,
  loose: string[],
): string {
  const last = pending[pending.length - 1];
  if (last === undefined) return '';
  const end = qualifierEnd ?? last.end;
  const from = (place: number): string => text.slice(pending[place]?.start ?? end, end);
  if (separator !== '') return from(0);
  if (pending.length > 1 && /^(?:is|was|are|equals)$/.test(last.text)) {
    return takeKey(text, pending.slice(0, -1), separator, undefined, value, loose);
  }
  if (/[^\s[(*:#.\w]/.test(text.slice(end, value.start))) return '';
  // `lower the loss by 0.5`: prose, whatever it names.
  if (/^(?:by|of|on|for|in|at|with|over|and|the|to|from|than)$/i.test(last.text)) {
    for (const token of pending) loose.push(token.text);
    return '';
  }
  for (let place = Math.max(0, pending.length - 4); place < pending.length; place++) {
    const kind = classifyKey(from(place));
    const isProse =
      kind === 'metric' && place < pending.length - 1 && !isPlainMetricKey(from(place));
    if (kind !== 'unknown' && kind !== 'config' && !isProse) {
      for (const token of pending.slice(0, place)) loose.push(token.text);
      return from(place);
    }
  }
  for (const token of pending.slice(0, -1)) loose.push(token.text);
  return from(pending.length - 1);
}

function finishField(text: string, token: Token, key: string, separator: '=' | ':' | ''): Field {
  const value = parseNumber(token.text) ?? Number.NaN;
  const bracketed = /[[(]\s*$/.test(text.slice(Math.max(0, token.start - 4), token.start));
  let end = token.end;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = end;
    const found = pattern.exec(text);
    if (found !== null) end += found[0].length;
    return found;
  };
  const total = match(FRACTION_TOTAL)?.[1];
  const percent = match(PERCENT)?.[1];
  const unit = total === undefined ? (match(UNIT)?.[0].trim() ?? gluedUnit(text, end)) : '';
  if (unit !== '' && unit !== '%' && text.charAt(end) !== ' ') end = Math.max(end, token.end);
  match(SKIPPED_AFTER_VALUE);
  return {
    key,
    separator: key === '' ? '' : separator === '' ? ' ' : separator,
    value,
    ...(total === undefined ? {} : { total: parseNumber(total) ?? Number.NaN }),
    ...(percent === undefined ? {} : { percent: parseNumber(percent) ?? Number.NaN }),
    unit,
    decimal: /[.eE]/.test(token.text) || Number.isNaN(value),
    bracketed,
    indexed:
      separator === '' && /\w\[\s*$/.test(text.slice(Math.max(0, token.start - 4), token.start)),
    start: token.start,
    end,
  };
}

/** Letters glued to a number make it a quantity of something, or no number at all. */
function gluedUnit(text: string, end: number): string {
  return /^[A-Za-z_]\w*/.exec(text.slice(end, end + 12))?.[0] ?? '';
}
