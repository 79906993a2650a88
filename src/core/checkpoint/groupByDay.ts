import { dayKey } from '../present/describeDay';

/** Things of one local day, in their order. */
export interface DayGroup<T> {
  /** As `dayKey` gives it. */
  readonly day: string;
  readonly items: readonly T[];
}

/**
 * Days are found by their first moment, as a date costs more than all else here.
 *
 * @param items newest first.
 */
export function groupByDay<T extends { readonly takenAtMs: number }>(
  items: readonly T[],
): readonly DayGroup<T>[] {
  const days: { readonly day: string; readonly items: T[] }[] = [];
  let startMs = Number.POSITIVE_INFINITY;
  for (const item of items) {
    if (item.takenAtMs < startMs || days.length === 0) {
      startMs = new Date(item.takenAtMs).setHours(0, 0, 0, 0);
      days.push({ day: dayKey(item.takenAtMs), items: [] });
    }
    days.at(-1)?.items.push(item);
  }
  return days;
}

/** By notebook, those saved last first, and by day. */
export type CheckpointIndex<T> = ReadonlyMap<string, readonly DayGroup<T>[]>;

/** @param checkpoints newest first. */
export function indexCheckpoints<
  T extends { readonly takenAtMs: number; readonly notebook: string },
>(checkpoints: readonly T[]): CheckpointIndex<T> {
  const byNotebook = new Map<string, T[]>();
  for (const checkpoint of checkpoints) {
    const own = byNotebook.get(checkpoint.notebook);
    if (own) own.push(checkpoint);
    else byNotebook.set(checkpoint.notebook, [checkpoint]);
  }
  return new Map([...byNotebook].map(([notebook, own]) => [notebook, groupByDay(own)]));
}
