import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';
import { parsePython } from './pythonSyntax';

/** What a piece of code is, as far as colours tell it apart. */
export type TokenKind = 'keyword' | 'string' | 'number' | 'comment' | 'name' | 'constant';

export interface Token {
  /** Within its line, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  readonly kind: TokenKind;
}

const kinds = tagHighlighter([
  { tag: tags.comment, class: 'comment' },
  { tag: [tags.string, tags.special(tags.string)], class: 'string' },
  { tag: tags.number, class: 'number' },
  { tag: [tags.bool, tags.null, tags.self], class: 'constant' },
  { tag: [tags.keyword, tags.operatorKeyword, tags.definitionKeyword], class: 'keyword' },
  { tag: [tags.moduleKeyword, tags.controlKeyword, tags.modifier], class: 'keyword' },
  {
    tag: [
      tags.function(tags.variableName),
      tags.function(tags.definition(tags.variableName)),
      tags.function(tags.propertyName),
    ],
    class: 'name',
  },
  { tag: [tags.definition(tags.className), tags.className, tags.meta], class: 'name' },
]);
const known: ReadonlySet<string> = new Set<TokenKind>([
  ...(['keyword', 'string', 'number', 'comment', 'name', 'constant'] as const),
]);

/** Longer sources are data; without colours they are read as well. */
const maxChars = 200_000;

/** The coloured pieces of each line of a notebook's cell, in order; none for what is too long. */
export function highlightPython(source: string): readonly (readonly Token[])[] {
  if (source.length > maxChars) return [];
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  const lines: Token[][] = starts.map(() => []);
  let line = 0;
  const add = (from: number, to: number, kind: TokenKind) => {
    while (line + 1 < starts.length && (starts[line + 1] ?? 0) <= from) line += 1;
    // A string may go over several lines.
    for (let at = line, start = from; at < starts.length && start < to; at += 1) {
      const lineStart = starts[at] ?? 0;
      const end = Math.min(to, (starts[at + 1] ?? source.length + 1) - 1);
      if (end > start) lines[at]?.push({ from: start - lineStart, to: end - lineStart, kind });
      start = end + 1;
    }
  };
  highlightTree(parsePython(source).tree, kinds, (from, to, classes) => {
    const kind = classes.split(' ').find(isKind);
    if (kind !== undefined) add(from, to, kind);
  });
  return lines;
}

function isKind(name: string): name is TokenKind {
  return known.has(name);
}
