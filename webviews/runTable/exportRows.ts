import { summarizeFigures } from '../../src/core/statistics/summarizeFigures';
import type { ExportColumn } from '../../src/core/table/exportTable';
import { numberFormat } from '../../src/core/table/formatCell';
import type { RunGroup } from '../../src/core/table/groupRows';
import { columnGroup, columnValueKind, type TableColumn } from '../../src/core/table/tableColumn';
import type { CellStore } from './cellStore';

/** The runs that were found, in their order, in the columns on show. Series have no cell to export. */
export function exportedRuns(
  order: ArrayLike<number>,
  columns: readonly TableColumn[],
  cells: CellStore,
): readonly ExportColumn[] {
  const slots = Array.from(order);
  return columns.flatMap((column): readonly ExportColumn[] => {
    if (column.kind === 'curve') return [];
    const store = cells.column(column.id);
    const kind = exportKind(column);
    return [
      {
        ...{ header: column.id, kind },
        values: slots.map((slot) => {
          if (kind === 'text') return exportText(column, store.text(slot));
          const value = store.figure(slot);
          // A run that goes on has no duration yet.
          return kind === 'duration' && Number.isNaN(value) ? undefined : value;
        }),
      },
    ];
  });
}

function exportKind(column: TableColumn): ExportColumn['kind'] {
  if (columnValueKind(column) === 'text') return 'text';
  const format = numberFormat(column);
  return format === 'age' ? 'date' : format === 'duration' ? 'duration' : 'number';
}

function exportText(column: TableColumn, text: string | undefined): string | undefined {
  if (column.id === 'starred') return text === undefined ? 'False' : 'True';
  return column.id === 'tags' ? text?.replaceAll('\n', ', ') : text;
}

/** The innermost groups: what they are grouped by, how many runs, and of each figure mean, std and count. */
export function exportedGroups(
  groups: readonly RunGroup[],
  groupBy: readonly string[],
  columns: readonly TableColumn[],
  cells: CellStore,
): readonly ExportColumn[] {
  const inner = innermost(groups);
  const keys = groupBy.map(
    (header, level): ExportColumn => ({
      ...{ header, kind: 'text' },
      values: inner.map(({ path }) => path[level]),
    }),
  );
  const figures = columns.flatMap((column): readonly ExportColumn[] => {
    const group = columnGroup(column);
    const isFigure = group === 'metric' || group === 'system' || column.id === 'duration';
    if (column.kind === 'curve' || !isFigure || columnValueKind(column) === 'text') return [];
    const store = cells.column(column.id);
    const kind = exportKind(column);
    const summaries = inner.map(({ slots }) =>
      summarizeFigures(slots.map((slot) => store.figure(slot))),
    );
    return [
      { header: `${column.id} mean`, kind, values: summaries.map(({ mean }) => mean) },
      { header: `${column.id} std`, kind, values: summaries.map(({ deviation }) => deviation) },
      { header: `${column.id} count`, kind: 'number', values: summaries.map(({ count }) => count) },
    ];
  });
  const counts = inner.map(({ slots }) => slots.length);
  return [...keys, { header: 'count', kind: 'number', values: counts }, ...figures];
}

interface Inner {
  readonly path: readonly (string | undefined)[];
  readonly slots: readonly number[];
}

function innermost(
  groups: readonly RunGroup[],
  path: readonly (string | undefined)[] = [],
): readonly Inner[] {
  return groups.flatMap(({ value, slots, children }): readonly Inner[] => {
    const here = [...path, value];
    return children.length === 0 ? [{ path: here, slots }] : innermost(children, here);
  });
}
