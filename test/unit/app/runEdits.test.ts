import { describe, expect, test, vi } from 'vitest';
import {
  createRecordEditor,
  type RecordEditor,
  type RecordId,
} from '../../../src/app/recordEditor';
import { createRunEdits } from '../../../src/app/runEdits';
import type { Edit } from '../../../src/core/change/change';
import type { Run, RunId } from '../../../src/core/run/run';
import { makeRun } from '../run/runs';
import { searchOf } from '../search/searchOf';
import { makeFolder, openTestStore } from '../store/openTestStore';
import { edited, runId, started } from '../store/sampleChanges';

const [one, two] = ['r1', 'r2'] as [RunId, RunId];

function createEdits(runs: readonly Run[]) {
  const done: [readonly string[], Edit][] = [];
  const editor = {
    readRuns: async (ids: readonly RunId[]) => runs.filter(({ id }) => ids.includes(id)),
    edit: vi.fn(async (targets: readonly { id: string }[], edit: Edit) => {
      done.push([targets.map(({ id }) => id), edit]);
    }),
    restore: vi.fn(async (ids: readonly RunId[]) => ids.map((id) => ({ kind: 'run', id }))),
    delete: vi.fn(async (targets: readonly RecordId[]) => ({ targets, atMs: 1 })),
    moveToExperiment: vi.fn(async () => undefined),
  } as unknown as RecordEditor;
  const edits = createRunEdits(editor, { partsOf: () => [] });
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
  const { edits, editor } = createEdits([makeRun({ id: one })]);
  await edits.restore([one]);
  expect(await edits.undo()).toBe('Restore');
  expect(editor.delete).toHaveBeenCalledWith([{ kind: 'run', id: one }]);
});

test('keeps what could not be taken back', async () => {
  const { edits, editor } = createEdits([makeRun({ id: one })]);
  await edits.edit([one], { field: 'starred', value: true });
  vi.mocked(editor.edit).mockRejectedValueOnce(new Error('no disk'));
  await expect(edits.undo()).rejects.toThrow('no disk');
  expect(await edits.undo()).toBe('Star');
});

describe('on a store', () => {
  async function openEdits() {
    const store = await openTestStore(makeFolder());
    await store.commit([started('a'), started('b'), started('c')]);
    let nowMs = 7000;
    const editor = createRecordEditor(store, () => nowMs++);
    const edits = createRunEdits(editor, { partsOf: () => [] });
    const ids = async (text: string) =>
      [...(await store.listRunIds({ search: searchOf(text) }))].sort().join('');
    return { store, editor, edits, ids };
  }

  test('what was archived and taken out is taken back one by one', async () => {
    const { store, edits, ids } = await openEdits();
    await edits.archive([runId('a')]);
    await edits.archive([runId('b')]);
    await edits.unarchive([runId('b')]);
    // Changes nothing, so there is nothing of it to take back.
    await edits.archive([runId('a')]);
    expect(await edits.undo()).toBe('Take out of Archive');
    expect(await ids('archived')).toBe('ab');
    // As it was, not archived anew.
    expect((await store.getRun(runId('b')))?.archivedAtMs).toBe(7001);
    expect(await edits.undo()).toBe('Archive');
    expect(await ids('archived')).toBe('a');
    expect(await edits.undo()).toBe('Archive');
    expect(await ids('archived')).toBe('');
    expect(await edits.undo()).toBeUndefined();
  });

  test('a delete that was undone where it was offered is not undone again, nor another for it', async () => {
    const { editor, edits, ids } = await openEdits();
    await edits.archive([runId('c')]);
    await edits.delete([{ kind: 'run', id: runId('a') }]);
    await edits.delete([{ kind: 'run', id: runId('b') }]);
    await editor.undoDelete();
    expect(await ids('deleted')).toBe('a');
    expect(await edits.undo()).toBe('Delete');
    expect(await ids('deleted')).toBe('');
    expect(editor.canUndoDelete()).toBe(false);
    expect(await edits.undo()).toBe('Archive');
  });

  test('what is said of a deleted run is taken back, and nothing else in its place', async () => {
    const { store, edits } = await openEdits();
    await edits.archive([runId('c')]);
    await store.commit([edited('a', { field: 'deletedAtMs', value: 1 })]);
    await edits.edit([runId('a')], { field: 'starred', value: true });
    expect(await edits.undo()).toBe('Star');
    expect((await store.getRun(runId('a')))?.starred).toBe(false);
    expect((await store.getRun(runId('c')))?.archivedAtMs).toBeDefined();
  });

  test('a restore after which all was deleted again is none to take back', async () => {
    const { editor, edits, ids } = await openEdits();
    await edits.archive([runId('c')]);
    await editor.delete([{ kind: 'run', id: runId('a') }]);
    await edits.restore([runId('a')]);
    await editor.delete([{ kind: 'run', id: runId('a') }]);
    expect(await edits.undo()).toBe('Archive');
    expect(await ids('deleted')).toBe('a');
  });

  test('a delete that failed is none to take back', async () => {
    const { store, edits } = await openEdits();
    vi.spyOn(store, 'commit').mockRejectedValueOnce(new Error('no disk'));
    await expect(edits.delete([{ kind: 'run', id: runId('a') }])).rejects.toThrow('no disk');
    expect(await edits.undo()).toBeUndefined();
  });
});
