import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import type { MetricDirection } from '../../src/core/run/metricDirection';
import { chosenColumns } from '../../src/core/table/chooseColumns';
import { type ColumnLayout, layoutColumns } from '../../src/core/table/columnLayout';
import { commonCode, differs } from '../../src/core/table/differences';
import { groupRows, type RunGroup, sortGroups } from '../../src/core/table/groupRows';
import { columnGroup, parseColumn, type TableColumn } from '../../src/core/table/tableColumn';
import type { TableState } from '../../src/core/table/tableState';
import type { CellStore } from './cellStore';
import { type DisplayRows, plainRows, rowsOfGroups } from './displayRows';
import type { TableFacts, TableModel } from './tableModel';

/** What the table shows, put together from the user's state and what the host said. */
export interface ShownTable {
  readonly facts: TableFacts;
  readonly columns: readonly TableColumn[];
  /** With those that are left out for now, as all runs have the same. */
  readonly chosen: readonly TableColumn[];
  readonly layout: ColumnLayout;
  readonly rows: DisplayRows;
  /** The groups, where there are some. */
  readonly groups: readonly RunGroup[] | undefined;
  /** Whether groups wait for cells that are still on their way. */
  readonly isGrouping: boolean;
  /** The slot of the baseline, if that run is there. */
  readonly baseline: number | undefined;
  /** By column, the code of what is no difference. */
  readonly references: ReadonlyMap<string, number> | undefined;
  /** Columns that are left out as all runs have the same. */
  readonly alikeCount: number;
  directionOf(metric: string): MetricDirection | undefined;
}

/** Where there is room for little more than a name: a status is its icon. */
const narrowWidthsPx: Readonly<Record<string, number>> = { status: 34, name: 154 };

const emptyOrder = new Uint32Array();

export function useTable(
  model: TableModel,
  state: TableState,
  /** Of the cells of all runs: another one when they may be other ones. */
  cellsVersion: number,
  isNarrow: boolean,
): ShownTable | undefined {
  const { facts, cells } = model;
  const catalogue = facts?.catalogue;
  const order = facts?.order ?? emptyOrder;
  const isMeasured = state.onlyDifferences || state.marksDifferences;
  const differencesVersion = isMeasured ? cellsVersion : 0;

  const chosen = useSameColumns(
    useMemo(
      () => (catalogue ? chosenColumns(state, catalogue) : []),
      [catalogue, state.columns, state.pinned],
    ),
  );
  const columns = useMemo(
    () =>
      state.onlyDifferences
        ? chosen.filter((column) => isKept(column, state, order, cells))
        : chosen,
    [chosen, state.onlyDifferences, state.pinned, order, differencesVersion],
  );
  const isWide = facts?.baseline !== undefined || state.groupBy.length > 0;
  const layout = useMemo(
    () =>
      layoutColumns(
        columns,
        isNarrow ? { ...state, widthsPx: { ...narrowWidthsPx, ...state.widthsPx } } : state,
        isWide,
      ),
    [columns, state.pinned, state.widthsPx, isWide, isNarrow],
  );
  const grouping = useMemo(
    () => state.groupBy.flatMap((id) => parseColumn(id) ?? []),
    [state.groupBy],
  );
  const groupsVersion = grouping.length > 0 ? cellsVersion : 0;
  const groups = useMemo(
    () => (grouping.length === 0 ? undefined : toGroups(order, grouping, state, cells)),
    [order, grouping, state.sort, groupsVersion],
  );
  const rows = useMemo(() => {
    if (groups === undefined) return plainRows(order);
    const open = new Set(state.openGroups);
    return rowsOfGroups(groups, (key) => open.has(key));
  }, [order, groups, state.openGroups]);
  const baseline = facts?.baseline === undefined ? undefined : model.slot(facts.baseline);
  const references = useMemo(
    () => (state.marksDifferences ? toReferences(columns, order, baseline, cells) : undefined),
    [state.marksDifferences, columns, order, baseline, differencesVersion],
  );
  const directions = useMemo(
    () => new Map(catalogue?.metrics.map(({ key, direction }) => [key, direction])),
    [catalogue],
  );
  if (facts === undefined) return undefined;
  return {
    ...{ facts, columns, chosen, layout, rows, groups, baseline, references },
    isGrouping: grouping.length > 0 && groups === undefined,
    alikeCount: chosen.length - columns.length,
    directionOf: (metric) => directions.get(metric),
  };
}

/** The ones of before where they are no other ones: each answer counts anew in how many runs a column is. */
function useSameColumns(columns: readonly TableColumn[]): readonly TableColumn[] {
  const kept = useRef(columns);
  const isSame =
    kept.current.length === columns.length &&
    columns.every(({ id }, index) => kept.current[index]?.id === id);
  if (!isSame) kept.current = columns;
  return kept.current;
}

/** What differs, what is pinned, and what says nothing of a run's configuration. */
function isKept(
  column: TableColumn,
  { pinned }: Pick<TableState, 'pinned'>,
  order: Uint32Array,
  cells: CellStore,
): boolean {
  if (column.kind === 'curve' || pinned.includes(column.id)) return true;
  const { id } = column;
  if (!cells.isThere(order, [id])) return true;
  const store = cells.column(id);
  return differs(order, (slot) => store.code(slot));
}

/** Undefined while cells that runs are grouped by are missing: a group of some would lie. */
function toGroups(
  order: Uint32Array,
  columns: readonly TableColumn[],
  { sort }: Pick<TableState, 'sort'>,
  cells: CellStore,
) {
  const ids = columns.map(({ id }) => id);
  if (!cells.isThere(order, ids)) return undefined;
  const groups = groupRows(
    order,
    ids.map((id) => {
      const store = cells.column(id);
      return (slot: number) => store.text(slot);
    }),
  );
  const [first] = sort;
  const sorted = first === undefined ? undefined : parseColumn(first.column);
  if (first === undefined || sorted === undefined || !isFigure(sorted)) return groups;
  const store = cells.column(sorted.id);
  return sortGroups(groups, (slot) => store.figure(slot), first.direction);
}

/** Dates have no mean: groups sorted by them stand as their newest or oldest run does. */
function isFigure(column: TableColumn): boolean {
  const group = columnGroup(column);
  return group === 'metric' || group === 'system' || column.id === 'duration';
}

/** Metrics and what is another of each run are not marked: they always differ. */
function toReferences(
  columns: readonly TableColumn[],
  order: Uint32Array,
  baseline: number | undefined,
  cells: CellStore,
): ReadonlyMap<string, number> {
  const references = new Map<string, number>();
  for (const column of columns) {
    const group = columnGroup(column);
    if (column.kind === 'curve' || group === 'metric' || ownOfEach.has(column.id)) continue;
    const store = cells.column(column.id);
    const code =
      baseline === undefined ? commonCode(order, (slot) => store.code(slot)) : store.code(baseline);
    if (code !== undefined) references.set(column.id, code);
  }
  return references;
}

const ownOfEach: ReadonlySet<string> = new Set([
  ...['starred', 'name', 'status', 'start_time', 'end_time', 'duration', 'run_id', 'note'],
  ...['log_size', 'place', 'command'],
]);

/** Draws again when the model says so; what it says comes at most once a frame. */
export function useModelVersions(
  model: TableModel,
  onCells: () => void,
  onFailed: (error: unknown) => void,
): number {
  const [cellsVersion, nextCells] = useReducer((version: number) => version + 1, 0);
  const [, draw] = useReducer((version: number) => version + 1, 0);
  const latest = useRef({ onCells, onFailed });
  latest.current = { onCells, onFailed };
  useEffect(() => {
    let frame = 0;
    model.listen({
      factsChanged: () => draw(undefined),
      cellsChanged(isAll) {
        if (isAll) nextCells(undefined);
        frame ||= requestAnimationFrame(() => {
          frame = 0;
          latest.current.onCells();
        });
      },
      failed: (error) => latest.current.onFailed(error),
    });
    return () => cancelAnimationFrame(frame);
  }, [model]);
  return cellsVersion;
}
