import type { Change } from '../core/change/change';
import { movePoints } from '../core/recording/movePoints';
import type { RecordingChange } from '../core/recording/recordingReducer';
import type { Store } from '../store/store';

/** Points that wait for a store that cannot be written are let go beyond so many changes. */
const maxChanges = 5_000;

const isMove = ({ kind }: RecordingChange): boolean => kind === 'pointsMoved';

/** What the store has not taken yet: it is tried again with what comes next. */
export class UnsavedChanges {
  private waiting: readonly RecordingChange[] = [];

  constructor(private readonly store: Store) {}

  async save(changes: readonly RecordingChange[]): Promise<void> {
    const isFull = this.waiting.length > maxChanges;
    this.waiting = [
      ...this.waiting,
      ...(isFull ? changes.filter(({ kind }) => kind !== 'pointsAppended') : changes),
    ];
    for (let to = this.waiting.findIndex(isMove); to !== -1; to = this.waiting.findIndex(isMove)) {
      // What came before is to be there when the points are read.
      await this.commit(to);
      await this.move();
    }
    await this.commit(this.waiting.length);
  }

  /** Commits the first of what waits. */
  private async commit(count: number): Promise<void> {
    // SAFETY: `count` reaches up to the first move.
    const changes = this.waiting.slice(0, count) as readonly Change[];
    if (changes.length === 0) return;
    await this.store.commit(changes);
    this.waiting = this.waiting.slice(count);
  }

  /** Puts the changes that a move comes to in its place. */
  private async move(): Promise<void> {
    const [move, ...rest] = this.waiting;
    if (move?.kind !== 'pointsMoved') return;
    const stored = move.series.map(({ key }) => this.store.readSeries(move.from, key));
    this.waiting = [...movePoints(move, await Promise.all(stored)), ...rest];
  }
}
