import type { Change, Edit } from '../core/change/change';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import { isArchived } from '../core/run/archived';
import type { CheckpointId, Run, RunId } from '../core/run/run';
import { UserError } from '../core/userError';
import { maxViewStateBytes, type SavedView, type ViewId } from '../core/view/savedView';
import type { RunQuery, Store } from '../store/store';
import { readPages, readSlices } from './readPages';

export type RecordId =
  | { readonly kind: 'run'; readonly id: RunId }
  | { readonly kind: 'checkpoint'; readonly id: CheckpointId };

/** What one delete took away, parts too, and when: what was deleted again since is of another. */
export interface Deletion {
  readonly targets: readonly RecordId[];
  readonly atMs: number;
}

/** What the user says of the record. */
export interface RecordEditor {
  /** As the store has them now, deleted ones too, which no cache has. */
  readRuns(runIds: readonly RunId[]): Promise<readonly Run[]>;
  edit(targets: readonly RecordId[], edit: Edit): Promise<void>;
  /** The parts of a run go and come back with it. Rejects if all are deleted already. */
  delete(targets: readonly RecordId[]): Promise<Deletion>;
  /** Brings back what a delete took away and is not back yet. Resolves to how many. */
  undelete(deletion: Deletion): Promise<number>;
  /** Takes them away with all that hangs on them, parts too; there is no way back. */
  deleteForGood(targets: readonly RecordId[]): Promise<void>;
  /** Brings back what the last delete took away. Resolves to how many. */
  undoDelete(): Promise<number>;
  canUndoDelete(): boolean;
  /** Brings deleted runs back, and the parts that went with them. Resolves to what came back. */
  restore(runIds: readonly RunId[]): Promise<readonly RecordId[]>;
  /**
   * Puts runs out of the way, parts too; those that are archived already stay as they are. Resolves to
   * those that were not.
   */
  archive(runIds: readonly RunId[]): Promise<readonly Run[]>;
  /** Brings archived runs back, parts too. Resolves to those that were archived, as they were. */
  unarchive(runIds: readonly RunId[]): Promise<readonly Run[]>;
  /** Moves runs to an experiment, parts too. Rejects if it has no name. */
  moveToExperiment(runIds: readonly RunId[], experiment: string): Promise<void>;
  /** Saves it anew or in the place of the one of the same id. Rejects if it is too large to be kept. */
  saveView(view: SavedView): Promise<void>;
  deleteView(viewId: ViewId): Promise<void>;
}

export function createRecordEditor(store: Store, now: () => number): RecordEditor {
  let deleted: readonly Deletion[] = [];
  const edit = (targets: readonly RecordId[], change: Edit) =>
    store.commit(targets.map((target) => toChange(target, change)));
  async function readParts(
    runIds: readonly RunId[],
    query: Pick<RunQuery, 'includeDeleted'>,
  ): Promise<readonly Run[]> {
    if (runIds.length === 0) return [];
    return readPages((page) => store.listRuns({ ...query, parentId: runIds, ...page }));
  }
  /** Of what is not deleted by itself already, unless that is wanted. */
  async function withParts(
    targets: readonly RecordId[],
    query: Pick<RunQuery, 'includeDeleted'> = {},
  ): Promise<readonly RecordId[]> {
    const runIds = targets.flatMap((target) => (target.kind === 'run' ? [target.id] : []));
    const parts = await readParts(runIds, query);
    const known = new Set<string>(targets.map(({ id }) => id));
    const others = parts.filter(({ id }) => !known.has(id));
    return [...targets, ...others.map(({ id }): RecordId => ({ kind: 'run', id }))];
  }
  /** Deleted runs with the parts that were deleted at the same moment: others had gone before. */
  async function readDeleted(runIds: readonly RunId[]): Promise<readonly RunId[]> {
    const runs = (await readRuns(runIds)).filter(({ deletedAtMs }) => deletedAtMs !== undefined);
    const momentOf = new Map(runs.map(({ id, deletedAtMs }) => [id, deletedAtMs]));
    const parts = await readParts([...momentOf.keys()], { includeDeleted: true });
    const gone = parts.filter(
      ({ parentId, deletedAtMs }) =>
        parentId !== undefined && deletedAtMs === momentOf.get(parentId),
    );
    return [...momentOf.keys(), ...gone.map(({ id }) => id)];
  }
  /** What is there again, or gone for good, is none of `undoDelete`'s any more. */
  function forgetDelete(targets: readonly RecordId[]): void {
    const settled = new Set<string>(targets.map(({ id }) => id));
    deleted = deleted
      .map(({ targets, atMs }) => ({ atMs, targets: targets.filter(({ id }) => !settled.has(id)) }))
      .filter(({ targets }) => targets.length > 0);
  }
  const readRuns = (runIds: readonly RunId[]) =>
    readSlices(runIds, (slice) => store.getRuns(slice));
  async function readTargets(
    targets: readonly RecordId[],
  ): Promise<ReadonlyMap<string, Run | Checkpoint>> {
    const [runs, checkpoints] = await Promise.all([
      readRuns(targets.flatMap((target) => (target.kind === 'run' ? [target.id] : []))),
      Promise.all(
        targets.flatMap((target) =>
          target.kind === 'checkpoint' ? [store.getCheckpoint(target.id)] : [],
        ),
      ),
    ]);
    const found = [...runs, ...checkpoints.flatMap((checkpoint) => checkpoint ?? [])];
    return new Map(found.map((each) => [each.id, each]));
  }
  async function undelete({ targets, atMs }: Deletion): Promise<number> {
    const found = await readTargets(targets);
    const gone = targets.filter(({ id }) => found.get(id)?.deletedAtMs === atMs);
    if (gone.length === 0) return 0;
    await edit(gone, { field: 'deletedAtMs', value: undefined });
    forgetDelete(gone);
    return gone.length;
  }
  /** Sets it of those, parts too, that are not so yet. Resolves to them as they were. */
  async function setArchived(runIds: readonly RunId[], value: number | undefined) {
    const targets = await withParts(runIds.map(toRunTarget));
    // SAFETY: the parts of runs are runs.
    const found = await readRuns(targets.map(({ id }) => id as RunId));
    const changed = found.filter((run) => isArchived(run) === (value === undefined));
    if (changed.length > 0) {
      await edit(
        changed.map(({ id }) => toRunTarget(id)),
        { field: 'archivedAtMs', value },
      );
    }
    return changed;
  }

  return {
    readRuns,
    edit,
    async delete(chosen) {
      // One that is deleted keeps its moment, by which its parts come back with it.
      const found = await readTargets(chosen);
      const there = chosen.filter(({ id }) => isThere(found.get(id)));
      if (there.length === 0) throw new UserError('This is deleted already.');
      const deletion: Deletion = { targets: await withParts(there), atMs: now() };
      await edit(deletion.targets, { field: 'deletedAtMs', value: deletion.atMs });
      deleted = [...deleted, deletion];
      return deletion;
    },
    undelete,
    async undoDelete() {
      // Taken at once, so that a second undo meanwhile brings back the delete before.
      for (let last = deleted.at(-1); last !== undefined; last = deleted.at(-1)) {
        const taken = last;
        deleted = deleted.slice(0, -1);
        try {
          const count = await undelete(taken);
          // Where another window brought all of it back, the one before is the last.
          if (count > 0) return count;
        } catch (error) {
          deleted = [...deleted, taken];
          throw error;
        }
      }
      return 0;
    },
    async deleteForGood(chosen) {
      const targets = await withParts(chosen, { includeDeleted: true });
      await store.commit(targets.map(toPurge));
      forgetDelete(targets);
    },
    canUndoDelete: () => deleted.length > 0,
    async restore(runIds) {
      const found = await readDeleted(runIds);
      const targets = [...new Set(found)].map(toRunTarget);
      if (targets.length === 0) return [];
      await edit(targets, { field: 'deletedAtMs', value: undefined });
      forgetDelete(targets);
      return targets;
    },
    archive: (runIds) => setArchived(runIds, now()),
    unarchive: (runIds) => setArchived(runIds, undefined),
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

function isThere(found: { readonly deletedAtMs?: number } | undefined): boolean {
  return found !== undefined && found.deletedAtMs === undefined;
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
