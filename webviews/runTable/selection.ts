import type { TableRow } from '../../src/core/table/groupRows';

/** Tells a row from the others: a run by its slot, a group by its key. */
export type RowKey = number | string;

export function rowKey(row: TableRow): RowKey {
  return row.kind === 'run' ? row.slot : row.group.key;
}

/** Which rows are chosen, as in VS Code's lists. Groups have the focus at times, and are never chosen. */
export interface Selection {
  readonly slots: ReadonlySet<number>;
  /** The row that the keyboard acts on. */
  readonly focused?: RowKey;
  /** Where a range began. */
  readonly anchor?: RowKey;
}

export interface Modifiers {
  /** Ctrl, or Command on a Mac. */
  readonly toggle: boolean;
  readonly range: boolean;
}

/** The rows in their order, by their keys. */
export interface RowOrder {
  readonly count: number;
  keyAt(index: number): RowKey | undefined;
  /** −1 if it is not there. */
  indexOf(key: RowKey): number;
}

export const emptySelection: Selection = { slots: new Set() };

/** A click on a row: it alone, or it as well (Ctrl), or all from the anchor to it (Shift). */
export function selectRow(
  selection: Selection,
  order: RowOrder,
  key: RowKey,
  { toggle, range }: Modifiers,
): Selection {
  if (range && selection.anchor !== undefined) {
    const from = order.indexOf(selection.anchor);
    const to = order.indexOf(key);
    if (from >= 0 && to >= 0) {
      const slots = new Set(toggle ? selection.slots : []);
      for (let index = Math.min(from, to); index <= Math.max(from, to); index++) {
        const between = order.keyAt(index);
        if (typeof between === 'number') slots.add(between);
      }
      return { slots, focused: key, anchor: selection.anchor };
    }
  }
  if (toggle) {
    const slots = new Set(selection.slots);
    if (typeof key === 'number' && !slots.delete(key)) slots.add(key);
    return { slots, focused: key, anchor: key };
  }
  return { slots: new Set(typeof key === 'number' ? [key] : []), focused: key, anchor: key };
}

/** An arrow key: `by` rows down (negative: up), stopping at the ends. */
export function moveFocus(
  selection: Selection,
  order: RowOrder,
  by: number,
  { toggle, range }: Modifiers,
): Selection {
  const found = selection.focused === undefined ? -1 : order.indexOf(selection.focused);
  // Where no row has the focus, one down is the first.
  const at = found < 0 && by < 0 ? 0 : found;
  const next = order.keyAt(Math.max(0, Math.min(order.count - 1, at + by)));
  if (next === undefined) return selection;
  if (toggle && !range) return { ...selection, focused: next };
  return selectRow(selection, order, next, { toggle: false, range });
}

export function selectAll(selection: Selection, slots: Iterable<number>): Selection {
  return { ...selection, slots: new Set(slots) };
}

/** The chosen runs that were found, in their order: what the commands act on. */
export function selectedInOrder({ slots }: Selection, order: Uint32Array): readonly number[] {
  return slots.size === 0 ? [] : Array.from(order.filter((slot) => slots.has(slot)));
}
