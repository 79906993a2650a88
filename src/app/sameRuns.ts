import { createListeners } from '../core/listeners';
import type { Run, RunFile, RunId } from '../core/run/run';
import { earlierAlike, readTheSame } from '../core/run/sameRun';
import type { RecordCache } from './recordCache';

/** Which of the runs that began in this window, or that run, were there before. */
export interface SameRuns {
  /** The last finished run of the same code, params and data, as far as it is known by now. */
  earlier(runId: RunId): Run | undefined;
  onDidChange(listener: () => void): () => void;
  dispose(): void;
}

export interface SameRunsOptions {
  readonly cache: RecordCache;
  readonly listFiles: (runId: RunId) => Promise<readonly RunFile[]>;
  readonly now: () => number;
  /** Whether the user wants to know. */
  readonly isWanted: () => boolean;
  readonly onError: (what: string, error: unknown) => void;
  /** What a run is found to have read comes in a little later. Default: 1000. */
  readonly lookEveryMs?: number;
}

/** Of so many earlier runs that began alike the files are looked at. */
const maxCandidates = 5;

export function createSameRuns(options: SameRunsOptions): SameRuns {
  const { cache, listFiles, now, isWanted, onError, lookEveryMs = 1_000 } = options;
  const openedAtMs = now();
  const found = new Map<RunId, RunId>();
  /** Looked at after their end, when nothing more comes. */
  const settled = new Set<RunId>();
  const changed = createListeners<void>();
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;

  async function look(): Promise<void> {
    if (!isWanted()) return;
    // Newest first, so that only those are gone through that can be meant.
    for (const run of cache.runs()) {
      if (run.status !== 'running' && run.startedAtMs < openedAtMs) continue;
      if (settled.has(run.id) || run.codeState === undefined) continue;
      const isOver = run.endedAtMs !== undefined && now() - run.endedAtMs > 2 * lookEveryMs;
      const same = await findSame(run);
      if (isOver) settled.add(run.id);
      if (same?.id === found.get(run.id)) continue;
      if (same) found.set(run.id, same.id);
      else found.delete(run.id);
      changed.emit();
    }
  }

  async function findSame(run: Run): Promise<Run | undefined> {
    const candidates = earlierAlike(run, cache.runs(), maxCandidates);
    if (candidates.length === 0) return undefined;
    const files = await listFiles(run.id);
    for (const candidate of candidates) {
      if (readTheSame(files, await listFiles(candidate.id))) return candidate;
    }
    return undefined;
  }

  function lookSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (isLooking) return lookSoon();
      isLooking = true;
      void look()
        .catch((error) => onError('Looking for the same run', error))
        .finally(() => {
          isLooking = false;
        });
    }, lookEveryMs);
  }

  const stop = cache.onDidChange(({ runs }) => {
    if (runs) lookSoon();
  });
  return {
    earlier(runId) {
      const earlier = isWanted() ? found.get(runId) : undefined;
      return earlier && cache.run(earlier);
    },
    onDidChange: (listener) => changed.add(listener),
    dispose() {
      stop();
      clearTimeout(timer);
    },
  };
}
