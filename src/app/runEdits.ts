import type { Edit } from '../core/change/change';
import type { Run, RunId } from '../core/run/run';
import type { RecordCache } from './recordCache';
import type { RecordEditor } from './recordEditor';

/** What a user says of runs, so that it can be taken back, the last thing first. */
export interface RunEdits {
  edit(runIds: readonly RunId[], edit: Edit): Promise<void>;
  archive(runIds: readonly RunId[]): Promise<void>;
  unarchive(runIds: readonly RunId[]): Promise<void>;
  /** Brings deleted runs back. */
  restore(runIds: readonly RunId[]): Promise<void>;
  move(runIds: readonly RunId[], experiment: string): Promise<void>;
  /** Something that is done elsewhere, and how it is taken back. */
  did(what: string, undo: () => Promise<unknown>): void;
  /** Resolves to what was taken back; undefined if there is nothing. */
  undo(): Promise<string | undefined>;
}

interface Done {
  readonly what: string;
  readonly undo: () => Promise<unknown>;
}

const maxKept = 100;

export function createRunEdits(
  editor: RecordEditor,
  cache: Pick<RecordCache, 'run' | 'partsOf'>,
): RunEdits {
  let done: readonly Done[] = [];
  const did = (what: string, undo: Done['undo']) => {
    done = [...done, { what, undo }].slice(-maxKept);
  };
  const toTargets = (runIds: readonly RunId[]) =>
    runIds.map((id) => ({ kind: 'run', id }) as const);
  const runsOf = (runIds: readonly RunId[]) => runIds.flatMap((id) => cache.run(id) ?? []);
  /** Each run back to what it was; runs that were alike together. */
  async function takeBack(runs: readonly Run[], inverse: (run: Run) => Edit): Promise<void> {
    const alike = new Map<string, { readonly edit: Edit; readonly runIds: RunId[] }>();
    for (const run of runs) {
      const edit = inverse(run);
      const key = JSON.stringify(edit);
      const known = alike.get(key);
      if (known) known.runIds.push(run.id);
      else alike.set(key, { edit, runIds: [run.id] });
    }
    for (const { edit, runIds } of alike.values()) await editor.edit(toTargets(runIds), edit);
  }

  return {
    did,
    async edit(runIds, edit) {
      const before = runsOf(runIds);
      await editor.edit(toTargets(runIds), edit);
      did(names[edit.field], () => takeBack(before, (run) => inverseOf(run, edit)));
    },
    async archive(runIds) {
      await editor.archive(runIds);
      did('Archive', editor.undoArchive);
    },
    async unarchive(runIds) {
      await editor.unarchive(runIds);
      did('Take out of Archive', () => editor.archive(runIds));
    },
    async restore(runIds) {
      const restored = await editor.restore(runIds);
      did('Restore', () => editor.delete(restored));
    },
    async move(runIds, experiment) {
      const parts = runIds.flatMap((id) => cache.partsOf(id).map((part) => part.id));
      const before = runsOf([...new Set([...runIds, ...parts])]);
      await editor.moveToExperiment(runIds, experiment);
      did('Move to Experiment', () =>
        takeBack(before, (run) => ({ field: 'experiment', value: run.experiment })),
      );
    },
    async undo() {
      // Taken at once, so that a second undo meanwhile is of what was done before.
      const last = done.at(-1);
      if (last === undefined) return undefined;
      done = done.slice(0, -1);
      try {
        await last.undo();
      } catch (error) {
        done = [...done, last];
        throw error;
      }
      return last.what;
    },
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
