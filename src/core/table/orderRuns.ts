import type { Run } from '../run/run';
import { runName } from '../run/runName';
import type { SearchPorts } from '../search/fieldValues';
import { fieldValues } from '../search/fieldValues';
import {
  compareNewestFirst,
  compareOrderValues,
  type OrderValue,
  type RunOrder,
  toOrderValue,
} from '../search/runOrder';
import { foldText } from '../search/searchText';
import type { ShownName, TableColumn } from './tableColumn';

/** One key that the table is sorted by. */
export interface TableOrder {
  readonly column: TableColumn;
  readonly direction: RunOrder['direction'];
  /** Of a column whose figures the store reads: one a run. */
  readonly figures?: Float64Array;
}

/**
 * The runs in the order of the table: as the store orders them by fields, and by what is no field as it is
 * shown, numbers within a name by their value.
 */
export function orderRuns(
  runs: readonly Run[],
  orders: readonly TableOrder[],
  ports: SearchPorts,
): readonly Run[] {
  const keys = orders.map(({ column, figures }) =>
    runs.map((run, index) => orderValue(run, column, figures?.[index], ports)),
  );
  const indices = runs.map((_run, index) => index);
  indices.sort((a, b) => {
    for (const [level, { direction }] of orders.entries()) {
      const values = keys[level];
      const order = compareOrderValues(values?.[a], values?.[b], direction);
      if (order !== 0) return order;
    }
    const [one, other] = [runs[a], runs[b]];
    return one && other ? compareNewestFirst(one, other) : 0;
  });
  return indices.flatMap((index) => runs[index] ?? []);
}

function orderValue(
  run: Run,
  column: TableColumn,
  figure: number | undefined,
  ports: SearchPorts,
): OrderValue {
  if (column.kind === 'shown') return shownOrder(run, column.name);
  if (column.kind === 'curve') return undefined;
  if (figure !== undefined) return Number.isNaN(figure) ? undefined : figure;
  return toOrderValue(fieldValues(run, column.field, ports));
}

function shownOrder(run: Run, name: ShownName): OrderValue {
  switch (name) {
    case 'starred':
      return run.starred ? 1 : 0;
    case 'name':
      return natural(runName(run));
    case 'tags':
      return natural(Object.keys(run.tags).join(' ')) || undefined;
    case 'place':
      return run.deletedAtMs ?? run.archivedAtMs;
    case 'python':
      return optional(run.environment?.python?.version);
    case 'cpu':
      return optional(run.environment?.cpu?.model);
    case 'gpus':
      return optional(run.environment?.gpus?.map((gpu) => gpu.name).join(' '));
  }
}

const optional = (text: string | undefined) => (text === undefined ? undefined : natural(text));

/** So that comparing texts puts `run 9` before `run 10`. */
function natural(text: string): string {
  return foldText(text).replace(/\d+/g, (digits) => digits.padStart(12, '0'));
}
