import type { Change } from '../core/change/change';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import type { BlobHash, CheckpointId, Run, RunId } from '../core/run/run';
import type { Series } from '../core/series/series';
import { UserError } from '../core/userError';
import { CommitQueue } from './commitQueue';
import { Contents } from './contents';
import { type Disk, nodeDisk } from './disk';
import { HybridClock } from './hybridClock';
import type { StoredChange } from './journalFormat';
import type { JournalReader, JournalTrouble } from './journalReader';
import { healJournal } from './journalTrouble';
import { type LoadedStore, loadWithJournals } from './loadWithJournals';
import { LogFiles } from './logFiles';
import { OwnWriters } from './ownWriters';
import { errorMessage, readableError } from './readableError';
import type { Applied, Replica } from './replica';
import { SnapshotKeeper } from './snapshotKeeper';
import type {
  CheckpointQuery,
  RunQuery,
  Store,
  StoreListener,
  StoreProblem,
  ThinnedSeries,
} from './store';
import type { StoreContext } from './storeContext';
import { storePaths } from './storePaths';
import { StoreReader } from './storeReader';
import { isWriterAlive } from './writerLease';

export interface StoreOptions {
  /** Where `sql-wasm.wasm` of sql.js lies. */
  readonly wasmPath: string;
  readonly disk?: Disk;
  readonly now?: () => number;
  /** How often the other windows' journals are looked at. */
  readonly pollMs?: number;
  /** A snapshot is taken once so much of the journals is in none. */
  readonly snapshotAfterBytes?: number;
}

const defaultPollMs = 250;
const defaultSnapshotAfterBytes = 16 * 1024 * 1024;
/** The size of a log is recorded so long after it grew, together with what comes in that time. */
const logSizeDelayMs = 250;
/**
 * Opens the store in `folder`, which need not be there: nothing is written before the first commit.
 * Rejects with an `Error` that a user can read if what is there cannot be read at all.
 */
export async function openStore(
  folder: string,
  listener: StoreListener,
  options: StoreOptions,
): Promise<Store> {
  const problems: StoreProblem[] = [];
  const now = options.now ?? Date.now;
  const context: StoreContext = {
    disk: options.disk ?? nodeDisk,
    paths: storePaths(folder),
    wasmPath: options.wasmPath,
    now,
    report(message) {
      // What does not go away is told once, not at every look.
      if (problems.some((problem) => problem.message === message)) return;
      const problem = { message, atMs: now() };
      problems.push(problem);
      listener.problem(problem);
    },
  };
  const clock = new HybridClock(now);
  const loaded = await loadWithJournals(context, clock);
  const store = new OpenStore(context, listener, clock, loaded, options, problems);
  await store.start(loaded.troubles);
  return store;
}

class OpenStore implements Store {
  readonly #context: StoreContext;
  readonly #listener: StoreListener;
  readonly #problems: readonly StoreProblem[];
  readonly #replica: Replica;
  readonly #journals: JournalReader;
  readonly #reader: StoreReader;
  readonly #writers: OwnWriters;
  readonly #commits: CommitQueue;
  readonly #contents: Contents;
  readonly #logs: LogFiles;
  readonly #snapshots: SnapshotKeeper;
  readonly #grownLogs = new Map<RunId, number>();
  readonly #pollMs: number;
  #poll: NodeJS.Timeout | undefined;
  #logTimer: NodeJS.Timeout | undefined;
  #readOnlyReason: string | undefined;
  #isClosed = false;

  constructor(
    context: StoreContext,
    listener: StoreListener,
    clock: HybridClock,
    loaded: LoadedStore,
    options: StoreOptions,
    problems: readonly StoreProblem[],
  ) {
    this.#context = context;
    this.#listener = listener;
    this.#problems = problems;
    this.#replica = loaded.replica;
    this.#journals = loaded.journals;
    this.#readOnlyReason = loaded.readOnlyReason;
    this.#pollMs = options.pollMs ?? defaultPollMs;
    this.#reader = new StoreReader(loaded.replica);
    this.#writers = new OwnWriters(context);
    this.#contents = new Contents(context);
    this.#logs = new LogFiles(context, (runId, sizeBytes) => this.#logGrew(runId, sizeBytes));
    this.#snapshots = new SnapshotKeeper(
      context,
      loaded.replica,
      loaded.snapshotPositions,
      options.snapshotAfterBytes ?? defaultSnapshotAfterBytes,
    );
    this.#commits = new CommitQueue({
      clock,
      createWriter: () => this.#writers.create(),
      apply: (writer, frames) => {
        const applied = loaded.replica.apply(writer.writerId, frames, writer.sizeBytes);
        this.#announce([applied]);
        return applied.errors;
      },
      readable: (error) => readableError('write to', context.paths.folder, error),
    });
  }

  async start(troubles: readonly JournalTrouble[]): Promise<void> {
    if (this.#readOnlyReason !== undefined) this.#context.report(this.#readOnlyReason);
    await this.#handle(troubles);
    await this.#interruptAbandonedRuns();
    this.#poll = setInterval(() => void this.#readOthers(), this.#pollMs).unref();
  }

  async commit(changes: readonly Change[]): Promise<void> {
    this.#checkWritable();
    if (changes.length === 0) return;
    await this.#contents.during(changes, () => this.#commits.commit(changes));
  }

  async putBlob(bytes: Uint8Array): Promise<BlobHash> {
    this.#checkWritable();
    return this.#contents.put(bytes);
  }

  async readBlob(hash: BlobHash): Promise<Uint8Array> {
    return this.#contents.read(hash);
  }

  async appendLog(runId: RunId, bytes: Uint8Array): Promise<void> {
    this.#checkWritable();
    if (bytes.length > 0) await this.#logs.append(runId, bytes);
  }

  async readLog(runId: RunId): Promise<Uint8Array> {
    return this.#logs.read(runId);
  }

  async listRuns(query?: RunQuery): Promise<readonly Run[]> {
    return this.#reader.listRuns(query);
  }

  async getRun(runId: RunId): Promise<Run | undefined> {
    return this.#reader.getRun(runId);
  }

  async readSeries(runId: RunId, key: string): Promise<Series> {
    return this.#reader.readSeries(runId, key);
  }

  async readThinnedSeries(runId: RunId, key: string, buckets: number): Promise<ThinnedSeries> {
    return this.#reader.readThinnedSeries(runId, key, buckets);
  }

  async listCheckpoints(query?: CheckpointQuery): Promise<readonly Checkpoint[]> {
    return this.#reader.listCheckpoints(query);
  }

  async getCheckpoint(checkpointId: CheckpointId): Promise<Checkpoint | undefined> {
    return this.#reader.getCheckpoint(checkpointId);
  }

  async listProblems(): Promise<readonly StoreProblem[]> {
    return this.#problems;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#poll);
    await this.#logs.close();
    await this.#recordLogSizes();
    await this.#commits.close();
    if (this.#readOnlyReason === undefined) await this.#snapshots.close();
    this.#contents.close();
    this.#writers.release();
    this.#replica.database.close();
  }

  #checkWritable(): void {
    if (this.#isClosed) throw new UserError('The store is closed.');
    if (this.#readOnlyReason !== undefined) throw new UserError(this.#readOnlyReason);
  }

  #announce(applied: readonly Applied[]): void {
    for (const { runIds, notebooks } of applied) {
      if (runIds.length + notebooks.length > 0) this.#listener.changed({ runIds, notebooks });
    }
    if (this.#readOnlyReason === undefined && !this.#isClosed) this.#snapshots.takeIfDue();
  }

  async #readOthers(): Promise<void> {
    const { paths, report } = this.#context;
    try {
      const { applied, troubles } = this.#journals.readNew(this.#writers.currentId);
      this.#announce(applied);
      await this.#handle(troubles);
    } catch (error) {
      report(readableError('read', paths.journals, error).message);
    }
  }

  async #handle(troubles: readonly JournalTrouble[]): Promise<void> {
    for (const trouble of troubles) {
      const message = await healJournal(this.#context, trouble);
      if (trouble.kind === 'newer') this.#readOnlyReason = message;
      this.#context.report(message);
    }
  }

  /** Ends the runs whose recorder is gone without a word. */
  async #interruptAbandonedRuns(): Promise<void> {
    const { disk, paths, now, report } = this.#context;
    if (this.#readOnlyReason !== undefined) return;
    const changes: StoredChange[] = [];
    for (const { id, recorder, lastAtMs } of this.#replica.runningRuns()) {
      if (isWriterAlive(disk, paths, recorder, now())) continue;
      changes.push(
        { kind: 'logGrew', runId: id, sizeBytes: this.#logs.sizeBytes(id) },
        { kind: 'runEnded', runId: id, status: 'interrupted', endedAtMs: lastAtMs },
      );
    }
    if (changes.length === 0) return;
    await this.#commits.commit(changes).catch((error) => report(errorMessage(error)));
  }

  #logGrew(runId: RunId, sizeBytes: number): void {
    this.#grownLogs.set(runId, sizeBytes);
    this.#logTimer ??= setTimeout(() => void this.#recordLogSizes(), logSizeDelayMs).unref();
  }

  async #recordLogSizes(): Promise<void> {
    clearTimeout(this.#logTimer);
    this.#logTimer = undefined;
    const changes = Array.from(this.#grownLogs, ([runId, sizeBytes]) => {
      return { kind: 'logGrew', runId, sizeBytes } as const;
    });
    this.#grownLogs.clear();
    if (changes.length === 0) return;
    await this.#commits.commit(changes).catch((error) => this.#context.report(errorMessage(error)));
  }
}
