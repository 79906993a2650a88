import { createListeners } from '../core/listeners';
import { withoutArchived } from '../core/run/archived';
import { groupParts } from '../core/run/parts';
import type { Run, RunId } from '../core/run/run';
import { parseSearch } from '../core/search/parseSearch';
import { UserError } from '../core/userError';
import type { Memory } from './keptValue';
import type { RecordCache } from './recordCache';
import type { RecordReader } from './recordReader';

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
  /** Newest first; with the runs that the found ones are parts of, and deleted ones if they were asked for. */
  readonly shown: readonly Run[];
  /** Undefined without a filter. */
  readonly found: ReadonlySet<RunId> | undefined;
  /** What stands below a run, oldest first. */
  partsOf(runId: RunId): readonly Run[];
  /** How many there are without the filter. */
  readonly runCount: number;
}

const key = 'runFilter';

export function createRunFilter(
  memory: Memory,
  cache: Pick<RecordCache, 'ready' | 'runs' | 'run' | 'find' | 'partsOf'>,
  reader: Pick<RecordReader, 'readDeleted'>,
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
        return { shown: runs, found: undefined, partsOf: cache.partsOf, runCount: runs.length };
      }
      const found = new Set(await cache.find(node));
      const deleted = await readDeleted(found);
      const find = (runId: RunId) => cache.run(runId) ?? deleted.get(runId);
      const shown = new Map<RunId, Run>();
      for (const runId of found) {
        // Parts stand below their wholes.
        for (let run = find(runId); run && !shown.has(run.id); ) {
          shown.set(run.id, run);
          run = run.parentId === undefined ? undefined : find(run.parentId);
        }
      }
      const foundParts = groupParts([...shown.values()]);
      return {
        shown: [...shown.values()].sort((a, b) => b.startedAtMs - a.startedAtMs),
        found,
        partsOf(runId) {
          const parts = foundParts.get(runId) ?? [];
          if (!found.has(runId) || deleted.has(runId)) return parts;
          return [...cache.partsOf(runId), ...parts.filter(({ id }) => deleted.has(id))];
        },
        runCount: runs.length,
      };
    },
    onDidChange: (listener) => changed.add(listener),
  };

  /** The cache does not hold them, and they are seldom asked for. */
  async function readDeleted(found: ReadonlySet<RunId>): Promise<ReadonlyMap<RunId, Run>> {
    const missing = [...found].filter((id) => cache.run(id) === undefined);
    if (missing.length === 0) return new Map();
    const { runs } = await reader.readDeleted(missing);
    return new Map(runs.map((run) => [run.id, run]));
  }
}
