import { isDeepStrictEqual } from 'node:util';
import { applyNotebookDiff } from '../../src/core/notebook/applyNotebookDiff';
import {
  type CellDiff,
  diffNotebooks,
  type NotebookDiff,
  type SourceHunk,
} from '../../src/core/notebook/diffNotebooks';
import { applyHunks } from '../../src/core/notebook/diffSource';
import type { Notebook, NotebookCell } from '../../src/core/notebook/notebook';
import { pairHunkLines, type WordSpan, wordSpans } from '../../src/core/notebook/wordSpans';

/** What must hold of any diff, whatever the notebooks are; each gives a reason where it does not. */
const rules: readonly ((
  diff: NotebookDiff,
  old: Notebook,
  fresh: Notebook,
) => string | undefined)[] = [
  rebuildsNew,
  listsEachOnce,
  keepsOrder,
  showsNoneTwice,
  pairsAllEqual,
  movesOnlyWhatMoved,
  rebuildsLines,
  namesOrigins,
  findsNothingInOne,
];

/** The rules that the diff of two notebooks breaks; empty if it is sound. */
export function findFaults(diff: NotebookDiff, old: Notebook, fresh: Notebook): string[] {
  return rules.flatMap((rule) => rule(diff, old, fresh) ?? []);
}

/**
 * By how many cells the diff the other way round tells something else: what is added there must be
 * removed here, what is split merged. Ties between equally good pairs may make it 1, rarely.
 */
export function measureAsymmetry(there: NotebookDiff, back: NotebookDiff): number {
  const [a, b] = [there.summary, back.summary];
  const told = [a.added, a.removed, a.moved, a.split, a.merged];
  const mirrored = [b.removed, b.added, b.moved, b.merged, b.split];
  return Math.max(...told.map((count, i) => Math.abs((count ?? 0) - (mirrored[i] ?? 0))));
}

function rebuildsNew(diff: NotebookDiff, old: Notebook, fresh: Notebook): string | undefined {
  return isDeepStrictEqual(applyNotebookDiff(diff, old), fresh)
    ? undefined
    : 'the diff applied to OLD does not give NEW';
}

function listsEachOnce(
  { cells }: NotebookDiff,
  old: Notebook,
  fresh: Notebook,
): string | undefined {
  const isCover = (found: readonly number[], count: number) =>
    found.length === count && found.toSorted((a, b) => a - b).every((place, i) => place === i);
  const oldPlaces = cells.flatMap(({ oldIndex }) => oldIndex ?? []);
  const newPlaces = cells.flatMap(({ newIndex }) => newIndex ?? []);
  if (!isCover(oldPlaces, old.cells.length)) return 'not every cell of OLD is listed exactly once';
  if (!isCover(newPlaces, fresh.cells.length))
    return 'not every cell of NEW is listed exactly once';
  return undefined;
}

function keepsOrder({ cells }: NotebookDiff): string | undefined {
  const isIncreasing = (places: readonly number[]) =>
    places.every((place, i) => i === 0 || place > (places[i - 1] ?? place));
  const stayed = cells.filter(({ kind }) => kind !== 'moved');
  return isIncreasing(stayed.flatMap(({ oldIndex }) => oldIndex ?? [])) &&
    isIncreasing(cells.flatMap(({ newIndex }) => newIndex ?? []))
    ? undefined
    : 'cells that did not move are out of order';
}

function showsNoneTwice({ cells }: NotebookDiff): string | undefined {
  const keysOf = (kind: CellDiff['kind']) =>
    cells.filter((row) => row.kind === kind).flatMap((row) => keyOf(row.old ?? row.new));
  const removed = new Set(keysOf('removed'));
  return keysOf('added').some((key) => removed.has(key))
    ? 'one and the same cell is shown as removed and as added'
    : undefined;
}

function pairsAllEqual(
  { cells }: NotebookDiff,
  old: Notebook,
  fresh: Notebook,
): string | undefined {
  const counts = new Map<string, number>();
  for (const key of old.cells.flatMap(keyOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  let possible = 0;
  for (const key of fresh.cells.flatMap(keyOf)) {
    const left = counts.get(key) ?? 0;
    if (left > 0) possible += 1;
    counts.set(key, left - 1);
  }
  const paired = cells.filter((row) => isDeepStrictEqual(keyOf(row.old), keyOf(row.new)));
  const found = paired.filter(({ old: cell }) => keyOf(cell).length > 0).length;
  return found === possible
    ? undefined
    : `${found} of ${possible} cells that are the same on both sides are paired`;
}

function movesOnlyWhatMoved(
  { summary }: NotebookDiff,
  old: Notebook,
  fresh: Notebook,
): string | undefined {
  const isSame =
    old.cells.length === fresh.cells.length &&
    old.cells.every((cell, i) => {
      const other = fresh.cells[i];
      return cell.kind === other?.kind && cell.source === other.source;
    });
  return isSame && summary.moved > 0
    ? 'cells are called moved that stand where they were'
    : undefined;
}

function rebuildsLines({ cells }: NotebookDiff): string | undefined {
  for (const { old, new: fresh, hunks } of cells) {
    if (old === undefined || fresh === undefined) continue;
    if (applyHunks(old.source, hunks) !== fresh.source) return 'hunks do not rebuild a new source';
    if (applyHunks(fresh.source, hunks.map(swap)) !== old.source) {
      return 'hunks do not rebuild an old source';
    }
    if (!hunks.every(rebuildsWords)) return 'words do not rebuild a line';
  }
  return undefined;
}

function swap(hunk: SourceHunk): SourceHunk {
  return {
    oldStart: hunk.newStart,
    oldLines: hunk.newLines,
    newStart: hunk.oldStart,
    newLines: hunk.oldLines,
  };
}

function rebuildsWords(hunk: SourceHunk): boolean {
  const text = (spans: readonly WordSpan[]) => spans.map((span) => span.text).join('');
  return pairHunkLines(hunk).every((pair) => {
    if (pair.old === undefined || pair.new === undefined) return true;
    const oldLine = hunk.oldLines[pair.old] ?? '';
    const newLine = hunk.newLines[pair.new] ?? '';
    const spans = wordSpans(oldLine, newLine);
    return text(spans.old) === oldLine && text(spans.new) === newLine;
  });
}

function namesOrigins({ cells }: NotebookDiff): string | undefined {
  const isPair = ({ old, new: fresh }: CellDiff) => old !== undefined && fresh !== undefined;
  const pairedOld = new Set(cells.filter(isPair).map(({ oldIndex }) => oldIndex));
  const pairedNew = new Set(cells.filter(isPair).map(({ newIndex }) => newIndex));
  const isSound = cells.every(
    ({ kind, splitFrom, mergedInto }) =>
      (splitFrom === undefined || (kind === 'added' && pairedOld.has(splitFrom))) &&
      (mergedInto === undefined || (kind === 'removed' && pairedNew.has(mergedInto))),
  );
  return isSound ? undefined : 'a part of a split or merged cell names no cell that is there';
}

function findsNothingInOne(_: NotebookDiff, old: Notebook, fresh: Notebook): string | undefined {
  for (const notebook of [old, fresh]) {
    const diff = diffNotebooks(notebook, notebook);
    const isEmpty =
      diff.headerChanges.length === 0 &&
      diff.cells.every(({ kind, minorChanged }) => kind === 'same' && !minorChanged);
    if (!isEmpty) return 'a notebook differs from itself';
  }
  return undefined;
}

/** What makes two cells the same to a reader; nothing for a blank cell. */
function keyOf(cell: NotebookCell | undefined): string[] {
  return cell === undefined || cell.source.trim() === '' ? [] : [`${cell.kind}\n${cell.source}`];
}
