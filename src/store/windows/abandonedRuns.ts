import type { RunId } from '../../core/run/run';
import type { Replica } from '../database/replica';
import type { StoredChange } from '../journal/journalFormat';
import { isWriterAlive } from '../journal/writerLease';
import type { StoreContext } from '../storeContext';
import { launchPath } from '../storePaths';

/** Finds the runs whose recorder is gone without a word. */
export class AbandonedRuns {
  readonly #context: StoreContext;
  readonly #isOwn: (writerId: string) => boolean;
  readonly #logBytes: (runId: RunId) => number;
  #silent: ReadonlySet<RunId> = new Set();

  constructor(
    context: StoreContext,
    isOwn: (writerId: string) => boolean,
    logBytes: (runId: RunId) => number,
  ) {
    this.#context = context;
    this.#isOwn = isOwn;
    this.#logBytes = logBytes;
  }

  /**
   * What ends them. A run is only ended once two looks found its recorder gone, unless `atOnce`: after a
   * sleep of the machine the recorder in the other window may wake up second.
   */
  look(replica: Replica, { atOnce }: { readonly atOnce: boolean }): StoredChange[] {
    const { disk, paths, now } = this.#context;
    const silent = [...replica.runningRuns()].filter(
      ({ id, parentId, recorder }) =>
        !this.#isOwn(recorder) &&
        !isWriterAlive(disk, paths, recorder, now()) &&
        // The next window records the rest of it, and of its parts.
        disk.stat(launchPath(paths, parentId ?? id)) === undefined,
    );
    const before = this.#silent;
    this.#silent = new Set(silent.map(({ id }) => id));
    return silent
      .filter(({ id }) => atOnce || before.has(id))
      .flatMap(({ id, lastAtMs }) => [
        { kind: 'logGrew', runId: id, sizeBytes: this.#logBytes(id) },
        { kind: 'runEnded', runId: id, status: 'interrupted', endedAtMs: lastAtMs },
      ]);
  }
}
