import type { Edit } from '../core/change/change';
import { isArchived } from '../core/run/archived';
import type { Run, RunId } from '../core/run/run';
import type { RecordCache } from './recordCache';
import type { Deletion, RecordEditor, RecordId } from './recordEditor';

/** What a user says of runs, so that it can be taken back, the last thing first. */
export interface RunEdits {
  edit(runIds: readonly RunId[], edit: Edit): Promise<void>;
  /** The same, of checkpoints too: what is said of these stays. */
  editRecords(targets: readonly RecordId[], edit: Edit): Promise<void>;
  archive(runIds: readonly RunId[]): Promise<void>;
  unarchive(runIds: readonly RunId[]): Promise<void>;
  /** Brings deleted runs back. */
  restore(runIds: readonly RunId[]): Promise<void>;
  move(runIds: readonly RunId[], experiment: string): Promise<void>;
  delete(targets: readonly RecordId[]): Promise<Deletion>;
  /** Resolves to what was taken back; undefined if there is nothing. */
  undo(): Promise<string | undefined>;
}

interface Done {
  readonly what: string;
  /** Takes exactly that back; resolves to how many, 0 if it is back already. */
  readonly undo: () => Promise<number>;
}

const maxKept = 100;

export function createRunEdits(
  editor: RecordEditor,
  cache: Pick<RecordCache, 'partsOf'>,
): RunEdits {
  let done: readonly Done[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  /** After what is under way, so that each sees the runs as the one before left them. */
  function inTurn<T>(action: () => Promise<T>): Promise<T> {
    const next = turn.catch(() => undefined).then(action);
    turn = next;
    return next;
  }
  const did = (what: string, undo: Done['undo']) => {
    done = [...done, { what, undo }].slice(-maxKept);
  };
  const toTargets = (runIds: readonly RunId[]) =>
    runIds.map((id) => ({ kind: 'run', id }) as const);
  /**
   * Each run back to what it was; runs that were alike together. Those that are not `asLeft` stay: someone
   * said something newer of them, as in another window.
   */
  async function takeBack(
    before: readonly Run[],
    inverse: (run: Run) => Edit,
    asLeft: (now: Run, before: Run) => boolean,
  ): Promise<number> {
    const found = await editor.readRuns(before.map(({ id }) => id));
    const now = new Map(found.map((run) => [run.id, run]));
    const runs = before.filter((run) => {
      const current = now.get(run.id);
      return current !== undefined && asLeft(current, run);
    });
    const alike = new Map<string, { readonly edit: Edit; readonly runIds: RunId[] }>();
    for (const run of runs) {
      const edit = inverse(run);
      const key = JSON.stringify(edit);
      const known = alike.get(key);
      if (known) known.runIds.push(run.id);
      else alike.set(key, { edit, runIds: [run.id] });
    }
    for (const { edit, runIds } of alike.values()) await editor.edit(toTargets(runIds), edit);
    return runs.length;
  }
  function didArchive(what: string, changed: readonly Run[]): void {
    if (changed.length === 0) return;
    did(what, () =>
      takeBack(
        changed,
        ({ archivedAtMs }) => ({ field: 'archivedAtMs', value: archivedAtMs }),
        (now, before) => isArchived(now) !== isArchived(before),
      ),
    );
  }
  async function editRecords(targets: readonly RecordId[], edit: Edit): Promise<void> {
    const runIds = targets.flatMap((target) => (target.kind === 'run' ? [target.id] : []));
    const before = await editor.readRuns(runIds);
    await editor.edit(targets, edit);
    if (before.length === 0) return;
    did(names[edit.field], () =>
      takeBack(
        before,
        (run) => inverseOf(run, edit),
        (now) => inverseOf(now, edit).value === edit.value,
      ),
    );
  }

  async function deleteRecords(targets: readonly RecordId[]): Promise<Deletion> {
    const deletion = await editor.delete(targets);
    did('Delete', () => editor.undelete(deletion));
    return deletion;
  }
  async function restore(runIds: readonly RunId[]): Promise<void> {
    const restored = await editor.restore(runIds);
    if (restored.length === 0) return;
    did('Restore', async () => {
      // SAFETY: what comes back with runs are runs.
      const now = await editor.readRuns(restored.map(({ id }) => id as RunId));
      const there = now.filter(({ deletedAtMs }) => deletedAtMs === undefined);
      if (there.length === 0) return 0;
      return (await editor.delete(toTargets(there.map(({ id }) => id)))).targets.length;
    });
  }
  async function move(runIds: readonly RunId[], experiment: string): Promise<void> {
    const parts = runIds.flatMap((id) => cache.partsOf(id).map((part) => part.id));
    const before = await editor.readRuns([...new Set([...runIds, ...parts])]);
    await editor.moveToExperiment(runIds, experiment);
    did('Move to Experiment', () =>
      takeBack(
        before,
        (run) => ({ field: 'experiment', value: run.experiment }),
        (now) => now.experiment === experiment.trim(),
      ),
    );
  }
  async function undo(): Promise<string | undefined> {
    for (let last = done.at(-1); last !== undefined; last = done.at(-1)) {
      // One that fails stays, to be tried again.
      const count = await last.undo();
      done = done.slice(0, -1);
      // What was taken back elsewhere, as by the offer after a delete, is not the last any more.
      if (count > 0) return last.what;
    }
    return undefined;
  }

  return {
    edit: (runIds, edit) => inTurn(() => editRecords(toTargets(runIds), edit)),
    editRecords: (targets, edit) => inTurn(() => editRecords(targets, edit)),
    archive: (runIds) => inTurn(async () => didArchive('Archive', await editor.archive(runIds))),
    unarchive: (runIds) =>
      inTurn(async () => didArchive('Take out of Archive', await editor.unarchive(runIds))),
    delete: (targets) => inTurn(() => deleteRecords(targets)),
    restore: (runIds) => inTurn(() => restore(runIds)),
    move: (runIds, experiment) => inTurn(() => move(runIds, experiment)),
    undo: () => inTurn(undo),
  };
}

const names: Readonly<Record<Edit['field'], string>> = {
  name: 'Rename',
  note: 'Edit Note',
  starred: 'Star',
  tag: 'Edit Tags',
  deletedAtMs: 'Restore',
  archivedAtMs: 'Archive',
  experiment: 'Move to Experiment',
};

/** What gives the field of an edit its value of before. */
function inverseOf(run: Run, edit: Edit): Edit {
  switch (edit.field) {
    case 'tag': {
      const { key } = edit;
      const value = Object.hasOwn(run.tags, key) ? run.tags[key] : undefined;
      return { field: 'tag', key, value };
    }
    case 'starred':
      return { field: 'starred', value: run.starred };
    case 'experiment':
      return { field: 'experiment', value: run.experiment };
    case 'name':
    case 'note':
      return { field: edit.field, value: run[edit.field] };
    case 'deletedAtMs':
    case 'archivedAtMs':
      return { field: edit.field, value: run[edit.field] };
  }
}
