import { codeAt, isBlank, isWordChar } from './charKinds';
import type { Tokens } from './fieldTokens';
import { keyFacts } from './keyFacts';

/** The words of a line that may yet turn out to be the key of a value: places among its tokens. */
export interface PendingWords {
  readonly places: Uint16Array;
  count: number;
  /** How many words turned out to be no part of a key. */
  loose: number;
}

// `lower the loss by 0.5`: prose, whatever it names.
const PREPOSITIONS: ReadonlySet<string> = new Set(
  'by of on for in at with over and the to from than'.split(' '),
);
const COPULAS: ReadonlySet<string> = new Set(['is', 'was', 'are', 'equals']);
const CONJUNCTIONS: ReadonlySet<string> = new Set(['and', 'with', 'the']);
const LONGEST_KEY_WORDS = 5;

/**
 * The key that the pending words give the value behind them, empty if they give none: all the words
 * before a separator, or the last ones that name something. `end` is the place behind the last word or
 * its qualifier, as in `loss (train)`. Words that are no part of it are counted as loose.
 */
export function findKey(
  text: string,
  tokens: Tokens,
  pending: PendingWords,
  end: number,
  hasSeparator: boolean,
  valueStart: number,
): string {
  if (pending.count === 0) return '';
  if (hasSeparator) {
    // `… with best_epoch = 1 and best_auc = 0.8`: the name begins behind the `and`.
    const follows = pending.count > 1 && CONJUNCTIONS.has(wordAt(text, tokens, pending, 0));
    return text.slice(startOf(tokens, pending, follows ? 1 : 0), end);
  }
  let count = pending.count;
  let keyEnd = end;
  while (count > 1 && COPULAS.has(wordAt(text, tokens, pending, count - 1))) {
    count--;
    keyEnd = tokens.ends[pending.places[count - 1] ?? 0] ?? 0;
  }
  if (!isKeyGap(text, keyEnd, valueStart)) return '';
  if (PREPOSITIONS.has(wordAt(text, tokens, pending, count - 1).toLowerCase())) {
    pending.loose += count;
    return '';
  }
  const first = Math.max(0, count - LONGEST_KEY_WORDS);
  const named = count === 1 || mayBeNamed(text, tokens, pending, first, count);
  for (let place = first; named && place < count; place++) {
    const key = text.slice(startOf(tokens, pending, place), keyEnd);
    const { kind, isPlain } = keyFacts(key);
    const isProse = kind === 'metric' && place < count - 1 && !isPlain;
    if (kind !== 'unknown' && kind !== 'config' && !isProse) {
      pending.loose += place;
      return key;
    }
  }
  pending.loose += count - 1;
  return text.slice(startOf(tokens, pending, count - 1), keyEnd);
}

/** Whether any of these words can be part of a name: in prose most numbers follow none. */
function mayBeNamed(
  text: string,
  tokens: Tokens,
  pending: PendingWords,
  from: number,
  to: number,
): boolean {
  for (let place = from; place < to; place++) {
    if (keyFacts(wordAt(text, tokens, pending, place)).mayName) return true;
  }
  return false;
}

function startOf(tokens: Tokens, pending: PendingWords, place: number): number {
  return tokens.starts[pending.places[place] ?? 0] ?? 0;
}

function wordAt(text: string, tokens: Tokens, pending: PendingWords, place: number): string {
  const token = pending.places[place] ?? 0;
  return text.slice(tokens.starts[token], tokens.ends[token]);
}

/** Between a key and its value stand blanks, brackets, `*`, `:`, `#`, `.` and words such as `is`. */
function isKeyGap(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = codeAt(text, at);
    if (!isBlank(code) && !isWordChar(code) && !'[(*:#.'.includes(text.charAt(at))) return false;
  }
  return true;
}
