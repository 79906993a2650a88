import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../core/change/change';
import { createDirectionOf, type DirectionRule } from '../core/run/directionTable';
import type { BlobHash, Run, RunId } from '../core/run/run';
import { maskChange } from '../core/secrets/maskChange';
import type { CleanUpPart, CleanUpStep, SpaceUsage } from '../core/space/spaceUsage';
import { defaultLimits, type StoreLimits } from '../core/space/storeLimits';
import { errorMessage, UserError } from '../core/userError';
import { CappedLogs } from './contents/cappedLogs';
import { CleanUp } from './contents/cleanUp';
import { Contents } from './contents/contents';
import { LogFiles, readLog } from './contents/logFiles';
import { LogSizes } from './contents/logSizes';
import type { StoredContent } from './contents/readCheckpoint';
import { ScriptTexts } from './contents/scriptTexts';
import { SpaceLimit } from './contents/spaceLimit';
import type { Applied } from './database/replica';

import { nodeDisk } from './disk/disk';
import { CommitQueue } from './journal/commitQueue';
import { HybridClock } from './journal/hybridClock';
import type { LogCut, StoredChange } from './journal/journalFormat';
import type { JournalTrouble } from './journal/journalReader';
import { OwnWriters } from './journal/ownWriters';
import { WriteRetry } from './journal/writeRetry';
import { Problems } from './problems';
import { readableError } from './readableError';
import { RecordReads } from './recordReads';
import { buildSnapshot } from './snapshot/buildSnapshot';
import { type LoadedStore, loadWithJournals } from './snapshot/loadWithJournals';
import { SnapshotKeeper } from './snapshot/snapshotKeeper';
import { buildInThread } from './snapshot/snapshotThread';
import { StoreRescue } from './snapshot/storeRescue';
import type { ByteRange, KeptBlob, RunProgress, Store, StoreListener, StoreProblem } from './store';
import type { StoreContext } from './storeContext';
import { defaultOptions, type StoreOptions } from './storeOptions';
import { storePaths } from './storePaths';
import { AbandonedRuns } from './windows/abandonedRuns';
import { ExclusiveWork } from './windows/exclusiveWork';
import { LiveState } from './windows/liveState';
import { Numbers } from './windows/numbers';
import { StoreChores } from './windows/storeChores';
import { StoreWatch } from './windows/storeWatch';

/**
 * Opens the store in `folder`, which need not be there: nothing is written before the first commit.
 * Rejects with an `Error` that a user can read if what is there cannot be read at all.
 */
export async function openStore(
  folder: string,
  listener: StoreListener,
  options: StoreOptions,
): Promise<Store> {
  const now = options.now ?? Date.now;
  const problems = new Problems(now, (problem) => listener.problem(problem));
  const context: StoreContext = {
    disk: options.disk ?? nodeDisk,
    paths: storePaths(folder),
    wasmPath: options.wasmPath,
    now,
    report: (message, action) => problems.report(message, action),
    passed: (message) => problems.passed(message),
  };
  const clock = new HybridClock(now);
  const loaded = await loadWithJournals(context, clock);
  const store = new OpenStore(context, listener, clock, loaded, options, problems);
  await store.start(loaded.troubles);
  return store;
}

class OpenStore extends RecordReads implements Store {
  readonly #context: StoreContext;
  readonly #listener: StoreListener;
  readonly #problems: Problems;
  readonly #live: LiveState;
  readonly #watch: StoreWatch;
  readonly #writers: OwnWriters;
  readonly #commits: CommitQueue;
  readonly #contents: Contents;
  readonly #retry: WriteRetry;
  readonly #logs: LogFiles;
  readonly #cappedLogs: CappedLogs;
  readonly #space: SpaceLimit;
  readonly #cleanUp: CleanUp;
  readonly #snapshots: SnapshotKeeper;
  readonly #rescue: StoreRescue;
  readonly #logSizes: LogSizes;
  readonly #chores: StoreChores;
  readonly #exclusive: ExclusiveWork;
  readonly #numbers: Numbers;
  #limits = defaultLimits;
  #directionRules: readonly DirectionRule[] = [];
  #closing: Promise<void> | undefined;

  constructor(
    context: StoreContext,
    listener: StoreListener,
    clock: HybridClock,
    loaded: LoadedStore,
    options: StoreOptions,
    problems: Problems,
  ) {
    const writers = new OwnWriters(context);
    const { isOwn } = writers;
    const live = new LiveState(context, clock, loaded, isOwn);
    const contents = new Contents(context);
    super(live, new ScriptTexts((hash) => contents.read(hash)), context.now);
    this.#context = context;
    this.#listener = listener;
    this.#problems = problems;
    const settings = { ...defaultOptions, ...options };
    this.#writers = writers;
    this.#live = live;
    this.#watch = new StoreWatch(context, live, (applied) => this.#announce(applied));
    this.#contents = contents;
    this.#logSizes = new LogSizes((changes) => this.#record(changes));
    this.#retry = new WriteRetry(context, {
      firstDelayMs: settings.retryMs,
      maxHeldBytes: settings.maxHeldBytes,
    });
    this.#logs = new LogFiles(context, this.#retry, (runId, sizeBytes) =>
      this.#logSizes.grew(runId, sizeBytes),
    );
    this.#space = new SpaceLimit(context);
    this.#cappedLogs = new CappedLogs(this.#logs, {
      space: this.#space,
      maxLogBytes: () => this.#limits.maxLogBytes,
      leftOut: (runId, cut) => this.#logSizes.leftOut(runId, cut),
      leftOutBefore: (runId) => cutOf(live.reader.getRun(runId)),
    });
    const abandoned = new AbandonedRuns(context, isOwn, (runId) => this.#logs.sizeBytes(runId));
    this.#chores = new StoreChores(context, settings, {
      canWrite: () => this.#watch.readOnlyReason === undefined && !this.#retry.isHolding,
      poll: () => this.#watch.poll(),
      lookForAbandoned: (when) => abandoned.look(live.replica, when),
      record: (changes) => this.#record(changes),
      cleanUp: (part) => this.cleanUp(part),
    });
    this.#exclusive = new ExclusiveWork(context, {
      catchUp: () => this.#catchUpWithAll(),
      timeoutMs: settings.exclusiveTimeoutMs,
    });
    this.#numbers = new Numbers(this.#exclusive, live, (changes) => this.#commits.commit(changes));
    this.#snapshots = new SnapshotKeeper(
      context,
      {
        replica: () => live.replica,
        build: (expected) =>
          options.snapshotWorkerPath === undefined
            ? buildSnapshot(context, expected)
            : buildInThread(context, options.snapshotWorkerPath, expected),
      },
      loaded.snapshotPositions,
      {
        dueBytes: settings.snapshotAfterBytes,
        dueFrames: settings.snapshotAfterFrames,
        minRestMs: settings.snapshotRestMs,
        atClose: options.snapshotAtClose ?? 'ifWorthwhile',
      },
    );
    this.#rescue = new StoreRescue(context, {
      replica: () => live.replica,
      takeLive: () => this.#snapshots.takeLive(),
      renewLeases: () => this.#writers.renew(),
    });
    this.#cleanUp = new CleanUp(context, {
      isOwn,
      database: () => live.replica.database,
      manifests: this.#contents.manifests,
      put: (bytes) => this.#contents.put(bytes),
      maxOutputsBytes: () => this.#limits.maxOutputsBytes ?? 0,
      positions: () => live.replica.positions(),
      catchUp: () => this.#catchUpWithAll(),
      commit: (changes) => this.#commits.commit(changes),
      exclusively: (work) => this.#exclusive.run(work),
      isWanted: (hash) => this.#contents.isWanted(hash),
      takeSnapshot: () => this.#snapshots.takeNow(),
    });
    this.#commits = new CommitQueue({
      clock,
      retry: this.#retry,
      maxJournalBytes: settings.maxJournalBytes,
      createWriter: async () => {
        await this.#rescue.rescueIfGone();
        return this.#writers.create();
      },
      sealed: (writer) => {
        if (writer.isGone) this.#rescue.journalIsGone();
        this.#writers.seal(writer.writerId);
      },
      apply: (writer, frames) => {
        const applied = live.replica.apply(writer.writerId, frames, writer.sizeBytes);
        this.#announce([applied]);
        return applied.errors;
      },
      readable: (error) => readableError('write to', context.paths.folder, error),
    });
  }

  async start(troubles: readonly JournalTrouble[]): Promise<void> {
    await this.#watch.start(troubles);
    // What a full disk holds up must not hold up who only wants to look.
    await Promise.race([this.#chores.endAbandonedRuns({ atOnce: true }), this.#retry.held]);
    if (this.#watch.readOnlyReason === undefined) this.#snapshots.takeAtStart();
    this.#chores.start();
  }

  async commit(unmasked: readonly Change[]): Promise<void> {
    this.#checkWritable();
    if (unmasked.length === 0) return;
    // Here, so that nothing that a recorder or an importer forgets gets to the disk.
    const changes = unmasked.map(maskChange);
    const commit = () => this.#contents.during(changes, () => this.#commits.commit(changes));
    await this.#retry.run(commit);
    this.#cleanUp.removeLogsOf(changes);
  }

  async putBlob(bytes: Uint8Array): Promise<BlobHash> {
    this.#checkWritable();
    return this.#holding(bytes, () => this.#contents.put(bytes));
  }

  async putBlobIfRoom(bytes: Uint8Array): Promise<KeptBlob> {
    this.#checkWritable();
    const hasRoom = () => !this.#space.isReached();
    return this.#holding(bytes, () => this.#contents.putIfRoom(bytes, hasRoom));
  }

  async hasRoom(): Promise<boolean> {
    this.#checkWritable();
    return !this.#space.isReached();
  }

  async readCheckpoint(checkpoint: StoredContent): Promise<Uint8Array> {
    return this.#contents.readCheckpoint(checkpoint);
  }

  async readBlob(hash: BlobHash): Promise<Uint8Array> {
    return this.#contents.read(hash);
  }

  async appendLog(runId: RunId, bytes: Uint8Array): Promise<void> {
    this.#checkWritable();
    if (bytes.length > 0) await this.#cappedLogs.append(runId, bytes);
  }

  async readLog(runId: RunId, range?: ByteRange): Promise<Uint8Array> {
    return readLog(this.#context, runId, range);
  }

  async readProgress(runId: RunId): Promise<RunProgress> {
    await this.#watch.catchUpWithAll();
    const { reader } = this.#live;
    const run = reader.getRun(runId);
    return {
      run,
      readBytes: reader.outputReadBytes(runId),
      loggedBytes: this.#logs.sizeBytes(runId) + (run?.logLeftOut?.bytes ?? 0),
    };
  }

  async listProblems(): Promise<readonly StoreProblem[]> {
    return this.#problems.all;
  }

  async takeNumber(name: string): Promise<number> {
    this.#checkWritable();
    return this.#numbers.take(name);
  }

  async setLimits(limits: StoreLimits): Promise<void> {
    this.#limits = limits;
    this.#space.set(limits.maxTotalBytes);
  }

  async setDirections(rules: readonly DirectionRule[]): Promise<void> {
    if (isDeepStrictEqual(rules, this.#directionRules)) return;
    this.#directionRules = rules;
    this.#announce([this.#live.setDirections(createDirectionOf(rules))]);
  }

  async spaceUsage(): Promise<SpaceUsage> {
    return this.#cleanUp.measure();
  }

  async cleanUp(part: CleanUpPart): Promise<CleanUpStep> {
    this.#checkWritable();
    this.#space.forget();
    return this.#cleanUp.step(part);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#chores.stop();
    this.#retry.close();
    await this.#watch.close();
    await this.#exclusive.close();
    await this.#logs.close();
    await this.#logSizes.flush();
    await this.#commits.close();
    if (this.#watch.readOnlyReason === undefined) await this.#snapshots.close();
    this.#contents.close();
    this.#writers.release();
    this.#live.close();
  }

  async #holding<T>(bytes: Uint8Array, write: () => Promise<T>): Promise<T> {
    const release = this.#retry.hold(bytes.length);
    try {
      return await this.#retry.run(write);
    } finally {
      release();
    }
  }

  #checkWritable(): void {
    if (this.#closing !== undefined) throw new UserError('The store is closed.');
    if (this.#watch.readOnlyReason !== undefined) throw new UserError(this.#watch.readOnlyReason);
  }

  #announce(applied: readonly Applied[]): void {
    for (const { runIds, checkpointIds, viewIds } of applied) {
      if (runIds.length + checkpointIds.length + viewIds.length > 0) {
        this.#listener.changed({ runIds, checkpointIds, viewIds });
      }
    }
    if (this.#watch.readOnlyReason === undefined && this.#closing === undefined)
      this.#snapshots.takeIfDue();
  }

  async #catchUpWithAll(): Promise<void> {
    await this.#watch.catchUpWithAll();
    this.#checkWritable();
  }

  /** Commits what nobody waits for. */
  async #record(changes: readonly StoredChange[]): Promise<void> {
    await this.#commits.commit(changes).catch((error) => this.#context.report(errorMessage(error)));
  }
}

/** What its recorder left out of its log; what the user cleaned up is another thing. */
function cutOf(run: Run | undefined): Pick<LogCut, 'bytes' | 'why'> | undefined {
  const { logLeftOut } = run ?? {};
  if (logLeftOut === undefined || logLeftOut.why === 'cleanUp') return undefined;
  return { bytes: logLeftOut.bytes, why: logLeftOut.why };
}
