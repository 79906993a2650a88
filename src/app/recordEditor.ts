import type { Change, Edit } from '../core/change/change';
import type { CheckpointId, RunId } from '../core/run/run';
import { UserError } from '../core/userError';
import { maxViewStateBytes, type SavedView, type ViewId } from '../core/view/savedView';
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
  /** Brings deleted runs back, and the parts that went with them. Resolves to what came back. */
  restore(runIds: readonly RunId[]): Promise<readonly RecordId[]>;
  /** Puts runs out of the way, parts too; those that are archived already stay as they are. */
  archive(runIds: readonly RunId[]): Promise<void>;
  /** Brings archived runs back, parts too. */
  unarchive(runIds: readonly RunId[]): Promise<void>;
  /** Takes back the last `archive`. Resolves to how many runs that brings back. */
  undoArchive(): Promise<number>;
  canUndoArchive(): boolean;
  /** Moves runs to an experiment, parts too. Rejects if it has no name. */
  moveToExperiment(runIds: readonly RunId[], experiment: string): Promise<void>;
  /** Saves it anew or in the place of the one of the same id. Rejects if it is too large to be kept. */
  saveView(view: SavedView): Promise<void>;
  deleteView(viewId: ViewId): Promise<void>;
}

export function createRecordEditor(store: Store, now: () => number): RecordEditor {
  let deleted: readonly (readonly RecordId[])[] = [];
  let archived: readonly (readonly RecordId[])[] = [];
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
  /** A deleted run with the parts that were deleted at the same moment: others had gone before. */
  async function readWithParts(runId: RunId): Promise<readonly RunId[]> {
    const run = await store.getRun(runId);
    if (run?.deletedAtMs === undefined) return [];
    const parts = await store.listRuns({ parentId: runId, includeDeleted: true });
    return [
      runId,
      ...parts.filter(({ deletedAtMs }) => deletedAtMs === run.deletedAtMs).map(({ id }) => id),
    ];
  }
  /** What is there again, or gone for good, is none of `undoDelete`'s any more. */
  function forgetDelete(targets: readonly RecordId[]): void {
    const settled = new Set<string>(targets.map(({ id }) => id));
    deleted = deleted
      .map((ids) => ids.filter(({ id }) => !settled.has(id)))
      .filter((ids) => ids.length > 0);
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
      forgetDelete(targets);
    },
    canUndoDelete: () => deleted.length > 0,
    async restore(runIds) {
      const found = await Promise.all(runIds.map(readWithParts));
      const targets = [...new Set(found.flat())].map(toRunTarget);
      if (targets.length === 0) return [];
      await edit(targets, { field: 'deletedAtMs', value: undefined });
      forgetDelete(targets);
      return targets;
    },
    async archive(runIds) {
      const targets = await withParts(runIds.map(toRunTarget));
      const found = await Promise.all(targets.map(({ id }) => store.getRun(id as RunId)));
      const fresh = targets.filter((_, index) => found[index]?.archivedAtMs === undefined);
      if (fresh.length === 0) return;
      await edit(fresh, { field: 'archivedAtMs', value: now() });
      archived = [...archived, fresh];
    },
    async unarchive(runIds) {
      const targets = await withParts(runIds.map(toRunTarget));
      await edit(targets, { field: 'archivedAtMs', value: undefined });
    },
    async undoArchive() {
      const last = archived.at(-1);
      if (!last) return 0;
      archived = archived.slice(0, -1);
      try {
        await edit(last, { field: 'archivedAtMs', value: undefined });
      } catch (error) {
        archived = [...archived, last];
        throw error;
      }
      return last.length;
    },
    canUndoArchive: () => archived.length > 0,
    async moveToExperiment(runIds, experiment) {
      const name = experiment.trim();
      if (name === '') throw new UserError('Name the experiment that the runs should move to.');
      const targets = await withParts(runIds.map(toRunTarget));
      await edit(targets, { field: 'experiment', value: name });
    },
    async saveView(view) {
      if (new TextEncoder().encode(view.state).length > maxViewStateBytes) {
        throw new UserError(
          `The view ${view.name} is too large to be kept: take some charts or columns away.`,
        );
      }
      await store.commit([{ kind: 'viewSaved', view }]);
    },
    async deleteView(viewId) {
      await store.commit([{ kind: 'viewDeleted', viewId, atMs: now() }]);
    },
  };
}

const toRunTarget = (id: RunId): RecordId => ({ kind: 'run', id });

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
