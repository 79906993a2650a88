import type { DirectionOf } from '../../core/run/directionTable';
import { metricDirection } from '../../core/run/metricDirection';
import type { CheckpointId, RunId } from '../../core/run/run';
import type { ViewId } from '../../core/view/savedView';
import type { Applied, Replica } from '../database/replica';
import { StoreReader } from '../database/storeReader';
import type { HybridClock } from '../journal/hybridClock';
import { contains } from '../journal/journalPositions';
import type { JournalsRead } from '../journal/journalReader';
import { type LoadedStore, loadWithJournals } from '../snapshot/loadWithJournals';
import { readSnapshotPositions } from '../snapshot/snapshotFile';
import type { StoreContext } from '../storeContext';

/** What this process knows of the store, kept up with what all others write. */
export class LiveState {
  readonly #context: StoreContext;
  readonly #clock: HybridClock;
  readonly #isOwn: (writerId: string) => boolean;
  #loaded: LoadedStore;
  #reader: StoreReader;
  #directionOf: DirectionOf = metricDirection;
  #reloading: Promise<unknown> | undefined;
  /** Which snapshot was compared with the state last. */
  #seenSnapshot: string | undefined;

  constructor(
    context: StoreContext,
    clock: HybridClock,
    loaded: LoadedStore,
    isOwn: (writerId: string) => boolean,
  ) {
    this.#context = context;
    this.#clock = clock;
    this.#isOwn = isOwn;
    this.#loaded = loaded;
    this.#reader = new StoreReader(loaded.replica, this.#directionOf);
  }

  /** Another one after a reload: ask for it anew after each wait. */
  get replica(): Replica {
    return this.#loaded.replica;
  }

  get reader(): StoreReader {
    return this.#reader;
  }

  /** Why nothing may be written, if what was loaded says so. */
  get readOnlyReason(): string | undefined {
    return this.#loaded.readOnlyReason;
  }

  /** From now on runs are read so. @returns what has to be read anew. */
  setDirections(directionOf: DirectionOf): Applied {
    this.#directionOf = directionOf;
    this.#reader.dispose();
    this.#reader = new StoreReader(this.replica, directionOf);
    return this.#everything();
  }

  /** Takes in all that others have written up to now. */
  async catchUp(): Promise<JournalsRead> {
    await this.#reloading;
    const read = this.#readNew();
    if (!this.#isBehindSnapshot()) return read;
    // Its taker may have read what was written just after this did.
    const again = this.#readNew();
    const applied = [...read.applied, ...again.applied];
    const troubles = [...read.troubles, ...again.troubles];
    if (this.#isBehindSnapshot()) {
      this.#reloading ??= this.#reload().finally(() => {
        this.#reloading = undefined;
      });
      await this.#reloading;
      applied.push(this.#everything());
    }
    return { applied, troubles, unread: again.unread };
  }

  close(): void {
    this.#loaded.replica.database.close();
  }

  #readNew(): JournalsRead {
    return this.#loaded.journals.readNew(this.#isOwn);
  }

  /**
   * True if a snapshot contains what this does not know and the journals, read just before, no longer
   * tell: they have been removed while this process slept.
   */
  #isBehindSnapshot(): boolean {
    const { disk, paths } = this.#context;
    const found = this.#snapshotMark();
    if (found === undefined || found === this.#seenSnapshot) return false;
    const positions = readSnapshotPositions(disk, paths.snapshot);
    const isBehind = positions !== undefined && !contains(this.replica.positions(), positions);
    if (!isBehind) this.#seenSnapshot = found;
    return isBehind;
  }

  /** What tells one snapshot from another without reading it; undefined if there is none. */
  #snapshotMark(): string | undefined {
    const { disk, paths } = this.#context;
    const file = disk.stat(paths.snapshot);
    return file && `${file.sizeBytes} ${file.modifiedAtMs}`;
  }

  async #reload(): Promise<void> {
    const { paths, report } = this.#context;
    const found = this.#snapshotMark();
    const loaded = await loadWithJournals(this.#context, this.#clock);
    // From here to the swap nothing waits: what was committed meanwhile is in the journals, own included.
    loaded.journals.readNew();
    if (!contains(loaded.replica.positions(), this.replica.positions())) {
      report(
        `${paths.folder} was replaced while it was open, by a store without some of what was recorded here last.`,
      );
    }
    const { replica } = this.#loaded;
    this.#loaded = loaded;
    this.#reader = new StoreReader(loaded.replica, this.#directionOf);
    this.#seenSnapshot = found;
    replica.database.close();
  }

  #everything(): Applied {
    const { database } = this.replica;
    // SAFETY: the columns hold nothing else.
    const runIds = Array.from(database.rows('SELECT id FROM runs'), ([id]) => id as RunId);
    const checkpointIds = Array.from(
      database.rows('SELECT id FROM checkpoints'),
      // SAFETY: as above.
      ([id]) => id as CheckpointId,
    );
    // SAFETY: as above.
    const viewIds = Array.from(database.rows('SELECT id FROM views'), ([id]) => id as ViewId);
    return { runIds, checkpointIds, viewIds, errors: new Map() };
  }
}
