import { createListeners } from '../core/listeners';
import { withoutArchived } from '../core/run/archived';
import type { Run, RunId } from '../core/run/run';
import { parseSearch } from '../core/search/parseSearch';
import { UserError } from '../core/userError';
import type { RecordCache } from './recordCache';

/** Which runs the tree shows: a search that the user left there, kept for the workspace. */
export interface RunFilter {
  /** Empty: no filter. */
  text(): string;
  /** Rejects, and leaves the filter as it is, if the search cannot be read. */
  set(text: string): Promise<void>;
  /** What it finds, and of these what stands above them in the tree. */
  read(): Promise<FilteredRuns>;
  onDidChange(listener: () => void): () => void;
}

export interface FilteredRuns {
  /** Newest first, as in the cache; with the runs that the found ones are parts of. */
  readonly shown: readonly Run[];
  /** Undefined without a filter: then all parts of a shown run are shown. */
  readonly found: ReadonlySet<RunId> | undefined;
  /** How many there are without the filter. */
  readonly runCount: number;
}

/** As VS Code's `Memento`. */
interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

const key = 'runFilter';

export function createRunFilter(
  memory: Memory,
  cache: Pick<RecordCache, 'ready' | 'runs' | 'run' | 'find'>,
): RunFilter {
  const changed = createListeners<void>();
  const kept = memory.get<unknown>(key);
  let text = typeof kept === 'string' && parseSearch(kept).error === undefined ? kept : '';

  return {
    text: () => text,
    async set(next) {
      const { error } = parseSearch(next);
      if (error) throw new UserError(error.message);
      text = next.trim();
      await memory.update(key, text === '' ? undefined : text);
      changed.emit();
    },
    async read() {
      await cache.ready;
      const runs = withoutArchived(cache.runs());
      const { node } = parseSearch(text);
      if (text === '' || node === undefined) {
        return { shown: runs, found: undefined, runCount: runs.length };
      }
      const found = new Set(await cache.find(node));
      const shown = new Set<RunId>();
      for (const runId of found) {
        // Parts stand below their wholes.
        for (let run = cache.run(runId); run && !shown.has(run.id); ) {
          shown.add(run.id);
          run = run.parentId === undefined ? undefined : cache.run(run.parentId);
        }
      }
      return {
        shown: cache.runs().filter(({ id }) => shown.has(id)),
        found,
        runCount: runs.length,
      };
    },
    onDidChange: (listener) => changed.add(listener),
  };
}
