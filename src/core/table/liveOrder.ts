export interface LiveOrder {
  readonly order: Uint32Array;
  /** Runs that were found and are not on show. */
  readonly newCount: number;
  /** Whether what is on show would stand otherwise, or not at all, if it were asked for now. */
  readonly isOutdated: boolean;
}

/**
 * What to show when the runs changed while someone looks at them: every row where it was. Only what is
 * gone goes.
 */
export function keepOrder(
  shown: Uint32Array,
  fresh: Uint32Array,
  gone: ReadonlySet<number>,
): LiveOrder {
  const found = new Set(fresh);
  const isShown = new Set(shown);
  const order = shown.filter((slot) => found.has(slot) || !gone.has(slot));
  const newCount = fresh.reduce((count, slot) => (isShown.has(slot) ? count : count + 1), 0);
  const known = fresh.filter((slot) => isShown.has(slot));
  const isOutdated =
    known.length !== order.length || known.some((slot, index) => order[index] !== slot);
  return { order, newCount, isOutdated };
}
