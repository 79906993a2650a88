import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../core/change/change';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import { createDirectionOf, type DirectionRule } from '../core/run/directionTable';
import type { BlobHash, CheckpointId, Run, RunFile, RunId } from '../core/run/run';
import { asksForCode, type SearchField, type SearchNode } from '../core/search/searchNode';
import type { SearchVocabulary } from '../core/search/suggestSearch';
import { maskChange } from '../core/secrets/maskChange';
import type { Series } from '../core/series/series';
import {
  joinSeriesBatch,
  type SeriesBatch,
  type SeriesBatchOptions,
  type SeriesPart,
  type WantedSeries,
} from '../core/series/seriesBatch';
import type { CleanUpPart, CleanUpStep, SpaceUsage } from '../core/space/spaceUsage';
import { defaultLimits, type StoreLimits } from '../core/space/storeLimits';
import { errorMessage, UserError } from '../core/userError';
import type { SavedView } from '../core/view/savedView';
import { CappedLogs } from './contents/cappedLogs';
import { CleanUp } from './contents/cleanUp';
import { Contents } from './contents/contents';
import { LogFiles, readLog } from './contents/logFiles';
import { LogSizes } from './contents/logSizes';
import type { StoredContent } from './contents/readCheckpoint';
import { ScriptTexts } from './contents/scriptTexts';
import { SpaceLimit } from './contents/spaceLimit';
import { fieldsOf, type SearchSurroundings } from './database/columns/runSearch';
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
import { buildSnapshot } from './snapshot/buildSnapshot';
import { type LoadedStore, loadWithJournals } from './snapshot/loadWithJournals';
import { SnapshotKeeper } from './snapshot/snapshotKeeper';
import { buildInThread } from './snapshot/snapshotThread';
import { StoreRescue } from './snapshot/storeRescue';
import type {
  ByteRange,
  CheckpointQuery,
  KeptBlob,
  RunIdQuery,
  RunProgress,
  RunQuery,
  Store,
  StoreListener,
  StoreProblem,
  ThinnedSeries,
} from './store';
import type { StoreContext } from './storeContext';
import { defaultOptions, type StoreOptions } from './storeOptions';
import { storePaths } from './storePaths';
import { AbandonedRuns } from './windows/abandonedRuns';
import { ExclusiveWork } from './windows/exclusiveWork';
import { LiveState } from './windows/liveState';
import { Numbers } from './windows/numbers';
import { StoreWatch } from './windows/storeWatch';

/** What is read at a stretch takes about so long: then commits have their turn. */
const turnMs = 20;

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

class OpenStore implements Store {
  readonly #context: StoreContext;
  readonly #listener: StoreListener;
  readonly #problems: Problems;
  readonly #live: LiveState;
  readonly #watch: StoreWatch;
  readonly #writers: OwnWriters;
  readonly #commits: CommitQueue;
  readonly #contents: Contents;
  readonly #retry: WriteRetry;
  readonly #scripts: ScriptTexts;
  /** How many are being answered that need columns of fields. */
  #searches = 0;
  readonly #logs: LogFiles;
  readonly #cappedLogs: CappedLogs;
  readonly #space: SpaceLimit;
  readonly #cleanUp: CleanUp;
  readonly #snapshots: SnapshotKeeper;
  readonly #rescue: StoreRescue;
  readonly #logSizes: LogSizes;
  readonly #abandoned: AbandonedRuns;
  readonly #exclusive: ExclusiveWork;
  readonly #numbers: Numbers;
  readonly #settings: Pick<typeof defaultOptions, 'pollMs' | 'abandonedMs' | 'thinMs'>;
  readonly #timers: NodeJS.Timeout[] = [];
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
    this.#context = context;
    this.#listener = listener;
    this.#problems = problems;
    const settings = { ...defaultOptions, ...options };
    this.#settings = settings;
    this.#writers = new OwnWriters(context);
    const { isOwn } = this.#writers;
    const live = new LiveState(context, clock, loaded, isOwn);
    this.#live = live;
    this.#watch = new StoreWatch(context, live, (applied) => this.#announce(applied));
    this.#contents = new Contents(context);
    this.#scripts = new ScriptTexts((hash) => this.#contents.read(hash));
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
    this.#abandoned = new AbandonedRuns(context, isOwn, (runId) => this.#logs.sizeBytes(runId));
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
    await Promise.race([this.#endAbandonedRuns({ atOnce: true }), this.#retry.held]);
    if (this.#watch.readOnlyReason === undefined) this.#snapshots.takeAtStart();
    this.#every(this.#settings.pollMs, () => this.#watch.poll());
    this.#every(this.#settings.thinMs, () => this.#dropOldOutputs());
    this.#every(this.#settings.abandonedMs, () => this.#endAbandonedRuns({ atOnce: false }));
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

  async listRuns(query?: RunQuery): Promise<readonly Run[]> {
    return this.#answer(query?.search, fieldsOf(query?.search), (surroundings) =>
      this.#live.reader.listRuns(query, surroundings),
    );
  }

  async listRunIds(query: RunIdQuery = {}): Promise<readonly RunId[]> {
    const fields = fieldsOf(query.search, query.orderBy);
    return this.#answer(query.search, fields, (surroundings) =>
      this.#live.reader.listRunIds(query, surroundings),
    );
  }

  async readFigures(
    runIds: readonly RunId[],
    fields: readonly SearchField[],
  ): Promise<readonly Float64Array[]> {
    return this.#answer(undefined, fields, (surroundings) =>
      this.#live.reader.readFigures(runIds, fields, surroundings),
    );
  }

  async readVocabulary(): Promise<SearchVocabulary> {
    return this.#live.reader.readVocabulary();
  }

  /** Reads by what a search is answered with; what takes long has been read before, in turns. */
  async #answer<T>(
    search: SearchNode | undefined,
    fields: readonly SearchField[],
    read: (surroundings: SearchSurroundings) => T,
  ): Promise<T> {
    this.#searches += 1;
    try {
      if (search !== undefined && asksForCode(search)) {
        await this.#scripts.read(this.#live.reader.listScripts());
      }
      // Asked for anew each time, as a reload puts another in its place.
      while (this.#live.reader.readSome(fields)) await nextTurn();
      return read({ nowMs: this.#context.now(), scripts: this.#scripts.texts });
    } finally {
      this.#searches -= 1;
      if (this.#searches === 0) this.#live.reader.trim();
    }
  }

  async getRun(runId: RunId): Promise<Run | undefined> {
    return this.#live.reader.getRun(runId);
  }

  async listFiles(runId: RunId): Promise<readonly RunFile[]> {
    return this.#live.reader.listFiles(runId);
  }

  async listEditions(runId: RunId): Promise<ReadonlyMap<string, string>> {
    return this.#live.reader.listEditions(runId);
  }

  async readSeries(runId: RunId, key: string): Promise<Series> {
    return this.#live.reader.readSeries(runId, key);
  }

  async readThinnedSeries(runId: RunId, key: string, buckets: number): Promise<ThinnedSeries> {
    return this.#live.reader.readThinnedSeries(runId, key, buckets);
  }

  async listInputs(runIds: readonly RunId[]): Promise<ReadonlyMap<RunId, readonly RunFile[]>> {
    return this.#live.reader.listInputs(runIds);
  }

  async readSeriesBatch(
    wanted: readonly WantedSeries[],
    options: SeriesBatchOptions,
  ): Promise<SeriesBatch> {
    const parts: SeriesPart[] = [];
    let sinceMs = performance.now();
    for (const each of wanted) {
      parts.push(this.#live.reader.readSeriesPart(each, options));
      if (performance.now() - sinceMs < turnMs) continue;
      await nextTurn();
      sinceMs = performance.now();
    }
    return joinSeriesBatch(parts);
  }

  async listViews(): Promise<readonly SavedView[]> {
    return this.#live.reader.listViews();
  }

  async listCheckpoints(query?: CheckpointQuery): Promise<readonly Checkpoint[]> {
    return this.#live.reader.listCheckpoints(query);
  }

  async getCheckpoint(checkpointId: CheckpointId): Promise<Checkpoint | undefined> {
    return this.#live.reader.getCheckpoint(checkpointId);
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
    for (const timer of this.#timers) clearInterval(timer);
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

  #every(periodMs: number, work: () => Promise<void>): void {
    this.#timers.push(setInterval(() => void work(), periodMs).unref());
  }

  async #catchUpWithAll(): Promise<void> {
    await this.#watch.catchUpWithAll();
    this.#checkWritable();
  }

  async #endAbandonedRuns(when: { readonly atOnce: boolean }): Promise<void> {
    // What ends them is held already, if anything is.
    if (this.#watch.readOnlyReason !== undefined || this.#retry.isHolding) return;
    let changes: readonly StoredChange[];
    try {
      changes = this.#abandoned.look(this.#live.replica, when);
    } catch {
      // A folder that cannot be read is told of by who reads the journals.
      return;
    }
    if (changes.length > 0) await this.#record(changes);
  }

  /** Whatever is in the way of it, such as another window at work, the next time comes. */
  async #dropOldOutputs(): Promise<void> {
    if (this.#watch.readOnlyReason !== undefined || this.#retry.isHolding) return;
    try {
      for (const part of ['oldOutputs', 'unreferenced'] as const) {
        for (let isDone = false; !isDone; ) ({ isDone } = await this.cleanUp(part));
      }
    } catch (error) {
      if (!(error instanceof UserError)) this.#context.report(errorMessage(error));
    }
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
