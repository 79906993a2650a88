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
import type { Steps } from '../steps';
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
 * shown, numbers within a name by their value. Between the steps, each of which takes well under a
 * millisecond, who has many runs can do something else.
 */
export function* orderRuns(
  runs: readonly Run[],
  orders: readonly TableOrder[],
  ports: SearchPorts,
): Steps<readonly Run[]> {
  const keys = orders.map((): OrderValue[] => []);
  for (const [index, run] of runs.entries()) {
    for (const [level, { column, figures }] of orders.entries()) {
      keys[level]?.push(orderValue(run, column, figures?.[index], ports));
    }
    if (index % stepRuns === stepRuns - 1) yield;
  }
  const indices = yield* sortInSteps(runs.length, (a, b) => {
    for (const [level, { direction }] of orders.entries()) {
      const values = keys[level];
      const order = compareOrderValues(values?.[a], values?.[b], direction);
      if (order !== 0) return order;
    }
    const [one, other] = [runs[a], runs[b]];
    return one && other ? compareNewestFirst(one, other) : 0;
  });
  return Array.from(indices).flatMap((index) => runs[index] ?? []);
}

/** So many runs are looked at between two steps. */
export const stepRuns = 250;

/** The numbers below `count`, sorted: blocks first, then two and two of them merged. */
function* sortInSteps(
  count: number,
  compare: (a: number, b: number) => number,
): Steps<Uint32Array> {
  let sorted = Uint32Array.from({ length: count }, (_, index) => index);
  let merged = new Uint32Array(count);
  for (let start = 0; start < count; start += stepRuns) {
    sorted.subarray(start, start + stepRuns).sort(compare);
    yield;
  }
  for (let width = stepRuns; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const middle = Math.min(start + width, count);
      const end = Math.min(start + 2 * width, count);
      let [left, right] = [start, middle];
      for (let at = start; at < end; at++) {
        const one = sorted[left] ?? 0;
        const other = sorted[right] ?? 0;
        const takesLeft = left < middle && (right >= end || compare(one, other) <= 0);
        merged[at] = takesLeft ? one : other;
        if (takesLeft) left++;
        else right++;
        if (at % stepRuns === 0) yield;
      }
    }
    [sorted, merged] = [merged, sorted];
  }
  return sorted;
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
