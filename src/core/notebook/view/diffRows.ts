import type { CellDiff, OutputDiff } from '../diffNotebooks';
import type { NotebookCell, NotebookOutput } from '../notebook';

type CellType = NotebookCell['kind'];

/**
 * What a page needs of a row of the diff before it draws it: no source and no output, only how large
 * they are and what became of them, so that a thousand cells of 50 MB are a small message.
 */
export interface DiffRow {
  readonly kind: CellDiff['kind'];
  readonly oldIndex?: number;
  readonly newIndex?: number;
  /** Of the new side where there is one. */
  readonly type: CellType;
  /** Of the old side, where it is another. */
  readonly oldType?: CellType;
  readonly sourceChanged?: true;
  readonly outputsChanged?: true;
  readonly metadataChanged?: true;
  readonly minorChanged?: true;
  readonly splitFrom?: number;
  readonly mergedInto?: number;
  /** Lines of the source as shown: those of a changed one with a few around each change. */
  readonly lines: number;
  readonly addedLines?: number;
  readonly removedLines?: number;
  readonly hunks?: number;
  /** The first line that is not blank, at most 80 characters. */
  readonly title: string;
  readonly outputs?: readonly OutputDigest[];
}

export interface OutputDigest {
  readonly change: OutputDiff['kind'];
  readonly kind: NotebookOutput['kind'];
  readonly media: readonly string[];
  /** Characters of the larger side. */
  readonly size: number;
  /** Lines that a reader sees of the larger side. */
  readonly lines: number;
  readonly onlyVolatile?: true;
}

/** Lines shown around each change of a source. */
export const contextLines = 3;
const maxTitleChars = 80;

export function toDiffRows(cells: readonly CellDiff[]): DiffRow[] {
  return cells.map(toDiffRow);
}

function toDiffRow(cell: CellDiff): DiffRow {
  const { old, new: fresh, hunks } = cell;
  const shown = fresh ?? old;
  const sum = (count: (hunk: CellDiff['hunks'][number]) => number) =>
    hunks.reduce((total, hunk) => total + count(hunk), 0);
  const all = Math.max(countLines(old?.source), countLines(fresh?.source));
  const near = sum(
    ({ oldLines, newLines }) => Math.max(oldLines.length, newLines.length) + 2 * contextLines + 1,
  );
  return {
    kind: cell.kind,
    ...(cell.oldIndex === undefined ? {} : { oldIndex: cell.oldIndex }),
    ...(cell.newIndex === undefined ? {} : { newIndex: cell.newIndex }),
    type: shown?.kind ?? 'code',
    ...(old && fresh && old.kind !== fresh.kind ? { oldType: old.kind } : {}),
    ...(cell.sourceChanged ? { sourceChanged: true } : {}),
    ...(cell.outputsChanged ? { outputsChanged: true } : {}),
    ...(cell.metadataChanged ? { metadataChanged: true } : {}),
    ...(cell.minorChanged ? { minorChanged: true } : {}),
    ...(cell.splitFrom === undefined ? {} : { splitFrom: cell.splitFrom }),
    ...(cell.mergedInto === undefined ? {} : { mergedInto: cell.mergedInto }),
    lines: hunks.length > 0 ? Math.min(all, near) : all,
    ...(hunks.length > 0
      ? {
          addedLines: sum(({ newLines }) => newLines.length),
          removedLines: sum(({ oldLines }) => oldLines.length),
          hunks: hunks.length,
        }
      : {}),
    title: firstLine(shown?.source ?? ''),
    ...(cell.outputs.length > 0 ? { outputs: cell.outputs.map(toDigest) } : {}),
  };
}

function toDigest({ kind, old, new: fresh, onlyVolatile }: OutputDiff): OutputDigest {
  const sides = [old, fresh].filter((side) => side !== undefined);
  return {
    change: kind,
    kind: (fresh ?? old)?.kind ?? 'display',
    media: [...new Set(sides.flatMap(({ data }) => Object.keys(data)))],
    size: Math.max(0, ...sides.map(outputSize)),
    lines: Math.max(0, ...sides.map((side) => countLines(plainText(side)))),
    ...(onlyVolatile ? { onlyVolatile: true } : {}),
  };
}

function plainText({ text, traceback, data }: NotebookOutput): string | undefined {
  return text ?? traceback ?? data['text/plain'];
}

function outputSize({ text = '', traceback = '', evalue = '', data }: NotebookOutput): number {
  const media = Object.values(data).reduce((sum, each) => sum + each.length, 0);
  return media + text.length + traceback.length + evalue.length;
}

function countLines(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  let lines = text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

function firstLine(source: string): string {
  const line = /\S[^\n]*/.exec(source.slice(0, 10_000))?.[0] ?? '';
  return line.length > maxTitleChars ? `${line.slice(0, maxTitleChars)}…` : line.trimEnd();
}
