import { randomUUID } from 'node:crypto';
import type { CheckpointKind } from '../core/checkpoint/checkpoint';
import type { Remote } from '../core/rpc';
import type { BlobHash, CheckpointId } from '../core/run/run';
import type { Store } from '../store/store';
import type { DiffService } from './diffService';

export interface CheckpointKeeper {
  /**
   * Keeps the state of a notebook, unless it is what its latest checkpoint holds already.
   *
   * @param content the bytes of the file, kept as they are also if they are no notebook.
   * @returns the checkpoint that holds this state.
   */
  take(notebook: string, kind: CheckpointKind, content: Uint8Array): Promise<CheckpointId>;
  /** Resolves when everything taken so far is on disk. */
  settle(): Promise<void>;
}

export function createCheckpointKeeper(
  store: Store,
  diff: Remote<DiffService>,
  now: () => number,
): CheckpointKeeper {
  /** The last thing under way of each notebook: its checkpoints are taken one after the other. */
  const turns = new Map<string, Promise<unknown>>();

  async function take(
    notebook: string,
    kind: CheckpointKind,
    content: Uint8Array,
    takenAtMs: number,
  ): Promise<CheckpointId> {
    const [hash, [before]] = await Promise.all([
      store.putBlob(content),
      store.listCheckpoints({ notebook, limit: 1 }),
    ]);
    if (before?.content === hash) return before.id;
    const reading = await diff.read(content, before && (await readQuietly(before.content)));
    // SAFETY: a random UUID is what a CheckpointId is.
    const id = randomUUID() as CheckpointId;
    await store.commit([
      {
        kind: 'checkpointTaken',
        checkpoint: {
          id,
          notebook,
          // Two in one millisecond, or a clock that was set back, keep the order in which they came.
          takenAtMs: Math.max(takenAtMs, before ? before.takenAtMs + 1 : 0),
          kind,
          content: hash,
          sizeBytes: content.byteLength,
          ...reading,
        },
      },
    ]);
    return id;
  }

  /** A damaged older checkpoint must not keep the new one from being taken. */
  const readQuietly = (hash: BlobHash) => store.readBlob(hash).catch(() => undefined);

  return {
    take(notebook, kind, content) {
      const takenAtMs = now();
      const turn = (turns.get(notebook) ?? Promise.resolve())
        .catch(() => undefined)
        .then(() => take(notebook, kind, content, takenAtMs));
      turns.set(notebook, turn);
      return turn;
    },
    async settle() {
      await Promise.allSettled(turns.values());
    },
  };
}
