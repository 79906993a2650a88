/** A piece of a line. */
export interface NoteSpan {
  readonly kind: 'text' | 'bold' | 'italic' | 'code';
  readonly text: string;
}

/** A block of a note: what few signs of Markdown mean, as plain data. */
export type NoteBlock =
  | { readonly kind: 'paragraph'; readonly lines: readonly (readonly NoteSpan[])[] }
  | { readonly kind: 'heading'; readonly level: number; readonly spans: readonly NoteSpan[] }
  | {
      readonly kind: 'list';
      readonly isOrdered: boolean;
      readonly items: readonly (readonly NoteSpan[])[];
    }
  | { readonly kind: 'code'; readonly text: string };

const heading = /^(#{1,3})\s+(\S.*)$/;
const bullet = /^\s{0,3}[-*+]\s+(\S.*)$/;
const ordered = /^\s{0,3}\d{1,9}[.)]\s+(\S.*)$/;
const fence = /^\s{0,3}```/;

/**
 * Reads a note as headings, lists, fenced code and paragraphs with bold, italic and code in them. Links,
 * images and HTML stay the text that they are: nothing of a note is live.
 */
export function parseNote(note: string): readonly NoteBlock[] {
  const lines = note.replaceAll('\r\n', '\n').split('\n');
  const blocks: NoteBlock[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at++;
      continue;
    }
    if (fence.test(line)) {
      const end = lines.findIndex((other, index) => index > at && fence.test(other));
      const last = end < 0 ? lines.length : end;
      blocks.push({ kind: 'code', text: lines.slice(at + 1, last).join('\n') });
      at = last + 1;
      continue;
    }
    const [, hashes, title] = heading.exec(line) ?? [];
    if (hashes !== undefined && title !== undefined) {
      blocks.push({ kind: 'heading', level: hashes.length, spans: parseSpans(title) });
      at++;
      continue;
    }
    const item = bullet.test(line) ? bullet : ordered.test(line) ? ordered : undefined;
    const start = at;
    if (item !== undefined) {
      while (at < lines.length && item.test(lines[at] ?? '')) at++;
      const items = lines.slice(start, at).map((each) => parseSpans(item.exec(each)?.[1] ?? ''));
      blocks.push({ kind: 'list', isOrdered: item === ordered, items });
      continue;
    }
    while (at < lines.length && (at === start || isOfParagraph(lines[at] ?? ''))) at++;
    blocks.push({ kind: 'paragraph', lines: lines.slice(start, at).map(parseSpans) });
  }
  return blocks;
}

function isOfParagraph(line: string): boolean {
  return line.trim() !== '' && ![heading, bullet, ordered, fence].some((each) => each.test(line));
}

const marks =
  /(`+)(?<code>[^`]+)\1|\*\*(?<bold>[^*\s](?:[^*]*[^*\s])?)\*\*|\*(?<italic>[^*\s](?:[^*]*[^*\s])?)\*/g;

function parseSpans(line: string): readonly NoteSpan[] {
  const spans: NoteSpan[] = [];
  let at = 0;
  for (const match of line.matchAll(marks)) {
    if (match.index > at) spans.push({ kind: 'text', text: line.slice(at, match.index) });
    const { code, bold, italic = '' } = match.groups ?? {};
    if (code !== undefined) spans.push({ kind: 'code', text: code });
    else if (bold !== undefined) spans.push({ kind: 'bold', text: bold });
    else spans.push({ kind: 'italic', text: italic });
    at = match.index + match[0].length;
  }
  if (at < line.length) spans.push({ kind: 'text', text: line.slice(at) });
  return spans;
}
