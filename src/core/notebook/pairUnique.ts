/** Old index → new index of the items whose mark occurs exactly once on each side. */
export function pairUnique<T, M extends string | number>(
  oldItems: readonly T[],
  newItems: readonly T[],
  markOf: (item: T) => M | undefined,
): Map<number, number> {
  const newPlaces = findUnique(newItems, markOf);
  const pairs = [...findUnique(oldItems, markOf)].flatMap(([mark, oldIndex]) => {
    const newIndex = newPlaces.get(mark);
    return newIndex === undefined ? [] : [[oldIndex, newIndex] as const];
  });
  return new Map(pairs);
}

function findUnique<T, M extends string | number>(
  items: readonly T[],
  markOf: (item: T) => M | undefined,
): Map<M, number> {
  const places = new Map<M, number>();
  const repeated = new Set<M>();
  for (const [index, item] of items.entries()) {
    const mark = markOf(item);
    if (mark === undefined) continue;
    if (places.has(mark)) repeated.add(mark);
    else places.set(mark, index);
  }
  for (const mark of repeated) places.delete(mark);
  return places;
}
