import type { RunGroup, TableRow } from '../../src/core/table/groupRows';
import { groupedRows } from '../../src/core/table/groupRows';
import type { Rows } from './gridBody';
import { type RowKey, type RowOrder, rowKey } from './selection';

/** The lines of the table, in their order. */
export interface DisplayRows extends Rows, RowOrder {}

/** One line a run. */
export function plainRows(order: Uint32Array): DisplayRows {
  let indexes: Map<number, number> | undefined;
  return {
    count: order.length,
    at(index) {
      const slot = order[index];
      return slot === undefined ? undefined : { kind: 'run', slot, level: 0 };
    },
    keyAt: (index) => order[index],
    indexOf(key) {
      indexes ??= new Map(Array.from(order, (slot, index) => [slot, index]));
      return typeof key === 'number' ? (indexes.get(key) ?? -1) : -1;
    },
  };
}

/** A line for each group, and for each run of those that are open. */
export function rowsOfGroups(
  groups: readonly RunGroup[],
  isOpen: (key: string) => boolean,
): DisplayRows {
  const rows: readonly TableRow[] = groupedRows(groups, isOpen);
  let indexes: Map<RowKey, number> | undefined;
  return {
    count: rows.length,
    at: (index) => rows[index],
    keyAt(index) {
      const row = rows[index];
      return row === undefined ? undefined : rowKey(row);
    },
    indexOf(key) {
      indexes ??= new Map(rows.map((row, index) => [rowKey(row), index]));
      return indexes.get(key) ?? -1;
    },
  };
}
