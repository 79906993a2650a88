import type { CellDiff } from './diffNotebooks';
import { applyHunks } from './diffSource';
import type { Notebook } from './notebook';

/** What of a diff is brought into one of its sides, so that there it becomes as on the other. */
export type EditChoice =
  | { readonly what: 'all' }
  /** A row of the diff: its source, type, outputs and metadata, and its place. */
  | { readonly what: 'cell'; readonly row: number }
  /** Some lines of a row's source. */
  | { readonly what: 'hunk'; readonly row: number; readonly hunk: number };

/** Cells of the own notebook replaced by others. Indexes are those before any of the steps. */
export interface NotebookEditStep {
  readonly index: number;
  /** Sources of the cells that go, to know them by; their number is how many go. */
  readonly removed: readonly string[];
  readonly cells: readonly PlannedCell[];
}

export type PlannedCell =
  /** An own cell with another source. */
  | { readonly from: 'own'; readonly index: number; readonly source: string }
  /** A cell of the other side; the id is that of the own cell that it takes the place of, if any. */
  | { readonly from: 'other'; readonly index: number; readonly id?: string };

export interface PlanInput {
  readonly cells: readonly CellDiff[];
  readonly old: Notebook;
  readonly new: Notebook;
}

/**
 * The edits that bring a part of a diff into one of its sides. Steps do not overlap.
 *
 * @param own the side that is edited.
 * @throws RangeError if the choice names a row or a hunk that the diff does not have.
 */
export function planNotebookEdits(
  diff: PlanInput,
  own: 'old' | 'new',
  choice: EditChoice,
): NotebookEditStep[] {
  const sides = new Sides(diff, own);
  if (choice.what === 'all') return planAll(diff.cells, sides);
  const cell = diff.cells[choice.row];
  if (cell === undefined) throw new RangeError(`The diff has no row ${choice.row}.`);
  return choice.what === 'hunk'
    ? [planHunk(cell, choice.hunk, sides)]
    : planCell(diff.cells, choice.row, cell, sides);
}

/** The two notebooks seen from the one that is edited. */
class Sides {
  readonly own: Notebook;
  readonly other: Notebook;

  constructor(
    diff: PlanInput,
    readonly side: 'old' | 'new',
  ) {
    [this.own, this.other] = side === 'new' ? [diff.new, diff.old] : [diff.old, diff.new];
  }

  ownIndex({ oldIndex, newIndex }: CellDiff): number | undefined {
    return this.side === 'new' ? newIndex : oldIndex;
  }

  otherIndex({ oldIndex, newIndex }: CellDiff): number | undefined {
    return this.side === 'new' ? oldIndex : newIndex;
  }

  step(index: number, count: number, cells: readonly PlannedCell[]): NotebookEditStep {
    const removed = this.own.cells.slice(index, index + count).map(({ source }) => source);
    return { index, removed, cells };
  }

  /** The cell of the other side, with an id that no cell that stays has. */
  taken(otherIndex: number, ownIndex: number | undefined, used: Set<string>): PlannedCell {
    const candidates = [
      ownIndex === undefined ? undefined : this.own.cells[ownIndex]?.id,
      this.other.cells[otherIndex]?.id,
    ];
    const id = candidates.find((each) => each !== undefined && !used.has(each));
    if (id !== undefined) used.add(id);
    return { from: 'other', index: otherIndex, ...(id === undefined ? {} : { id }) };
  }

  idsWithout(start: number, end: number): Set<string> {
    const staying = this.own.cells.filter((_, index) => index < start || index >= end);
    return new Set(staying.flatMap(({ id }) => id ?? []));
  }
}

function planHunk(cell: CellDiff, at: number, sides: Sides): NotebookEditStep {
  const index = sides.ownIndex(cell);
  const own = index === undefined ? undefined : sides.own.cells[index];
  const hunk = cell.hunks[at];
  if (index === undefined || own === undefined || hunk === undefined) {
    throw new RangeError(`The cell has no hunk ${at}.`);
  }
  const { oldStart, oldLines, newStart, newLines } = hunk;
  const toOther =
    sides.side === 'old'
      ? hunk
      : { oldStart: newStart, oldLines: newLines, newStart: oldStart, newLines: oldLines };
  const source = applyHunks(own.source, [toOther]);
  return sides.step(index, 1, [{ from: 'own', index, source }]);
}

function planCell(
  rows: readonly CellDiff[],
  row: number,
  cell: CellDiff,
  sides: Sides,
): NotebookEditStep[] {
  const ownIndex = sides.ownIndex(cell);
  const otherIndex = sides.otherIndex(cell);
  if (otherIndex === undefined) return ownIndex === undefined ? [] : [sides.step(ownIndex, 1, [])];
  const used =
    ownIndex === undefined ? sides.idsWithout(0, 0) : sides.idsWithout(ownIndex, ownIndex + 1);
  const taken = sides.taken(otherIndex, ownIndex, used);
  if (ownIndex === undefined) return [sides.step(placeOf(rows, row, cell, sides), 0, [taken])];
  if (cell.kind !== 'moved') return [sides.step(ownIndex, 1, [taken])];
  const place = placeOf(rows, row, cell, sides);
  return place === ownIndex || place === ownIndex + 1
    ? [sides.step(ownIndex, 1, [taken])]
    : [sides.step(ownIndex, 1, []), sides.step(place, 0, [taken])];
}

/** Before which own cell a cell belongs, by its place on the other side. */
function placeOf(rows: readonly CellDiff[], row: number, cell: CellDiff, sides: Sides): number {
  if (sides.side === 'old') {
    // Rows stand in the order of the new side: what stays before it there is before it here too.
    const before = rows
      .slice(0, row)
      .findLast(({ kind, oldIndex }) => kind !== 'moved' && oldIndex !== undefined);
    return (before?.oldIndex ?? -1) + 1;
  }
  if (cell.kind === 'removed') {
    const after = rows.slice(row + 1).find(({ newIndex }) => newIndex !== undefined);
    return after?.newIndex ?? sides.own.cells.length;
  }
  const { oldIndex = 0 } = cell;
  const before = rows.findLast(
    (each) =>
      each.kind !== 'moved' &&
      each.newIndex !== undefined &&
      (each.oldIndex ?? oldIndex) < oldIndex,
  );
  return (before?.newIndex ?? -1) + 1;
}

/** One step from the first cell that differs to the last. */
function planAll(rows: readonly CellDiff[], sides: Sides): NotebookEditStep[] {
  const { length } = rows;
  const [ownCount, otherCount] = [sides.own.cells.length, sides.other.cells.length];
  let before = 0;
  while (before < length && isInStep(rows[before], before, before)) before += 1;
  if (before === length && ownCount === before && otherCount === before) return [];
  let after = 0;
  const ends = () => [ownCount - 1 - after, otherCount - 1 - after] as const;
  while (Math.min(...ends()) >= before && isInStep(rows[length - 1 - after], ...ends())) after += 1;
  const [ownEnd, otherEnd] = [ownCount - after, otherCount - after];
  const toOwn = new Map(rows.map((row) => [sides.otherIndex(row), sides.ownIndex(row)]));
  const used = sides.idsWithout(before, ownEnd);
  const cells = Array.from({ length: otherEnd - before }, (_, i) =>
    sides.taken(before + i, toOwn.get(before + i), used),
  );
  return [sides.step(before, ownEnd - before, cells)];

  /** Whether a row is the same cell at these places of both sides. */
  function isInStep(row: CellDiff | undefined, ownIndex: number, otherIndex: number): boolean {
    return (
      row?.kind === 'same' &&
      !row.outputsChanged &&
      !row.metadataChanged &&
      sides.ownIndex(row) === ownIndex &&
      sides.otherIndex(row) === otherIndex
    );
  }
}
