import type { Run } from '../run/run';
import { type FieldValue, fieldValues, type SearchPorts } from './fieldValues';
import type { SearchField } from './searchNode';
import { foldText } from './searchText';

/** One key that runs are sorted by; of several the first decides, then the next. */
export interface RunOrder {
  readonly field: SearchField;
  readonly direction: 'asc' | 'desc';
}

/** What a run is sorted by; undefined: it has nothing of the field, and comes last either way. */
export type OrderValue = number | string | undefined;

/** Of several values the first counts, a number before its text; NaN is no value. */
export function toOrderValue(values: readonly FieldValue[]): OrderValue {
  const [first] = values;
  if (first?.number !== undefined && !Number.isNaN(first.number)) return first.number;
  return first?.text === undefined ? undefined : foldText(first.text);
}

/** Numbers before texts, without a value last whatever the direction; 0 where they are alike. */
export function compareOrderValues(
  a: OrderValue,
  b: OrderValue,
  direction: RunOrder['direction'],
): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  const sign = direction === 'asc' ? 1 : -1;
  if (typeof a !== typeof b) return typeof a === 'number' ? -sign : sign;
  return a < b ? -sign : sign;
}

/** Runs of the same start, and those that the keys do not tell apart, newest first. */
export function compareNewestFirst(
  a: Pick<Run, 'id' | 'startedAtMs'>,
  b: Pick<Run, 'id' | 'startedAtMs'>,
): number {
  if (a.startedAtMs !== b.startedAtMs) return b.startedAtMs - a.startedAtMs;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Nothing is sorted by code. */
function orderValueOf(run: Run, field: SearchField, ports: SearchPorts): OrderValue {
  if (field.kind === 'attribute' && field.name === 'code') return undefined;
  return toOrderValue(fieldValues(run, field, ports));
}

/** The runs in the order that the store gives their ids in. */
export function sortRuns(
  runs: readonly Run[],
  orders: readonly RunOrder[],
  ports: SearchPorts,
): readonly Run[] {
  const keyed = runs.map((run) => ({
    run,
    values: orders.map(({ field }) => orderValueOf(run, field, ports)),
  }));
  keyed.sort((a, b) => {
    for (const [index, { direction }] of orders.entries()) {
      const order = compareOrderValues(a.values[index], b.values[index], direction);
      if (order !== 0) return order;
    }
    return compareNewestFirst(a.run, b.run);
  });
  return keyed.map(({ run }) => run);
}
