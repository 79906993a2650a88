import { type ConfusionMatrix, maxClasses, toConfusionMatrix } from './confusionMatrix';

export interface PrintedMatrix {
  /** What the line before it calls it. */
  readonly name: string;
  /** Of the last line before it that says an epoch or a step. */
  readonly step?: number;
  readonly matrix: ConfusionMatrix;
  /** From 0. */
  readonly line: number;
}

const named = /confusion[\s_-]*(?:matrix|mat)|\bconf[\s_-]*mat(?:rix)?\b|\bcm\b\s*[:=]/i;
const stepWord = /\b(?:epoch|ep|step|iter(?:ation)?|global_step)\b\s*[:=#]?\s*\[?\s*(\d+)/i;
/** Between the line that names it and the first of its own. */
const maxLinesBetween = 2;
const maxFound = 1000;

/**
 * The confusion matrices in a log, each as Python prints it after a line that names it (or at the end of
 * that line): numpy's `[[50  2]\n [ 3 45]]`, a list's `[[50, 2], [3, 45]]`, `tensor([[50, 2], …])` of
 * PyTorch and `tf.Tensor(…)`. One that was cut short with `...` is none.
 */
export function findPrintedMatrices(lines: readonly string[]): readonly PrintedMatrix[] {
  const found: PrintedMatrix[] = [];
  let step: number | undefined;
  for (let at = 0; at < lines.length && found.length < maxFound; at++) {
    const line = lines[at] ?? '';
    const stepText = stepWord.exec(line)?.[1];
    if (stepText !== undefined) step = Number(stepText);
    const name = named.exec(line);
    if (name === null) continue;
    const start = findStart(lines, at, name.index + name[0].length);
    const read = start && readNested(lines, start.line, start.column);
    if (read === undefined) continue;
    const matrix = toConfusionMatrix(read.rows);
    if (matrix !== undefined) {
      const title = nameOf(line);
      found.push({
        name: title,
        matrix,
        line: start?.line ?? at,
        ...(step !== undefined && { step }),
      });
    }
    at = read.lastLine;
  }
  return found;
}

function nameOf(line: string): string {
  const match = /((?:[\w-]+[ ]){0,2})(confusion[\s_-]*mat(?:rix)?)(\s*\([^()]{1,40}\))?/i.exec(
    line,
  );
  if (match === null) return 'confusion matrix';
  // Words before it may belong to a prefix such as `INFO`, which is no part of its name.
  const before = (match[1] ?? '').trim().toLowerCase();
  const kind = /\b(train|training|val|valid|validation|test|dev|eval|holdout)\b/.exec(before)?.[1];
  return kind === undefined ? 'confusion matrix' : `${kind} confusion matrix`;
}

/** What may stand in front of a matrix that begins a line of its own. */
const opening = /^\s*(?:tensor\(|array\(|tf\.Tensor\(|<tf\.Tensor: [^[]*numpy=)?\s*/;

function findStart(lines: readonly string[], from: number, column: number) {
  const inLine = (lines[from] ?? '').indexOf('[[', column);
  if (inLine >= 0) return { line: from, column: inLine };
  for (let line = from + 1; line <= from + maxLinesBetween && line < lines.length; line++) {
    const text = lines[line] ?? '';
    const start = opening.exec(text)?.[0].length ?? 0;
    if (text.startsWith('[[', start)) return { line, column: start };
    // A line with words of its own is about something else.
    if (start < text.length && text.slice(start).trim() !== '') break;
  }
  return undefined;
}

function readNested(lines: readonly string[], line: number, column: number) {
  const rows: number[][] = [];
  const last = Math.min(lines.length, line + maxClasses * 20);
  let text = '';
  for (let at = line; at < last; at++) {
    text += ` ${at === line ? (lines[at] ?? '').slice(column) : (lines[at] ?? '')}`;
    const end = text.indexOf(']]');
    const spread = end >= 0 ? end : /\][\s,]{0,200}\]/.exec(text)?.index;
    if (spread === undefined) {
      if (text.length > 200_000) return undefined;
      continue;
    }
    for (const [, cells = ''] of text.slice(2, spread + 1).matchAll(/\[?([^[\]]*)\]/g)) {
      const words = cells.split(/[\s,]+/).filter((word) => word !== '');
      rows.push(words.map(Number));
    }
    return { rows, lastLine: at };
  }
  return undefined;
}
