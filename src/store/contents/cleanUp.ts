import { join } from 'node:path';
import type { BlobHash, CheckpointId, RunId } from '../../core/run/run';
import type { CleanUpPart, CleanUpStep, SpaceUsage } from '../../core/space/spaceUsage';
import { errorMessage, UserError } from '../../core/userError';
import { listBlobUses } from '../database/referencedBlobs';
import type { SqlDatabase } from '../database/sqlDatabase';
import { toText } from '../database/sqlValues';
import { logPath } from '../disk/storeFiles';
import type { StoredChange } from '../journal/journalFormat';
import { readableError } from '../readableError';
import type { StoreContext } from '../storeContext';
import { type SweepPorts, sweepBlobs } from './blobSweep';
import { removeLeftovers } from './leftovers';
import type { ManifestUses } from './manifestUses';
import { listVersionsToThin, thinVersion } from './outputRetention';
import { type JournalPorts, readWhole } from './readWhole';
import {
  deletedCheckpointsWhere,
  deletedRunsWhere,
  measureSpace,
  oldLogsBeforeMs,
  oldLogsWhere,
} from './spaceUsage';

export interface CleanUpPorts extends JournalPorts, Pick<SweepPorts, 'isWanted'> {
  readonly manifests: ManifestUses;
  put(bytes: Uint8Array): Promise<BlobHash>;
  /** What the user's setting allows; 0: no limit. */
  maxOutputsBytes(): number;
  /** The state now; another one after each wait. */
  database(): SqlDatabase;
  commit(changes: readonly StoredChange[]): Promise<void>;
  /** Work that no two windows do at once, on a state that has all that the others had written. */
  exclusively<T>(work: (lock: Pick<SweepPorts, 'isHeld'>) => Promise<T>): Promise<T>;
  /** Writes a snapshot of the state as it is now. */
  takeSnapshot(): Promise<void>;
}

/** So that a step is short enough to be shown and to be the last. */
const maxThingsAStep = 200;

/** Gives space back, a step at a time; wherever it stops, what is left is whole. */
export class CleanUp {
  readonly #context: StoreContext;
  readonly #ports: CleanUpPorts;

  constructor(context: StoreContext, ports: CleanUpPorts) {
    this.#context = context;
    this.#ports = ports;
  }

  measure(): SpaceUsage {
    try {
      return measureSpace(this.#context, this.#ports.database(), this.#ports.manifests);
    } catch (error) {
      throw readableError('read', this.#context.paths.folder, error);
    }
  }

  async step(part: CleanUpPart): Promise<CleanUpStep> {
    try {
      return await this.#step(part);
    } catch (error) {
      throw readableError('write to', this.#context.paths.folder, error);
    }
  }

  /** Removes what lies beside the tables of runs that these changes delete for good. */
  removeLogsOf(changes: readonly StoredChange[]): number {
    const { disk, paths, report } = this.#context;
    let freedBytes = 0;
    for (const change of changes) {
      if (change.kind !== 'runPurged' && change.kind !== 'logDropped') continue;
      const path = logPath(paths, change.runId);
      try {
        freedBytes += disk.stat(path)?.sizeBytes ?? 0;
        disk.remove(path);
      } catch (error) {
        // The next clean-up comes back to it.
        report(readableError('write to', path, error).message);
      }
    }
    return freedBytes;
  }

  #step(part: CleanUpPart): Promise<CleanUpStep> | CleanUpStep {
    switch (part) {
      case 'deletedRuns':
        return this.#commitForEach('runs', deletedRunsWhere, [], (id) => ({
          kind: 'runPurged',
          runId: id as RunId,
        }));
      case 'deletedCheckpoints':
        return this.#commitForEach('checkpoints', deletedCheckpointsWhere, [], (id) => ({
          kind: 'checkpointPurged',
          checkpointId: id as CheckpointId,
        }));
      case 'oldLogs': {
        const beforeMs = oldLogsBeforeMs(this.#context.now());
        return this.#commitForEach('runs', oldLogsWhere, [beforeMs], (id) => ({
          kind: 'logDropped',
          runId: id as RunId,
        }));
      }
      case 'oldOutputs':
        return this.#ports.exclusively(() => this.#thin());
      case 'setAside':
        return this.#removeSetAside();
      case 'unreferenced':
        return this.#ports.exclusively(({ isHeld }) => this.#collect(isHeld));
      case 'snapshot':
        return this.#renewSnapshot();
    }
  }

  async #commitForEach(
    table: 'runs' | 'checkpoints',
    where: string,
    values: readonly number[],
    toChange: (id: string) => StoredChange,
  ): Promise<CleanUpStep> {
    const rows = this.#ports
      .database()
      .rows(`SELECT id FROM ${table} WHERE ${where} LIMIT ${maxThingsAStep}`, ...values);
    const changes = Array.from(rows, ([id]) => toChange(toText(id)));
    if (changes.length > 0) await this.#ports.commit(changes);
    const freedBytes = this.removeLogsOf(changes);
    return { freedBytes, isDone: changes.length < maxThingsAStep };
  }

  /** What goes is given back when what nothing refers to is collected. */
  async #thin(): Promise<CleanUpStep> {
    const { database, manifests, maxOutputsBytes, put, commit } = this.#ports;
    let versions: ReturnType<typeof listVersionsToThin>;
    try {
      versions = listVersionsToThin(this.#context, database(), manifests, maxOutputsBytes());
    } catch (error) {
      const note = `Outputs stay, as nobody can tell which are old: ${errorMessage(error)}`;
      return { freedBytes: 0, isDone: true, note };
    }
    const changes: StoredChange[] = [];
    for (const version of versions.slice(0, maxThingsAStep)) {
      const { bytes, changeOf } = thinVersion(this.#context, manifests, version);
      changes.push(changeOf(await put(bytes)));
    }
    if (changes.length > 0) await commit(changes);
    return { freedBytes: 0, isDone: versions.length <= maxThingsAStep };
  }

  /** The tables on disk are those of the last snapshot, so what went from them goes with the next. */
  async #renewSnapshot(): Promise<CleanUpStep> {
    const before = this.#snapshotBytes();
    await this.#ports.takeSnapshot();
    return { freedBytes: Math.max(0, before - this.#snapshotBytes()), isDone: true };
  }

  #snapshotBytes(): number {
    const { disk, paths } = this.#context;
    return [paths.snapshot, paths.previousSnapshot]
      .map((path) => disk.stat(path)?.sizeBytes ?? 0)
      .reduce((sum, sizeBytes) => sum + sizeBytes, 0);
  }

  #removeSetAside(): CleanUpStep {
    const { disk, paths } = this.#context;
    let freedBytes = 0;
    for (const name of disk.list(paths.damaged)) {
      const path = join(paths.damaged, name);
      freedBytes += disk.stat(path)?.sizeBytes ?? 0;
      disk.remove(path);
    }
    return { freedBytes, isDone: true };
  }

  async #collect(isHeld: () => boolean): Promise<CleanUpStep> {
    const { disk, paths } = this.#context;
    if (disk.list(paths.damaged).length > 0) {
      const note =
        'Contents that nothing refers to stay as long as copies of damaged files are set aside: what is in these may need them.';
      return { freedBytes: 0, isDone: true, note };
    }
    await readWhole(this.#context, this.#ports);
    const referenced = () =>
      new Set(listBlobUses(this.#ports.database(), this.#ports.manifests).keys());
    try {
      referenced();
    } catch (error) {
      const note = `Contents that nothing refers to stay, as nobody can tell which those are: ${errorMessage(error)}`;
      return { freedBytes: 0, isDone: true, note };
    }
    const leftoverBytes = removeLeftovers(this.#context, (id) => this.#hasRun(id));
    const swept = await sweepBlobs(this.#context, {
      catchUp: () => readWhole(this.#context, this.#ports),
      isWanted: this.#ports.isWanted,
      isHeld,
      referenced,
    });
    if (!isHeld()) throw new UserError('Another window took the clean-up over. Try again.');
    return { freedBytes: leftoverBytes + swept.freedBytes, isDone: swept.isDone };
  }

  #hasRun(id: string): boolean {
    const row = this.#ports
      .database()
      .row('SELECT 1 FROM runs WHERE id = ? AND started_stamp IS NOT NULL', id);
    return row !== undefined;
  }
}
