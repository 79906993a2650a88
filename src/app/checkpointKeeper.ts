import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { CheckpointKind, LeftOut } from '../core/checkpoint/checkpoint';
import type { CellExecution } from '../core/notebook/cellExecution';
import type { Remote } from '../core/rpc';
import type { BlobHash, CheckpointId } from '../core/run/run';
import type { Store } from '../store/store';
import type { DiffService } from './diffService';

export interface TakeOptions {
  /** What `content` lacks of the notebook. */
  readonly leftOut?: LeftOut;
  /** Keeps the content also where the store has reached its limit, as the user relies on it. */
  readonly always?: boolean;
  /** What ran since the checkpoint before, in order. */
  readonly executions?: readonly CellExecution[];
  /** Where it came from, in words for people. */
  readonly origin?: string;
}

/** The bytes of a notebook file, or where it lies (an absolute path). */
export type NotebookContent = Uint8Array | { readonly path: string };

export interface CheckpointKeeper {
  /**
   * Keeps the state of a notebook, unless it is what its latest checkpoint holds already.
   *
   * @param given kept as it is also if it is no notebook.
   * @returns the checkpoint that holds this state.
   */
  take(
    notebook: string,
    kind: CheckpointKind,
    given: NotebookContent,
    options?: TakeOptions,
  ): Promise<CheckpointId>;
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
    given: NotebookContent,
    takenAtMs: number,
    { leftOut, always = false, origin }: TakeOptions,
  ): Promise<CheckpointId> {
    const content = given instanceof Uint8Array ? given : await readFile(given.path);
    const [{ hash, isKept }, [before]] = await Promise.all([
      put(content, always),
      store.listCheckpoints({ notebook, limit: 1 }),
    ]);
    const hasBefore = before?.leftOut?.what !== 'content';
    if (before?.content === hash && (hasBefore || !isKept)) return before.id;
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
          ...(origin === undefined ? {} : { origin }),
          ...withLeftOut(isKept ? leftOut : { what: 'content', bytes: content.byteLength }),
        },
      },
    ]);
    return id;
  }

  const put = async (content: Uint8Array, always: boolean) =>
    always ? { hash: await store.putBlob(content), isKept: true } : store.putBlobIfRoom(content);

  /** A damaged older checkpoint must not keep the new one from being taken. */
  const readQuietly = (hash: BlobHash) => store.readBlob(hash).catch(() => undefined);

  return {
    take(notebook, kind, content, options = {}) {
      const takenAtMs = now();
      const turn = (turns.get(notebook) ?? Promise.resolve())
        .catch(() => undefined)
        .then(() => take(notebook, kind, content, takenAtMs, options));
      turns.set(notebook, turn);
      return turn;
    },
    async settle() {
      await Promise.allSettled(turns.values());
    },
  };
}

function withLeftOut(leftOut: LeftOut | undefined) {
  return leftOut === undefined ? {} : { leftOut };
}
