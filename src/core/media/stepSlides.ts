import type { MediaItem } from './media';

/**
 * The steps at which runs logged something of one tag, ascending. What has no step is one before all
 * others, of several the last counts, as `undefined`.
 */
export function stepsOf(items: readonly MediaItem[]): readonly (number | undefined)[] {
  const steps = [...new Set(items.map(({ step }) => step))];
  return steps.toSorted(
    (a, b) => (a ?? Number.NEGATIVE_INFINITY) - (b ?? Number.NEGATIVE_INFINITY) || 0,
  );
}

/**
 * What a run shows at a step: what it logged there, else what it logged last before; nothing if all of
 * its own came later. Of several of one step the last, as the program wrote over the others.
 */
export function itemAtStep<T extends MediaItem>(
  items: readonly T[],
  step: number | undefined,
): T | undefined {
  const limit = step ?? Number.NEGATIVE_INFINITY;
  let found: T | undefined;
  let foundStep = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    const at = item.step ?? Number.NEGATIVE_INFINITY;
    if (at > limit || at < foundStep) continue;
    found = item;
    foundStep = at;
  }
  return found;
}
