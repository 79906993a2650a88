import type { DataframeGrid } from '../dataframeGrid';
import type { TableColumn, TableDiff, TableRow } from '../tableDiff';

/** What of a table is shown; the rest is only counted. */
export interface ShownTable {
  readonly columns: readonly TableColumn[];
  /** A number stands for so many rows in which nothing changed. */
  readonly rows: readonly (TableRow | number)[];
  readonly note: string;
  readonly hiddenColumns: number;
  /** Rows behind the last one that is shown, changed or not. */
  readonly hiddenRows: number;
}

/** More columns do not fit on any screen, and more cells nobody reads. */
const maxColumns = 40;
const maxCells = 12_000;
/** Unchanged rows shown beside one that changed. */
const contextRows = 1;
/** Where only columns came or went every row is as good as any. */
const sampleRows = 5;

/** Two dataframes as one: labels, columns that changed, then others; rows near a change. */
export function cutTableDiff({ columns, rows, oldNote, newNote }: TableDiff): ShownTable {
  const shown = chooseColumns(columns, rows);
  const near = new Uint8Array(rows.length);
  for (const [at, { change }] of rows.entries()) {
    if (change !== 'same') near.fill(1, Math.max(0, at - contextRows), at + contextRows + 1);
  }
  if (!near.includes(1)) near.fill(1, 0, sampleRows);
  const kept: (TableRow | number)[] = [];
  let [skipped, at, left] = [0, 0, Math.floor(maxCells / Math.max(1, shown.length))];
  for (; at < rows.length && left > 0; at += 1) {
    const row = rows[at];
    if (row === undefined) continue;
    if (near[at] === 0) {
      skipped += 1;
      continue;
    }
    if (skipped > 0) kept.push(skipped);
    skipped = 0;
    left -= 1;
    kept.push({ ...row, cells: shown.map((column) => row.cells[column] ?? { changed: false }) });
  }
  if (skipped > 0) kept.push(skipped);
  return {
    columns: shown.flatMap((column) => columns[column] ?? []),
    rows: kept,
    note: oldNote === newNote ? newNote : `${oldNote} → ${newNote}`,
    hiddenColumns: columns.length - shown.length,
    hiddenRows: rows.length - at,
  };
}

/** One dataframe, from its top left. */
export function cutGrid({ columns, rows, indexWidth, note }: DataframeGrid): ShownTable {
  const width = Math.min(columns.length, maxColumns);
  const height = Math.min(rows.length, Math.floor(maxCells / Math.max(1, width)));
  return {
    columns: columns
      .slice(0, width)
      .map((name, i) => ({ name, change: 'same', isIndex: i < indexWidth })),
    rows: rows.slice(0, height).map((row) => ({
      change: 'same',
      cells: row.slice(0, width).map((text) => ({ new: text, changed: false })),
    })),
    note,
    hiddenColumns: columns.length - width,
    hiddenRows: rows.length - height,
  };
}

/** In their order, which of the columns are shown. */
function chooseColumns(columns: readonly TableColumn[], rows: readonly TableRow[]): number[] {
  const all = columns.map((_, column) => column);
  if (all.length <= maxColumns) return all;
  const differs = (column: number) =>
    columns[column]?.change !== 'same' || rows.some(({ cells }) => cells[column]?.changed === true);
  const wanted = all.filter((column) => columns[column]?.isIndex === true || differs(column));
  const others = all.filter((column) => !wanted.includes(column));
  return [...wanted, ...others].slice(0, maxColumns).sort((a, b) => a - b);
}
