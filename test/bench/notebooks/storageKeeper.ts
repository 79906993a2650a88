import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createCheckpointKeeper } from '../../../src/app/checkpointKeeper';
import type { CheckpointWriter } from '../../../src/app/history/checkpointWriter';
import { connectWorker } from '../../../src/app/workerConnection';
import type { Checkpoint } from '../../../src/core/checkpoint/checkpoint';
import type { Store } from '../../../src/store/store';
import { startStore } from '../../../src/store/storeClient';

export interface OpenKeeper {
  readonly store: Store;
  readonly keeper: ReturnType<typeof createCheckpointKeeper>;
  close(): Promise<void>;
}

/** A store, and the worker that writes its checkpoints, as a window has them. */
export function openKeeper(folder: string, workers: string): OpenKeeper {
  const store = startStore({
    folder,
    workerPath: join(workers, 'storeWorker.js'),
    listener: {
      changed: () => {},
      problem({ message }) {
        throw new Error(message);
      },
    },
  });
  const connection = connectWorker<CheckpointWriter>(join(workers, 'diffWorker.js'), {
    storeFolder: folder,
  });
  return {
    store,
    keeper: createCheckpointKeeper(store, connection.remote, Date.now),
    async close() {
      await store.close();
      await connection.dispose();
    },
  };
}

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Throws if a checkpoint does not give the file that it was taken of. */
export async function checkRestored(
  store: Store,
  checkpoint: Checkpoint | undefined,
  expected: string,
): Promise<void> {
  const found = checkpoint && sha256(await store.readCheckpoint(checkpoint));
  if (found !== expected) throw new Error(`A checkpoint gives ${found} instead of ${expected}`);
}
