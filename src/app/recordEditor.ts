import type { Change, Edit } from '../core/change/change';
import type { CheckpointId, RunId } from '../core/run/run';
import type { RunQuery, Store } from '../store/store';

export type RecordId =
  | { readonly kind: 'run'; readonly id: RunId }
  | { readonly kind: 'checkpoint'; readonly id: CheckpointId };

/** What the user says of the record. */
export interface RecordEditor {
  edit(targets: readonly RecordId[], edit: Edit): Promise<void>;
  /** The parts of a run go and come back with it. */
  delete(targets: readonly RecordId[]): Promise<void>;
  /** Takes them away with all that hangs on them, parts too; there is no way back. */
  deleteForGood(targets: readonly RecordId[]): Promise<void>;
  /** Brings back what the last delete took away. Resolves to how many. */
  undoDelete(): Promise<number>;
  canUndoDelete(): boolean;
}

export function createRecordEditor(store: Store, now: () => number): RecordEditor {
  let deleted: readonly (readonly RecordId[])[] = [];
  const edit = (targets: readonly RecordId[], change: Edit) =>
    store.commit(targets.map((target) => toChange(target, change)));
  /** Of what is not deleted by itself already, unless that is wanted. */
  async function withParts(
    targets: readonly RecordId[],
    query: Pick<RunQuery, 'includeDeleted'> = {},
  ): Promise<readonly RecordId[]> {
    const parts = await Promise.all(
      targets.map((target) =>
        target.kind === 'run' ? store.listRuns({ ...query, parentId: target.id }) : [],
      ),
    );
    const known = new Set<string>(targets.map(({ id }) => id));
    const others = parts.flat().filter(({ id }) => !known.has(id));
    return [...targets, ...others.map(({ id }): RecordId => ({ kind: 'run', id }))];
  }

  return {
    edit,
    async delete(chosen) {
      const targets = await withParts(chosen);
      await edit(targets, { field: 'deletedAtMs', value: now() });
      deleted = [...deleted, targets];
    },
    async undoDelete() {
      // Taken at once, so that a second undo meanwhile brings back the delete before.
      const last = deleted.at(-1);
      if (!last) return 0;
      deleted = deleted.slice(0, -1);
      try {
        await edit(last, { field: 'deletedAtMs', value: undefined });
      } catch (error) {
        deleted = [...deleted, last];
        throw error;
      }
      return last.length;
    },
    async deleteForGood(chosen) {
      const targets = await withParts(chosen, { includeDeleted: true });
      await store.commit(targets.map(toPurge));
      const gone = new Set<string>(targets.map(({ id }) => id));
      deleted = deleted
        .map((ids) => ids.filter(({ id }) => !gone.has(id)))
        .filter((ids) => ids.length > 0);
    },
    canUndoDelete: () => deleted.length > 0,
  };
}

function toChange(target: RecordId, edit: Edit): Change {
  return target.kind === 'run'
    ? { kind: 'runEdited', runId: target.id, edit }
    : { kind: 'checkpointEdited', checkpointId: target.id, edit };
}

function toPurge(target: RecordId): Change {
  return target.kind === 'run'
    ? { kind: 'runPurged', runId: target.id }
    : { kind: 'checkpointPurged', checkpointId: target.id };
}
