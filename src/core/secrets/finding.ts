import type { Swallow } from './swallow';

/** What a trigger turned out to be; `unknown` until more of the text is there. */
export type Finding =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'secret'; readonly from: number; readonly swallow: Swallow };

export const nothing: Finding = { kind: 'nothing' };
export const unknown: Finding = { kind: 'unknown' };
export const secret = (from: number, swallow: Swallow): Finding => ({
  kind: 'secret',
  from,
  swallow,
});

/** So much before a trigger can say what it is. */
export const lookBehind = 256;
/** And so much of the line after it. */
const lookAhead = 320;

/** The rest of the line, or as much of it as counts; undefined if it is not all there yet. */
export function lineAfter(text: string, at: number, isEnd: boolean): string | undefined {
  const window = text.slice(at, at + lookAhead);
  // A line of a shell goes on behind a backslash.
  const end = window.search(/(?<!\\)[\r\n]/);
  if (end !== -1) return window.slice(0, end);
  return isEnd || window.length === lookAhead ? window : undefined;
}

export function lineBefore(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - lookBehind), at);
  return before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
}

/** The beginning of a value, up to where a reader would see its end. */
export function preview(text: string, quote: string): string {
  if (quote === '') return /^(?:(?![,;&]["']?[A-Za-z_][\w.-]*[=:])\S)*/.exec(text)?.[0] ?? '';
  const end = text.indexOf(quote);
  return end === -1 ? text : text.slice(0, end);
}
