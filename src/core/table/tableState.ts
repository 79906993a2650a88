import type { RunId } from '../run/run';
import { parseColumn } from './tableColumn';

export interface ColumnSort {
  /** The id of a column. */
  readonly column: string;
  readonly direction: 'asc' | 'desc';
}

/** All that a user can set up on the run table. */
export interface TableState {
  /** As `parseSearch` reads it. */
  readonly search: string;
  /** The first decides, then the next; newest first where none does. */
  readonly sort: readonly ColumnSort[];
  /** Ids of the columns in their order; empty: those that suit the runs there are. */
  readonly columns: readonly string[];
  /** Stay in sight at the left, before the others. */
  readonly pinned: readonly string[];
  /** Of columns whose width is not their usual one. */
  readonly widthsPx: Readonly<Record<string, number>>;
  /** The columns that runs are grouped by, outermost first. */
  readonly groupBy: readonly string[];
  /** The keys of the groups that are not folded. */
  readonly openGroups: readonly string[];
  readonly marksDifferences: boolean;
  readonly onlyDifferences: boolean;
}

/**
 * What a saved view holds: the state, and the run that the others were held against. A page has none of its
 * own: the baseline is the workspace's, and opening the view makes its run that.
 */
export interface TableView extends TableState {
  readonly baseline?: RunId;
}

export const initialTableState: TableState = {
  search: '',
  sort: [],
  columns: [],
  pinned: ['starred', 'status', 'name'],
  widthsPx: {},
  groupBy: [],
  openGroups: [],
  marksDifferences: false,
  onlyDifferences: false,
};

export const maxSorts = 5;
export const maxGroupLevels = 3;
export const minWidthPx = 40;
export const maxWidthPx = 1200;
const maxColumns = 2000;
/** Columns such as `at(metrics.loss, 100)`, for which the points of every run are read. */
export const maxPointColumns = 50;
const maxOpenGroups = 5000;

/** Reads what was kept, or what a file says, into which anything may be written. */
export function parseTableState(kept: unknown): TableState {
  // SAFETY: any object can be read by name; each field is checked.
  const given = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>;
  const { search, sort, columns, pinned, widthsPx, groupBy, openGroups } = given;
  return {
    search: typeof search === 'string' ? search : '',
    sort: Array.isArray(sort) ? sort.flatMap(readSort).slice(0, maxSorts) : [],
    columns: withFewOfPoints(distinct(columns).slice(0, maxColumns)),
    pinned: Array.isArray(pinned) ? distinct(pinned) : initialTableState.pinned,
    widthsPx: readWidths(widthsPx),
    groupBy: distinct(groupBy).slice(0, maxGroupLevels),
    openGroups: distinct(openGroups).slice(0, maxOpenGroups),
    marksDifferences: given.marksDifferences === true,
    onlyDifferences: given.onlyDifferences === true,
  };
}

/** As `parseTableState`, of a view. Its run may not be there any more, or be of another workspace. */
export function parseTableView(kept: unknown): TableView {
  const isView = typeof kept === 'object' && kept !== null && 'baseline' in kept;
  const baseline = isView && typeof kept.baseline === 'string' ? kept.baseline : undefined;
  // SAFETY: an id that is not there is found nowhere.
  return { ...parseTableState(kept), ...(baseline && { baseline: baseline as RunId }) };
}

function readSort(value: unknown): readonly ColumnSort[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!('column' in value) || typeof value.column !== 'string') return [];
  const direction = 'direction' in value && value.direction === 'asc' ? 'asc' : 'desc';
  return [{ column: value.column, direction }];
}

function withFewOfPoints(ids: readonly string[]): readonly string[] {
  let count = 0;
  return ids.filter((id) => {
    const column = parseColumn(id);
    if (column?.kind !== 'field') return true;
    const { kind } = column.field;
    if (kind !== 'metricAt' && kind !== 'metricMean') return true;
    count += 1;
    return count <= maxPointColumns;
  });
}

function distinct(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return [...new Set(value.filter((item) => typeof item === 'string'))];
}

function readWidths(value: unknown): Readonly<Record<string, number>> {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value).flatMap(([id, width]): readonly [string, number][] =>
    typeof width === 'number' && Number.isFinite(width) ? [[id, clampWidth(width)]] : [],
  );
  // As own properties, so that a column named __proto__ is one.
  return Object.fromEntries(entries);
}

export function clampWidth(widthPx: number): number {
  return Math.round(Math.max(minWidthPx, Math.min(maxWidthPx, widthPx)));
}
