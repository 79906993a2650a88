import type { WordSpan } from '../../src/core/notebook/wordSpans';
import type { Token, TokenKind } from '../../src/core/python/highlightPython';

/** A piece of a line that looks the same from its beginning to its end. */
export interface Segment {
  readonly text: string;
  readonly token?: TokenKind;
  readonly changed: boolean;
}

/** Longer lines are shown in part: the browser lays out a line of a megabyte for seconds. */
export const maxLineChars = 2_000;
/** What is shown before the first change of a line that is shown in part. */
const leadChars = 200;

/** A line in pieces of one colour and one mark. Joined they are the line. */
export function lineSegments(
  text: string,
  tokens: readonly Token[],
  spans: readonly WordSpan[] | undefined,
): Segment[] {
  const segments: Segment[] = [];
  let tokenAt = 0;
  const add = (from: number, to: number, changed: boolean) => {
    let at = from;
    while (at < to) {
      while ((tokens[tokenAt]?.to ?? Number.POSITIVE_INFINITY) <= at) tokenAt += 1;
      const token = tokens[tokenAt];
      const inside = token !== undefined && token.from <= at;
      const end = Math.min(to, inside ? token.to : (token?.from ?? to));
      segments.push({
        text: text.slice(at, end),
        changed,
        ...(inside ? { token: token.kind } : {}),
      });
      at = end;
    }
  };
  let at = 0;
  for (const span of spans ?? [{ text, changed: false }]) {
    add(at, at + span.text.length, span.changed);
    at += span.text.length;
  }
  return segments;
}

export interface CutLine {
  readonly segments: readonly Segment[];
  /** Characters of the line that are left out at either end. */
  readonly before: number;
  readonly after: number;
}

/** The part of a long line around its first change. */
export function cutSegments(segments: readonly Segment[], limit: number): CutLine {
  const length = segments.reduce((sum, { text }) => sum + text.length, 0);
  if (length <= limit) return { segments, before: 0, after: 0 };
  let firstChange = 0;
  for (const { text, changed } of segments) {
    if (changed) break;
    firstChange += text.length;
  }
  const from =
    firstChange >= length ? 0 : Math.max(0, Math.min(firstChange - leadChars, length - limit));
  const to = from + limit;
  const shown: Segment[] = [];
  let at = 0;
  for (const segment of segments) {
    const text = segment.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (text !== '') shown.push({ ...segment, text });
    at += segment.text.length;
  }
  return { segments: shown, before: from, after: length - to };
}
