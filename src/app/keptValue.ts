import { createListeners, type Listeners } from '../core/listeners';

/** As VS Code's `Memento`. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** A choice of the user that is the same in all of the workspace, and in its next window. */
export interface KeptValue<T> {
  get(): T;
  /** Counts at once. That it could not be kept is told to `onError`. */
  set(value: T): void;
  readonly onDidChange: Listeners<T>['add'];
}

/** @param place where it is kept, whose key nothing else has; `what` is its keeping in words. */
export function createKeptValue<T>(
  place: { readonly memory: Memory; readonly key: string; readonly what: string },
  fallback: T,
  onError: (what: string, error: unknown) => void,
): KeptValue<T> {
  const { memory, key, what } = place;
  const changed = createListeners<T>();
  let current = memory.get<T>(key) ?? fallback;
  return {
    get: () => current,
    set(value) {
      if (value === current) return;
      current = value;
      changed.emit(value);
      memory.update(key, value).then(undefined, (error: unknown) => onError(what, error));
    },
    onDidChange: changed.add,
  };
}
