import type { RunId } from '../../src/core/run/run';

/** Which rows are chosen, as in VS Code's lists. */
export interface Selection {
  readonly ids: ReadonlySet<RunId>;
  /** The row that the keyboard acts on. */
  readonly focused?: RunId;
  /** Where a range began. */
  readonly anchor?: RunId;
}

export interface Modifiers {
  /** Ctrl, or Command on a Mac. */
  readonly toggle: boolean;
  readonly range: boolean;
}

export const emptySelection: Selection = { ids: new Set() };

/** A click on a row: it alone, or it as well (Ctrl), or all from the anchor to it (Shift). */
export function selectRow(
  selection: Selection,
  order: readonly RunId[],
  id: RunId,
  { toggle, range }: Modifiers,
): Selection {
  if (range && selection.anchor !== undefined) {
    const from = order.indexOf(selection.anchor);
    const to = order.indexOf(id);
    if (from >= 0 && to >= 0) {
      const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
      const ids = new Set(toggle ? [...selection.ids, ...between] : between);
      return { ids, focused: id, anchor: selection.anchor };
    }
  }
  if (toggle) {
    const ids = new Set(selection.ids);
    if (!ids.delete(id)) ids.add(id);
    return { ids, focused: id, anchor: id };
  }
  return { ids: new Set([id]), focused: id, anchor: id };
}

/** An arrow key: `by` rows down (negative: up), stopping at the ends. */
export function moveFocus(
  selection: Selection,
  order: readonly RunId[],
  by: number,
  { toggle, range }: Modifiers,
): Selection {
  const found = selection.focused === undefined ? -1 : order.indexOf(selection.focused);
  // Where no row has the focus, one down is the first.
  const at = found < 0 && by < 0 ? 0 : found;
  const next = order[Math.max(0, Math.min(order.length - 1, at + by))];
  if (next === undefined) return selection;
  if (toggle && !range) return { ...selection, focused: next };
  return selectRow(selection, order, next, { toggle: false, range });
}

export function selectAll(selection: Selection, order: readonly RunId[]): Selection {
  return { ...selection, ids: new Set(order) };
}

/** The chosen rows that are on show, in their order: what the commands act on. */
export function selectedInOrder(selection: Selection, order: readonly RunId[]): RunId[] {
  return order.filter((id) => selection.ids.has(id));
}
