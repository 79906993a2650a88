import { expect, test, vi } from 'vitest';
import { createRecordEditor, type RecordId } from '../../../src/app/recordEditor';
import { makeFolder, openTestStore } from '../store/openTestStore';
import { checkpointId, runId, sampleContent, started, taken } from '../store/sampleChanges';

const run = (id: string): RecordId => ({ kind: 'run', id: runId(id) });
const checkpoint = (id: string): RecordId => ({ kind: 'checkpoint', id: checkpointId(id) });

async function openEditor() {
  const store = await openTestStore(makeFolder());
  await store.putBlob(sampleContent);
  await store.commit([started('r1'), started('r2'), started('r3'), taken('c1')]);
  const editor = createRecordEditor(store, () => 7000);
  const shown = async () =>
    [...(await store.listRuns()), ...(await store.listCheckpoints())]
      .map(({ id }) => `${id}`)
      .sort();
  return { store, editor, shown };
}

test('a run and a checkpoint are edited together', async () => {
  const { store, editor } = await openEditor();
  await editor.edit([run('r1'), checkpoint('c1')], { field: 'tag', key: 'best', value: '' });
  expect((await store.getRun(runId('r1')))?.tags).toEqual({ best: '' });
  expect((await store.getCheckpoint(checkpointId('c1')))?.tags).toEqual({ best: '' });
  expect((await store.getRun(runId('r2')))?.tags).toEqual({});
});

test('the parts of a run go with it and come back with it', async () => {
  const { store, editor, shown } = await openEditor();
  await store.commit(['p1', 'p2', 'p3'].map((id) => ({ ...started(id), parentId: runId('r1') })));
  await editor.delete([run('p3')]);
  await editor.delete([run('r1'), run('p1')]);
  expect(await shown()).toEqual(['c1', 'r2', 'r3']);
  await editor.undoDelete();
  // The one that was deleted by itself stays so.
  expect(await shown()).toEqual(['c1', 'p1', 'p2', 'r1', 'r2', 'r3']);
  await editor.deleteForGood([run('r1')]);
  expect(await shown()).toEqual(['c1', 'r2', 'r3']);
  expect(await store.listRuns({ includeDeleted: true })).toHaveLength(2);
});

test('deletes are undone last first, each as a whole', async () => {
  const { store, editor, shown } = await openEditor();
  expect(editor.canUndoDelete()).toBe(false);
  expect(await editor.undoDelete()).toBe(0);
  await editor.delete([run('r1'), checkpoint('c1')]);
  await editor.delete([run('r2')]);
  expect(await shown()).toEqual(['r3']);
  expect((await store.getRun(runId('r1')))?.deletedAtMs).toBe(7000);
  expect(editor.canUndoDelete()).toBe(true);
  expect(await editor.undoDelete()).toBe(1);
  expect(await shown()).toEqual(['r2', 'r3']);
  expect(await editor.undoDelete()).toBe(2);
  expect(await shown()).toEqual(['c1', 'r1', 'r2', 'r3']);
  expect(editor.canUndoDelete()).toBe(false);
});

test('two undos at once bring two deletes back', async () => {
  const { editor, shown } = await openEditor();
  await editor.delete([run('r1')]);
  await editor.delete([run('r2')]);
  expect(await Promise.all([editor.undoDelete(), editor.undoDelete()])).toEqual([1, 1]);
  expect(await shown()).toEqual(['c1', 'r1', 'r2', 'r3']);
});

test('a delete that failed is not there to undo, and an undo that failed can be tried again', async () => {
  const { store, editor, shown } = await openEditor();
  const failOnce = () =>
    vi.spyOn(store, 'commit').mockRejectedValueOnce(new Error('the disk is full'));
  failOnce();
  await expect(editor.delete([run('r1')])).rejects.toThrow('the disk is full');
  expect(editor.canUndoDelete()).toBe(false);
  await editor.delete([run('r1')]);
  failOnce();
  await expect(editor.undoDelete()).rejects.toThrow('the disk is full');
  expect(await editor.undoDelete()).toBe(1);
  expect(await shown()).toContain('r1');
});

test('what is deleted for good is not there to undo, and the rest of its delete is', async () => {
  const { store, editor, shown } = await openEditor();
  await editor.delete([run('r1'), run('r2')]);
  await editor.delete([checkpoint('c1')]);
  await editor.deleteForGood([run('r1'), checkpoint('c1')]);
  expect(await editor.undoDelete()).toBe(1);
  expect(editor.canUndoDelete()).toBe(false);
  expect(await shown()).toEqual(['r2', 'r3']);
  const all = await store.listRuns({ includeDeleted: true });
  expect(all.map(({ id }) => id).sort()).toEqual(['r2', 'r3']);
});
