import { cleanUpSteps } from '../core/space/cleanUpItems';
import type { CleanUpPart, SpaceUsage } from '../core/space/spaceUsage';
import type { Store } from '../store/store';

export interface CleanUpResult {
  readonly freedBytes: number;
  /** What stays although it was to go, and why. */
  readonly notes: readonly string[];
  readonly wasCancelled: boolean;
}

export interface CleanUpOptions {
  isCancelled(): boolean;
  /** Told before each step of what has been freed by then. */
  onStep(part: CleanUpPart, freedBytes: number): void;
}

/** Gives the store's space back, a step at a time, so that it can be stopped between any two. */
export interface StoreCleaner {
  measure(): Promise<SpaceUsage>;
  cleanUp(chosen: readonly CleanUpPart[], options: CleanUpOptions): Promise<CleanUpResult>;
  /** Gives back what was deleted for good just now; to be called after that. */
  afterDelete(): Promise<void>;
}

export function createStoreCleaner(store: Store): StoreCleaner {
  async function run(
    parts: readonly CleanUpPart[],
    { isCancelled, onStep }: CleanUpOptions,
  ): Promise<CleanUpResult> {
    let freedBytes = 0;
    const notes: string[] = [];
    for (const part of parts) {
      for (let isDone = false; !isDone; ) {
        if (isCancelled()) return { freedBytes, notes, wasCancelled: true };
        onStep(part, freedBytes);
        const step = await store.cleanUp(part);
        freedBytes += step.freedBytes;
        if (step.note !== undefined) notes.push(step.note);
        isDone = step.isDone;
      }
    }
    return { freedBytes, notes, wasCancelled: false };
  }
  return {
    measure: () => store.spaceUsage(),
    cleanUp: (chosen, options) => run(cleanUpSteps(chosen), options),
    async afterDelete() {
      await run(['unreferenced'], { isCancelled: () => false, onStep: () => {} });
    },
  };
}
