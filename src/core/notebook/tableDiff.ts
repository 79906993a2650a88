import { diffArrays } from 'diff';
import { type DataframeGrid, readDataframe } from './dataframeGrid';
import { numberDelta } from './numberChanges';
import type { WorkBudget } from './workBudget';

/** Two dataframes as one grid. Every column and every row of both sides is in it exactly once. */
export interface TableDiff {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  /** What the HTML says beside the table, such as `150 rows × 4 columns`. */
  readonly oldNote: string;
  readonly newNote: string;
}

export interface TableColumn {
  readonly name: string;
  readonly change: 'same' | 'added' | 'removed';
  /** Part of the row labels. */
  readonly isIndex: boolean;
}

export interface TableRow {
  readonly change: 'same' | 'changed' | 'added' | 'removed';
  /** One for each column, in their order. */
  readonly cells: readonly TableCell[];
}

export interface TableCell {
  /** Undefined where the side has no such row or column. */
  readonly old?: string;
  readonly new?: string;
  /** Of a row and a column that both sides have. */
  readonly changed: boolean;
  /** New less old, where both are numbers that differ. */
  readonly delta?: number;
}

const maxRows = 2_000;
/** Rows added and removed beyond which no more is looked for. */
const maxEditLength = 400;

/** Two HTML outputs as a grid; undefined unless each holds one dataframe of at most 2,000 rows. */
export function diffTables(
  oldHtml: string,
  newHtml: string,
  budget: WorkBudget,
): TableDiff | undefined {
  const old = readDataframe(oldHtml);
  const fresh = readDataframe(newHtml);
  if (old === undefined || fresh === undefined) return undefined;
  if (Math.max(old.rows.length, fresh.rows.length) > maxRows) return undefined;
  if (old.indexWidth !== fresh.indexWidth) return undefined;
  const columns = alignColumns(old, fresh);
  // An index that only counts is no label: a row put in at the top shifts it.
  const counts = isCounting(old) && isCounting(fresh);
  const pairs = alignRows(old, fresh, columns, counts, budget);
  if (pairs === undefined) return undefined;
  const table: TableDiff = {
    columns: columns.map(({ name, old: from, new: to }, i) => ({
      name,
      change: from === undefined ? 'added' : to === undefined ? 'removed' : 'same',
      isIndex: i < old.indexWidth,
    })),
    rows: pairs.map(([i, j]) =>
      toRow(
        i === undefined ? undefined : old.rows[i],
        j === undefined ? undefined : fresh.rows[j],
        columns,
        counts ? old.indexWidth : 0,
      ),
    ),
    oldNote: old.note,
    newNote: fresh.note,
  };
  const isSame =
    table.oldNote === table.newNote &&
    table.columns.every(({ change }) => change === 'same') &&
    table.rows.every(({ change }) => change === 'same');
  // What differs then lies in the markup, which a grid does not show.
  return isSame ? undefined : table;
}

interface ColumnPair {
  readonly name: string;
  readonly old?: number;
  readonly new?: number;
}

/** Columns by their names in the order of the new table; a removed one stands where it was. */
function alignColumns(old: DataframeGrid, fresh: DataframeGrid): ColumnPair[] {
  const index = Array.from({ length: fresh.indexWidth }, (_, i) => ({
    name: fresh.columns[i] ?? '',
    old: i,
    new: i,
  }));
  const oldNames = nameColumns(old);
  const newNames = nameColumns(fresh);
  const newPlaces = new Map(newNames.map((name, i) => [name, i + fresh.indexWidth]));
  const oldPlaces = new Map(oldNames.map((name, i) => [name, i + old.indexWidth]));
  const columns: ColumnPair[] = newNames.map((name) => {
    const from = oldPlaces.get(name);
    const column = {
      name: fresh.columns[newPlaces.get(name) ?? 0] ?? '',
      new: newPlaces.get(name) ?? 0,
    };
    return from === undefined ? column : { ...column, old: from };
  });
  for (const [i, name] of oldNames.entries()) {
    if (newPlaces.has(name)) continue;
    const place = i + old.indexWidth;
    const at = i === 0 ? -1 : columns.findIndex((column) => column.old === place - 1);
    columns.splice(at + 1, 0, { name: old.columns[place] ?? '', old: place });
  }
  return [...index, ...columns];
}

/** Names with the number of their repetition, so that each is one column. */
function nameColumns({ columns, indexWidth }: DataframeGrid): string[] {
  const seen = new Map<string, number>();
  return columns.slice(indexWidth).map((name) => {
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return `${name}\0${count}`;
  });
}

type RowPair = readonly [number | undefined, number | undefined];

/**
 * Rows that are the same cell by cell meet first (Myers); what lies between meets by its label, or,
 * where the index only counts, by position.
 */
function alignRows(
  old: DataframeGrid,
  fresh: DataframeGrid,
  columns: readonly ColumnPair[],
  counts: boolean,
  budget: WorkBudget,
): RowPair[] | undefined {
  const shared = columns
    .slice(counts ? old.indexWidth : 0)
    .filter((column) => column.old !== undefined && column.new !== undefined);
  const oldKeys = old.rows.map((row) => shared.map((c) => row[c.old ?? 0] ?? '').join('\0'));
  const newKeys = fresh.rows.map((row) => shared.map((c) => row[c.new ?? 0] ?? '').join('\0'));
  const most = Math.min(maxEditLength, oldKeys.length + newKeys.length);
  if (!budget.spend(most * most + oldKeys.length + newKeys.length)) return undefined;
  const changes = diffArrays(oldKeys, newKeys, { maxEditLength: most });
  const pairs: RowPair[] = [];
  let [oldAt, newAt, oldOpen, newOpen] = [0, 0, 0, 0];
  const close = () => {
    pairs.push(...pairOpenRows(old, fresh, [oldOpen, oldAt], [newOpen, newAt], !counts));
  };
  for (const { added, removed, count } of changes ?? []) {
    if (added) newAt += count;
    else if (removed) oldAt += count;
    else {
      close();
      for (let k = 0; k < count; k += 1) pairs.push([oldAt + k, newAt + k]);
      oldAt += count;
      newAt += count;
      [oldOpen, newOpen] = [oldAt, newAt];
    }
  }
  [oldAt, newAt] = [old.rows.length, fresh.rows.length];
  close();
  return pairs;
}

/** 0, 1, 2 …: the index that pandas gives where there is none. */
function isCounting({ rows, indexWidth }: DataframeGrid): boolean {
  return indexWidth === 0 || (indexWidth === 1 && rows.every((row, i) => row[0] === String(i)));
}

function pairOpenRows(
  old: DataframeGrid,
  fresh: DataframeGrid,
  [oldStart, oldEnd]: readonly [number, number],
  [newStart, newEnd]: readonly [number, number],
  byLabel: boolean,
): RowPair[] {
  const pairs: RowPair[] = [];
  if (!byLabel) {
    for (let k = 0; oldStart + k < oldEnd || newStart + k < newEnd; k += 1) {
      const [i, j] = [oldStart + k, newStart + k];
      pairs.push([i < oldEnd ? i : undefined, j < newEnd ? j : undefined]);
    }
    return pairs;
  }
  const label = (row: readonly string[] | undefined) =>
    (row ?? []).slice(0, fresh.indexWidth).join('\0');
  const places = new Map<string, number>();
  for (let j = newEnd - 1; j >= newStart; j -= 1) places.set(label(fresh.rows[j]), j);
  let next = newStart;
  for (let i = oldStart; i < oldEnd; i += 1) {
    const j = places.get(label(old.rows[i]));
    if (j === undefined || j < next) {
      pairs.push([i, undefined]);
      continue;
    }
    for (; next < j; next += 1) pairs.push([undefined, next]);
    pairs.push([i, j]);
    next = j + 1;
  }
  for (; next < newEnd; next += 1) pairs.push([undefined, next]);
  return pairs;
}

function toRow(
  old: readonly string[] | undefined,
  fresh: readonly string[] | undefined,
  columns: readonly ColumnPair[],
  ignoredColumns: number,
): TableRow {
  const cells = columns.map((column, at): TableCell => {
    const from = column.old === undefined ? undefined : old?.[column.old];
    const to = column.new === undefined ? undefined : fresh?.[column.new];
    const changed = at >= ignoredColumns && from !== undefined && to !== undefined && from !== to;
    const delta = changed ? numberDelta(from, to) : undefined;
    return {
      ...(from === undefined ? {} : { old: from }),
      ...(to === undefined ? {} : { new: to }),
      changed,
      ...(delta === undefined ? {} : { delta }),
    };
  });
  const pairChange = cells.some(({ changed }) => changed) ? 'changed' : 'same';
  return {
    change: old === undefined ? 'added' : fresh === undefined ? 'removed' : pairChange,
    cells,
  };
}
