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
  /**
   * Keeps a state of the past, as git has it: it goes in among the others by its time.
   *
   * @param before the state before it, of the same origin; it is not taken again if it is the same.
   */
  keepPast(
    notebook: string,
    given: NotebookContent,
    before: Checkpoint | undefined,
    past: { readonly takenAtMs: number; readonly origin: string },
  ): Promise<Checkpoint>;
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
    options: TakeOptions,
  ): Promise<CheckpointId> {
    const [before] = await store.listCheckpoints({ notebook, limit: 1 });
    return (await keep({ notebook, kind, takenAtMs }, content, before, options)).id;
  }

  async function keep(
    said: Pick<Checkpoint, 'notebook' | 'kind' | 'takenAtMs'>,
    content: NotebookContent,
    before: Checkpoint | undefined,
    { leftOut, always = false, executions = [], origin }: TakeOptions,
  ): Promise<Checkpoint> {
    const { isSame, isKept, ...kept } = await writer.keep({
      content,
      before: before && toStored(before),
      executions,
      hasRoom: always || (await store.hasRoom()),
    });
    if (isSame && before) return before;
    const checkpoint = {
      // SAFETY: a random UUID is what a CheckpointId is.
      id: randomUUID() as CheckpointId,
      ...said,
      // Two in one millisecond, or a clock that was set back, keep the order in which they came.
      takenAtMs: Math.max(said.takenAtMs, before ? before.takenAtMs + 1 : 0),
      ...kept,
      ...(origin === undefined ? {} : { origin }),
      ...withLeftOut(isKept ? leftOut : { what: 'content', bytes: kept.sizeBytes }),
    };
    await store.commit([{ kind: 'checkpointTaken', checkpoint }]);
    return { ...checkpoint, tags: {}, starred: false };
  }

  /** After what is under way of the notebook. */
  function inTurn<T>(notebook: string, action: () => Promise<T>): Promise<T> {
    const turn = (turns.get(notebook) ?? Promise.resolve()).catch(() => undefined).then(action);
    turns.set(notebook, turn);
    return turn;
  }

  return {
    take(notebook, kind, content, options = {}) {
      const takenAtMs = now();
      return inTurn(notebook, () => take(notebook, kind, content, takenAtMs, options));
    },
    keepPast: (notebook, content, before, { takenAtMs, origin }) =>
      inTurn(notebook, () =>
        keep({ notebook, kind: 'git', takenAtMs }, content, before, { origin }),
      ),
    async settle() {
      await Promise.allSettled(turns.values());
    },
  };
}

function toStored({ content, manifest, leftOut, problem }: Checkpoint): KeepRequest['before'] {
  return {
    content,
    ...(manifest === undefined ? {} : { manifest }),
    ...(leftOut === undefined ? {} : { leftOut }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function withLeftOut(leftOut: LeftOut | undefined) {
  return leftOut === undefined ? {} : { leftOut };
}
