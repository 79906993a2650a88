import { createListeners } from '../core/listeners';
import type { RunId } from '../core/run/run';

/** The run that the others of this workspace are held against. */
export interface Baseline {
  /** It can have been deleted since. */
  get(): RunId | undefined;
  set(runId: RunId | undefined): void;
  onDidChange(listener: (runId: RunId | undefined) => void): () => void;
}

/** As VS Code's `Memento`. */
interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

const key = 'baselineRun';

export function createBaseline(
  memory: Memory,
  onError: (what: string, error: unknown) => void,
): Baseline {
  const changed = createListeners<RunId | undefined>();
  let current = memory.get<RunId>(key);
  return {
    get: () => current,
    set(runId) {
      if (runId === current) return;
      current = runId;
      changed.emit(runId);
      memory
        .update(key, runId)
        .then(undefined, (error: unknown) => onError('Keeping the baseline', error));
    },
    onDidChange: (listener) => changed.add(listener),
  };
}
