import type { ShownStep } from '../chart/chartSpec';
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

/** Which of the steps is shown: the chosen one, else the last before it; −1 where there are none. */
export function placeOfStep(
  steps: readonly (number | undefined)[],
  shown: ShownStep | undefined,
): number {
  if (shown === undefined) return steps.length - 1;
  const limit = shown === 'none' ? Number.NEGATIVE_INFINITY : shown;
  const at = steps.findLastIndex((step) => (step ?? Number.NEGATIVE_INFINITY) <= limit);
  return steps.length === 0 ? -1 : Math.max(0, at);
}

/** What to keep of a chosen place: whoever goes to the last one follows those that are still to come. */
export function stepAtPlace(
  steps: readonly (number | undefined)[],
  at: number,
): ShownStep | undefined {
  return at >= steps.length - 1 ? undefined : (steps[at] ?? 'none');
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
