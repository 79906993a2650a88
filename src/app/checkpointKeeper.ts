import { randomUUID } from 'node:crypto';
import type { Checkpoint, CheckpointKind, LeftOut } from '../core/checkpoint/checkpoint';
import type { CellExecution } from '../core/notebook/cellExecution';
import type { Remote } from '../core/rpc';
import type { CheckpointId } from '../core/run/run';
import type { Store } from '../store/store';
import type { CheckpointWriter, KeepRequest, NotebookContent } from './history/checkpointWriter';

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
  writer: Remote<CheckpointWriter>,
  now: () => number,
): CheckpointKeeper {
  /** The last thing under way of each notebook: its checkpoints are taken one after the other. */
  const turns = new Map<string, Promise<unknown>>();

  async function take(
    notebook: string,
    kind: CheckpointKind,
    content: NotebookContent,
    takenAtMs: number,
    { leftOut, always = false, executions = [], origin }: TakeOptions,
  ): Promise<CheckpointId> {
    const [hasRoom, [before]] = await Promise.all([
      store.hasRoom(),
      store.listCheckpoints({ notebook, limit: 1 }),
    ]);
    const { isSame, isKept, ...kept } = await writer.keep({
      content,
      before: before && toStored(before),
      executions,
      hasRoom: hasRoom || always,
    });
    if (isSame && before) return before.id;
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
          ...kept,
          ...(origin === undefined ? {} : { origin }),
          ...withLeftOut(isKept ? leftOut : { what: 'content', bytes: kept.sizeBytes }),
        },
      },
    ]);
    return id;
  }

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

function toStored({ content, manifest, leftOut }: Checkpoint): KeepRequest['before'] {
  return {
    content,
    ...(manifest === undefined ? {} : { manifest }),
    ...(leftOut === undefined ? {} : { leftOut }),
  };
}

function withLeftOut(leftOut: LeftOut | undefined) {
  return leftOut === undefined ? {} : { leftOut };
}
