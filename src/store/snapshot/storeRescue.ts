import type { Replica } from '../database/replica';
import { makeDurableFolder } from '../disk/durableFolder';
import type { StoreContext } from '../storeContext';
import { journalPath, journalWriterId } from '../storePaths';
import { readSnapshotPositions } from './snapshotFile';

export interface RescuePorts {
  /** The live state; another one after each wait. */
  replica(): Replica;
  /** Writes the live state as a snapshot; rejects if that fails. */
  takeLive(): Promise<void>;
  renewLeases(): void;
}

/**
 * Makes a store anew whose folder was deleted, moved or covered by another disk while it was open: what
 * this process knows is all there is of it.
 */
export class StoreRescue {
  readonly #context: StoreContext;
  readonly #ports: RescuePorts;
  #isGone = false;

  constructor(context: StoreContext, ports: RescuePorts) {
    this.#context = context;
    this.#ports = ports;
  }

  /** To be called by who found that what is written to a journal is nowhere. */
  journalIsGone(): void {
    this.#isGone = true;
  }

  /** To be called before a journal is made. Rejects if it cannot be done yet. */
  async rescueIfGone(): Promise<void> {
    const { disk, paths, report, passed } = this.#context;
    const isGone = this.#isGone ? !this.#isAllOnDisk() : this.#isNothingLeft();
    this.#isGone = isGone;
    if (!isGone) return;
    makeDurableFolder(disk, paths, paths.journals);
    await this.#ports.takeLive();
    if (!this.#isAllOnDisk()) {
      // Another window may be making the store anew too; this one comes after it.
      throw Object.assign(new Error('another window is at work on it'), { code: 'EBUSY' });
    }
    this.#ports.renewLeases();
    this.#isGone = false;
    const message = `${paths.folder} was deleted, moved or replaced while it was open. Epochlog made it anew from what it had in memory: all runs, metrics and the list of notebook versions are there; logs and contents from before are where the old folder is.`;
    report(message);
    passed(message);
  }

  /** Also where a journal went in the ordinary way, while this process slept. */
  #isAllOnDisk(): boolean {
    const { disk, paths } = this.#context;
    const snapshot = readSnapshotPositions(disk, paths.snapshot);
    return [...this.#ports.replica().positions()].every(
      ([writerId, { sequence, offsetBytes }]) =>
        (snapshot?.get(writerId)?.sequence ?? 0) >= sequence ||
        (disk.stat(journalPath(paths, writerId))?.sizeBytes ?? 0) >= offsetBytes,
    );
  }

  #isNothingLeft(): boolean {
    const { disk, paths } = this.#context;
    return (
      this.#ports.replica().positions().size > 0 &&
      disk.stat(paths.snapshot) === undefined &&
      disk.stat(paths.previousSnapshot) === undefined &&
      !disk.list(paths.journals).some((name) => journalWriterId(name) !== undefined)
    );
  }
}
