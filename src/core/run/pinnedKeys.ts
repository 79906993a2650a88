/** The metrics and params that a user wants to see first, of whatever run; the first pinned first. */
export interface PinnedKeys {
  readonly metrics: readonly string[];
  readonly params: readonly string[];
}

export type PinKind = keyof PinnedKeys;

export const nothingPinned: PinnedKeys = { metrics: [], params: [] };

/** @returns the same object if nothing changes. */
export function withPin(
  pinned: PinnedKeys,
  kind: PinKind,
  key: string,
  isPinned: boolean,
): PinnedKeys {
  const keys = pinned[kind];
  if (keys.includes(key) === isPinned) return pinned;
  return { ...pinned, [kind]: isPinned ? [...keys, key] : keys.filter((each) => each !== key) };
}

/** What is pinned, in the order in which it was; then the others as they stand. */
export function pinnedFirst<T extends { readonly key: string }>(
  items: readonly T[],
  keys: readonly string[],
): readonly T[] {
  const pinned = onlyPinned(items, keys);
  if (pinned.length === 0) return items;
  const isThere = new Set(keys);
  return [...pinned, ...items.filter(({ key }) => !isThere.has(key))];
}

/** Of what is pinned that which is there. */
export function onlyPinned<T extends { readonly key: string }>(
  items: readonly T[],
  keys: readonly string[],
): readonly T[] {
  if (keys.length === 0) return [];
  const byKey = new Map(items.map((item) => [item.key, item]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}
