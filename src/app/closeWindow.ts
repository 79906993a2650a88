import { setTimeout as delay } from 'node:timers/promises';
import type { Store } from '../store/store';
import type { CellRecorder } from './cellRecorder';
import type { CheckpointKeeper } from './checkpointKeeper';
import type { Launches } from './launch/launches';
import type { RunRecorder } from './runRecorder';

/** VS Code gives a window that closes five seconds in all. */
const closeWaitMs = 2000;

export interface OpenWindow {
  readonly launches: Launches;
  readonly recorder: RunRecorder;
  readonly cells: CellRecorder;
  readonly keeper: CheckpointKeeper;
  readonly store: Store;
}

/**
 * Ends what the window records, leaves to others what outlives it, and closes the record.
 *
 * @param keepOpen takes the checkpoints that are due of open notebooks.
 */
export async function closeWindow(
  { launches, recorder, cells, keeper, store }: OpenWindow,
  keepOpen: () => Promise<void>,
  workers: readonly { dispose(): Promise<unknown> }[],
): Promise<void> {
  const ended = launches.close().then(() => recorder.endAll({ kind: 'lost' }));
  const ending = Promise.all([ended, keepOpen()])
    .then(() => cells.settle())
    .then(() => keeper.settle());
  // What a disk that cannot be written to holds up, only the store's own close gives up.
  await Promise.race([ending, delay(closeWaitMs, undefined, { ref: false })]);
  await store.close();
  await Promise.all(workers.map((worker) => worker.dispose()));
}
