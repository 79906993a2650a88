import { summarizeFigures } from '../statistics/summarizeFigures';

/** Runs that have the same values of the columns that they are grouped by. */
export interface RunGroup {
  /** Tells it from all others, and stays the same when the runs change. */
  readonly key: string;
  /** Of the column of its level; undefined: these runs have none. */
  readonly value: string | undefined;
  /** From 0, the outermost. */
  readonly level: number;
  /** Of all runs within, in their order. */
  readonly slots: readonly number[];
  readonly children: readonly RunGroup[];
}

export type ReadValue = (slot: number) => string | undefined;

/** Groups in the order of their first runs, runs in the order given; one level for each column. */
export function groupRows(
  slots: ArrayLike<number>,
  levels: readonly ReadValue[],
  path: readonly (string | undefined)[] = [],
): readonly RunGroup[] {
  const [readValue] = levels.slice(path.length);
  if (readValue === undefined) return [];
  const members = new Map<string | undefined, number[]>();
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index];
    if (slot === undefined) continue;
    const value = readValue(slot);
    const group = members.get(value);
    if (group) group.push(slot);
    else members.set(value, [slot]);
  }
  return Array.from(members, ([value, own]): RunGroup => {
    const here = [...path, value];
    return {
      key: JSON.stringify(here.map((each) => each ?? null)),
      ...{ value, level: path.length, slots: own },
      children: groupRows(own, levels, here),
    };
  });
}

/** Groups with the best figure first at every level, by the mean of their runs; those without one last. */
export function sortGroups(
  groups: readonly RunGroup[],
  figureOf: (slot: number) => number | undefined,
  direction: 'asc' | 'desc',
): readonly RunGroup[] {
  const sign = direction === 'asc' ? 1 : -1;
  const keyed = groups.map((group) => ({
    group: { ...group, children: sortGroups(group.children, figureOf, direction) },
    mean: summarizeFigures(group.slots.map(figureOf)).mean,
  }));
  keyed.sort((a, b) => {
    if (a.mean === undefined || b.mean === undefined) {
      return Number(a.mean === undefined) - Number(b.mean === undefined);
    }
    return sign * (a.mean - b.mean);
  });
  return keyed.map(({ group }) => group);
}

/** One line of the table: a run, by its slot, or the head of a group. */
export type TableRow =
  | { readonly kind: 'run'; readonly slot: number; readonly level: number }
  | { readonly kind: 'group'; readonly group: RunGroup; readonly isOpen: boolean };

/** The lines of a grouped table: what is folded shows its head alone. */
export function groupedRows(
  groups: readonly RunGroup[],
  isOpen: (key: string) => boolean,
): readonly TableRow[] {
  return groups.flatMap((group): readonly TableRow[] => {
    const open = isOpen(group.key);
    const head: TableRow = { kind: 'group', group, isOpen: open };
    if (!open) return [head];
    if (group.children.length > 0) return [head, ...groupedRows(group.children, isOpen)];
    const level = group.level + 1;
    return [head, ...group.slots.map((slot): TableRow => ({ kind: 'run', slot, level }))];
  });
}
