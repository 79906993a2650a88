import { expect, test, vi } from 'vitest';
import type { RecordEditor } from '../../../src/app/recordEditor';
import { createRunEdits } from '../../../src/app/runEdits';
import type { Edit } from '../../../src/core/change/change';
import type { Run, RunId } from '../../../src/core/run/run';
import { makeRun } from '../run/runs';

const [one, two] = ['r1', 'r2'] as [RunId, RunId];

function createEdits(runs: readonly Run[]) {
  const done: [readonly string[], Edit][] = [];
  const editor = {
    edit: vi.fn(async (targets: readonly { id: string }[], edit: Edit) => {
      done.push([targets.map(({ id }) => id), edit]);
    }),
    archive: vi.fn(async () => undefined),
    restore: vi.fn(async (ids: readonly RunId[]) => ids.map((id) => ({ kind: 'run', id }))),
    delete: vi.fn(async () => undefined),
    undoArchive: vi.fn(async () => 1),
    moveToExperiment: vi.fn(async () => undefined),
  } as unknown as RecordEditor;
  const edits = createRunEdits(editor, {
    run: (id) => runs.find((run) => run.id === id),
    partsOf: () => [],
  });
  return { edits, editor, done };
}

test('takes back the last thing first, each run to what it was', async () => {
  const runs = [makeRun({ id: one, name: 'a', tags: { x: '1' } }), makeRun({ id: two })];
  const { edits, done } = createEdits(runs);
  await edits.edit([one], { field: 'name', value: 'b' });
  await edits.edit([one, two], { field: 'tag', key: 'x', value: '2' });
  done.length = 0;
  expect(await edits.undo()).toBe('Edit Tags');
  expect(done).toEqual([
    [[one], { field: 'tag', key: 'x', value: '1' }],
    [[two], { field: 'tag', key: 'x', value: undefined }],
  ]);
  done.length = 0;
  expect(await edits.undo()).toBe('Rename');
  expect(done).toEqual([[[one], { field: 'name', value: 'a' }]]);
  expect(await edits.undo()).toBeUndefined();
});

test('moves runs back to the experiments that they came from', async () => {
  const runs = [makeRun({ id: one, experiment: 'x' }), makeRun({ id: two, experiment: 'y' })];
  const { edits, editor, done } = createEdits(runs);
  await edits.move([one, two], 'z');
  expect(editor.moveToExperiment).toHaveBeenCalledWith([one, two], 'z');
  await edits.undo();
  expect(done).toEqual([
    [[one], { field: 'experiment', value: 'x' }],
    [[two], { field: 'experiment', value: 'y' }],
  ]);
});

test('deletes again what was restored', async () => {
  const { edits, editor } = createEdits([]);
  await edits.restore([one]);
  expect(await edits.undo()).toBe('Restore');
  expect(editor.delete).toHaveBeenCalledWith([{ kind: 'run', id: one }]);
});

test('keeps what could not be taken back', async () => {
  const { edits } = createEdits([]);
  const undo = vi.fn().mockRejectedValueOnce(new Error('no disk')).mockResolvedValue(undefined);
  edits.did('Delete', undo);
  await expect(edits.undo()).rejects.toThrow('no disk');
  expect(await edits.undo()).toBe('Delete');
});
