import { alignCells, type CellAlignment } from './alignCells';
import { diffOutputs } from './diffOutputs';
import { diffSource } from './diffSource';
import { diffCellMetadata, diffHeaders, type MetadataChange } from './metadataDiff';
import type { Notebook, NotebookCell, NotebookOutput } from './notebook';
import { createWorkBudget, type WorkBudget } from './workBudget';

export type CellChangeKind = 'same' | 'changed' | 'added' | 'removed' | 'moved';

/** A run of source lines replaced by another; lines are split at `\n` and carry no terminator. */
export interface SourceHunk {
  /** 0-based line in the old source; where `oldLines` is empty, the line it is inserted before. */
  readonly oldStart: number;
  readonly oldLines: readonly string[];
  readonly newStart: number;
  readonly newLines: readonly string[];
}

export interface OutputDiff {
  readonly kind: 'same' | 'changed' | 'added' | 'removed';
  readonly old?: NotebookOutput;
  readonly new?: NotebookOutput;
  /** `same`, yet some bytes differ: memory addresses, generated ids, timestamps, timings, metadata. */
  readonly onlyVolatile: boolean;
}

/** One row of the diff. `same`, `changed` and `moved` have both sides, the others have one. */
export interface CellDiff {
  readonly kind: CellChangeKind;
  readonly oldIndex?: number;
  readonly newIndex?: number;
  readonly old?: NotebookCell;
  readonly new?: NotebookCell;
  /** The text or the cell's type differs. Also for `moved`. */
  readonly sourceChanged: boolean;
  readonly outputsChanged: boolean;
  /** Tags, attachments and the like differ; what editors and runs leave behind does not count. */
  readonly metadataChanged: boolean;
  /**
   * Something differs that is no change: execution count, id, what editors leave behind, or outputs
   * in what is volatile alone. Whatever else differs.
   */
  readonly minorChanged: boolean;
  /** Of a pair: each value beside source and outputs that differs, the minor ones included. */
  readonly metadata: readonly MetadataChange[];
  /** Of an `added` row: index of the old cell that this one was split off. */
  readonly splitFrom?: number;
  /** Of a `removed` row: index of the new cell that now holds its lines. */
  readonly mergedInto?: number;
  /** Of a pair whose text differs; no context lines. Empty for `added` and `removed`. */
  readonly hunks: readonly SourceHunk[];
  /** By position, old outputs first where both sides have left-overs. */
  readonly outputs: readonly OutputDiff[];
}

/** What the new notebook has beside its cells. */
export type NotebookHeader = Omit<Notebook, 'cells'>;

export interface NotebookDiff {
  /** In the order of the new notebook; a removed cell stands where it was in the old one. */
  readonly cells: readonly CellDiff[];
  readonly header: NotebookHeader;
  /** What differs beside the cells, the minor values included. */
  readonly headerChanges: readonly MetadataChange[];
  readonly summary: NotebookDiffSummary;
  /** The time budget ran out: cells are paired less carefully, yet each is still listed once. */
  readonly coarse: boolean;
}

/** Numbers of cells. A moved cell with a changed source counts in both. */
export interface NotebookDiffSummary {
  /** Pairs whose source, type or metadata differs. */
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
  readonly moved: number;
  /** Pairs whose outputs differ, whatever their kind. */
  readonly outputsChanged: number;
  /** Old cells that were split, and new cells that hold others' lines; older records lack both. */
  readonly split?: number;
  readonly merged?: number;
}

/** Enough for one source of 2,000 lines put in another order; about a second of work. */
const sourceUnits = 20_000_000;

/** What changed between two notebooks. Deterministic, and bounded in time for any input. */
export function diffNotebooks(oldNotebook: Notebook, newNotebook: Notebook): NotebookDiff {
  const { cells: newCells, ...header } = newNotebook;
  const { cells: _, ...oldHeader } = oldNotebook;
  const alignment = alignCells(oldNotebook.cells, newCells);
  const budget = createWorkBudget(sourceUnits);
  const cells = orderRows(alignment, oldNotebook.cells.length, newCells.length).map((row) => ({
    ...diffCell(row, oldNotebook.cells[row.oldIndex ?? -1], newCells[row.newIndex ?? -1], budget),
    ...findOrigin(row, alignment),
  }));
  return {
    cells,
    header,
    headerChanges: diffHeaders(oldHeader, header),
    summary: summarize(cells),
    coarse: alignment.coarse || budget.exhausted,
  };
}

interface Row {
  readonly oldIndex?: number;
  readonly newIndex?: number;
  readonly isMoved: boolean;
}

/** Each cell of both sides once: between two cells that stayed, first the removed, then the new. */
function orderRows(alignment: CellAlignment, oldCount: number, newCount: number): Row[] {
  const toOld = new Map(alignment.moved.map(({ oldIndex, newIndex }) => [newIndex, oldIndex]));
  const movedOld = new Set(toOld.values());
  const rows: Row[] = [];
  let [oldAt, newAt] = [0, 0];
  for (const stay of [...alignment.stayed, { oldIndex: oldCount, newIndex: newCount }]) {
    for (; oldAt < stay.oldIndex; oldAt += 1) {
      if (!movedOld.has(oldAt)) rows.push({ oldIndex: oldAt, isMoved: false });
    }
    for (; newAt < stay.newIndex; newAt += 1) {
      const oldIndex = toOld.get(newAt);
      if (oldIndex === undefined) rows.push({ newIndex: newAt, isMoved: false });
      else rows.push({ oldIndex, newIndex: newAt, isMoved: true });
    }
    if (oldAt < oldCount && newAt < newCount) rows.push({ ...stay, isMoved: false });
    oldAt += 1;
    newAt += 1;
  }
  return rows;
}

/** Of a row of one side: the cell that it was a part of, or is a part of now. */
function findOrigin(
  { oldIndex, newIndex }: Row,
  { splitFrom, mergedInto }: CellAlignment,
): Pick<CellDiff, 'splitFrom' | 'mergedInto'> {
  const whole = oldIndex === undefined ? splitFrom.get(newIndex ?? -1) : undefined;
  const holder = newIndex === undefined ? mergedInto.get(oldIndex ?? -1) : undefined;
  return {
    ...(whole === undefined ? {} : { splitFrom: whole }),
    ...(holder === undefined ? {} : { mergedInto: holder }),
  };
}

function diffCell(
  { oldIndex, newIndex, isMoved }: Row,
  old: NotebookCell | undefined,
  fresh: NotebookCell | undefined,
  budget: WorkBudget,
): CellDiff {
  const outputs = diffOutputs(old?.outputs ?? [], fresh?.outputs ?? []);
  const isPair = old !== undefined && fresh !== undefined;
  const sourceChanged = isPair && (old.source !== fresh.source || old.kind !== fresh.kind);
  const outputsChanged = isPair && outputs.some(({ kind }) => kind !== 'same');
  const metadata = isPair ? diffCellMetadata(old, fresh) : [];
  const metadataChanged = metadata.some(({ isMinor }) => !isMinor);
  const minorChanged =
    metadata.some(({ isMinor }) => isMinor) || outputs.some(({ onlyVolatile }) => onlyVolatile);
  const isChanged = sourceChanged || outputsChanged || metadataChanged;
  const pairKind = isMoved ? 'moved' : isChanged ? 'changed' : 'same';
  return {
    kind: isPair ? pairKind : old === undefined ? 'added' : 'removed',
    ...(oldIndex === undefined ? {} : { oldIndex }),
    ...(newIndex === undefined ? {} : { newIndex }),
    ...(old === undefined ? {} : { old }),
    ...(fresh === undefined ? {} : { new: fresh }),
    sourceChanged,
    outputsChanged,
    metadataChanged,
    minorChanged,
    metadata,
    hunks: isPair ? diffSource(old.source, fresh.source, budget) : [],
    outputs,
  };
}

function summarize(cells: readonly CellDiff[]): NotebookDiffSummary {
  const count = (isWanted: (cell: CellDiff) => boolean) => cells.filter(isWanted).length;
  return {
    changed: count((cell) => cell.sourceChanged || cell.metadataChanged),
    added: count((cell) => cell.kind === 'added'),
    removed: count((cell) => cell.kind === 'removed'),
    moved: count((cell) => cell.kind === 'moved'),
    outputsChanged: count((cell) => cell.outputsChanged),
    split: new Set(cells.flatMap(({ splitFrom }) => splitFrom ?? [])).size,
    merged: new Set(cells.flatMap(({ mergedInto }) => mergedInto ?? [])).size,
  };
}

/** One line for a user, such as `2 cells changed, 1 added, 3 outputs differ`. */
export function describeSummary(summary: NotebookDiffSummary): string {
  const counts = [
    [summary.changed, 'changed'],
    [summary.added, 'added'],
    [summary.removed, 'removed'],
    [summary.moved, 'moved'],
    [summary.split ?? 0, 'split'],
    [summary.merged ?? 0, 'merged'],
  ] as const;
  const parts = counts
    .filter(([count]) => count > 0)
    .map(([count, verb], i) => {
      const noun = i > 0 ? '' : count === 1 ? ' cell' : ' cells';
      return `${count}${noun} ${verb}`;
    });
  const outputs = summary.outputsChanged;
  if (outputs > 0) parts.push(outputs === 1 ? '1 output differs' : `${outputs} outputs differ`);
  return parts.length === 0 ? 'No changes' : parts.join(', ');
}
