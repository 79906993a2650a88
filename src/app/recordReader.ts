import type { Checkpoint } from '../core/checkpoint/checkpoint';
import { type Package, parsePackagesJson } from '../core/environment/packages';
import { describeLeftOut } from '../core/present/describeLeftOut';
import type { BlobHash, CheckpointId, Run, RunFile, RunId } from '../core/run/run';
import { UserError } from '../core/userError';
import type { ByteRange, Store, ThinnedSeries } from '../store/store';
import { readPages, readSlices } from './readPages';
import type { RecordId } from './recordEditor';

/** Reads the large things of the record, which the cache does not hold. */
export interface RecordReader
  extends Pick<
    Store,
    'listRunIds' | 'readFigures' | 'readVocabulary' | 'listInputs' | 'readSeriesBatch'
  > {
  /** At most `4 × buckets` points, and how many there are. */
  readThinnedSeries(runId: RunId, key: string, buckets: number): Promise<ThinnedSeries>;
  /** What the run read, wrote and consists of, by role and path. */
  listFiles(runId: RunId): Promise<readonly RunFile[]>;
  /** @param range default: all of it; less at its end. */
  readLog(runId: RunId, range?: ByteRange): Promise<Uint8Array>;
  /** The `.ipynb` file as it was. */
  readCheckpoint(checkpoint: Checkpoint): Promise<Uint8Array>;
  /** What is deleted and not for good, newest first. */
  listDeleted(): Promise<{
    readonly runs: readonly Run[];
    readonly checkpoints: readonly Checkpoint[];
  }>;
  /** What of these is deleted and not for good; in the order of the ids. */
  readDeleted(ids: readonly RecordId['id'][]): Promise<{
    readonly runs: readonly Run[];
    readonly checkpoints: readonly Checkpoint[];
  }>;
  /** What the store holds under a hash. */
  readBlob(hash: BlobHash): Promise<Uint8Array>;
  /** The script as it was when the run began; undefined if it was not kept. */
  readScript(run: Run): Promise<string | undefined>;
  /** What was installed for its interpreter; undefined if that was not recorded. */
  readPackages(run: Run): Promise<readonly Package[] | undefined>;
  /** The uncommitted changes when the run began; undefined if there were none or no git. */
  readUncommittedDiff(run: Run): Promise<string | undefined>;
}

export function createRecordReader(store: Store): RecordReader {
  const readText = async (hash: BlobHash | undefined) =>
    hash === undefined ? undefined : new TextDecoder().decode(await store.readBlob(hash));
  return {
    listRunIds: (query) => store.listRunIds(query),
    readFigures: (runIds, fields) => store.readFigures(runIds, fields),
    readVocabulary: () => store.readVocabulary(),
    listInputs: (runIds) => store.listInputs(runIds),
    readSeriesBatch: (wanted, options) => store.readSeriesBatch(wanted, options),
    readThinnedSeries: (runId, key, buckets) => store.readThinnedSeries(runId, key, buckets),
    listFiles: (runId) => store.listFiles(runId),
    readLog: (runId, range) => store.readLog(runId, range),
    async readCheckpoint(checkpoint) {
      const { leftOut } = checkpoint;
      if (leftOut?.what === 'content') throw new UserError(describeLeftOut(leftOut));
      return store.readCheckpoint(checkpoint);
    },
    async listDeleted() {
      const [checkpoints, runs] = await Promise.all([
        store.listCheckpoints({ includeDeleted: true }),
        readPages((page) => store.listRuns({ includeDeleted: true, ...page })),
      ]);
      return { runs: runs.filter(isDeleted), checkpoints: checkpoints.filter(isDeleted) };
    },
    async readDeleted(ids) {
      // SAFETY: an id of another kind names no run, nor one of a run a checkpoint.
      const runs = await readSlices(ids, (slice) => store.getRuns(slice as readonly RunId[]));
      const known = new Set<string>(runs.map(({ id }) => id));
      const others = ids.filter((id) => !known.has(id));
      const checkpoints = await Promise.all(
        others.map((id) => store.getCheckpoint(id as CheckpointId)),
      );
      return {
        runs: runs.filter(isDeleted),
        checkpoints: checkpoints.flatMap((found) => found ?? []).filter(isDeleted),
      };
    },
    readBlob: (hash) => store.readBlob(hash),
    readScript: (run) => readText(run.codeState?.script),
    async readPackages({ environment }) {
      const text = await readText(environment?.python?.packages);
      return text === undefined ? undefined : parsePackagesJson(text);
    },
    readUncommittedDiff: (run) => readText(run.codeState?.diff),
  };
}

function isDeleted({ deletedAtMs }: { readonly deletedAtMs?: number }): boolean {
  return deletedAtMs !== undefined;
}
