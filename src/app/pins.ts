import { createListeners } from '../core/listeners';
import { nothingPinned, type PinKind, type PinnedKeys, withPin } from '../core/run/pinnedKeys';

/** What the user pinned on the pages of runs, kept for the workspace. */
export interface Pins {
  get(): PinnedKeys;
  set(kind: PinKind, key: string, isPinned: boolean): void;
  onDidChange(listener: (pinned: PinnedKeys) => void): () => void;
}

/** As VS Code's `Memento`. */
interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

const memoryKey = 'pinnedKeys';

export function createPins(memory: Memory, onError: (what: string, error: unknown) => void): Pins {
  const changed = createListeners<PinnedKeys>();
  let current = memory.get<PinnedKeys>(memoryKey) ?? nothingPinned;
  return {
    get: () => current,
    set(kind, key, isPinned) {
      const next = withPin(current, kind, key, isPinned);
      if (next === current) return;
      current = next;
      changed.emit(next);
      memory
        .update(memoryKey, next)
        .then(undefined, (error: unknown) => onError('Keeping what is pinned', error));
    },
    onDidChange: (listener) => changed.add(listener),
  };
}
