import { expect, test, vi } from 'vitest';
import { createRecordEditor, type RecordId } from '../../../src/app/recordEditor';
import { maxViewStateBytes, type SavedView, type ViewId } from '../../../src/core/view/savedView';
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

test('restoring a run brings back the parts that went with it, and leaves them to no undo', async () => {
  const store = await openTestStore(makeFolder());
  await store.commit([started('r1'), started('r2')]);
  await store.commit(['p1', 'p2'].map((id) => ({ ...started(id), parentId: runId('r1') })));
  let nowMs = 7000;
  const editor = createRecordEditor(store, () => nowMs++);
  const shown = async () => (await store.listRuns()).map(({ id }) => `${id}`).sort();
  await editor.delete([run('p2')]);
  await editor.delete([run('r1')]);
  await editor.delete([run('r2')]);
  expect(await editor.restore([runId('r1')])).toEqual([run('r1'), run('p1')]);
  expect(await shown()).toEqual(['p1', 'r1']);
  // What is there already stays as it is.
  expect(await editor.restore([runId('r1')])).toEqual([]);
  expect(await editor.undoDelete()).toBe(1);
  expect(await editor.undoDelete()).toBe(1);
  expect(await shown()).toEqual(['p1', 'p2', 'r1', 'r2']);
  expect(editor.canUndoDelete()).toBe(false);
});

test('what is deleted already keeps the moment by which its parts come back', async () => {
  const store = await openTestStore(makeFolder());
  await store.commit([started('r1'), started('r2'), { ...started('p1'), parentId: runId('r1') }]);
  let nowMs = 7000;
  const editor = createRecordEditor(store, () => nowMs++);
  await editor.delete([run('r1')]);
  await expect(editor.delete([run('r1')])).rejects.toThrow('This is deleted already.');
  await expect(editor.delete([run('gone')])).rejects.toThrow('This is deleted already.');
  expect((await editor.delete([run('r1'), run('r2')])).targets).toEqual([run('r2')]);
  expect(await editor.undoDelete()).toBe(1);
  expect(await editor.restore([runId('r1')])).toEqual([run('r1'), run('p1')]);
});

test('many runs are read with few messages, in their order', async () => {
  const store = await openTestStore(makeFolder());
  const ids = Array.from({ length: 450 }, (_, index) => `r${index}`);
  await store.commit(ids.map((id) => started(id)));
  const getRun = vi.spyOn(store, 'getRun');
  const getRuns = vi.spyOn(store, 'getRuns');
  const asked = [...ids].reverse();
  const runs = await createRecordEditor(store, () => 7000).readRuns(
    ['gone', ...asked].map((id) => runId(id)),
  );
  expect(runs.map(({ id }) => `${id}`)).toEqual(asked);
  expect(getRun).not.toHaveBeenCalled();
  expect(getRuns).toHaveBeenCalledTimes(3);
});

test('a thousand runs and their parts are deleted, archived and moved with few questions', async () => {
  const store = await openTestStore(makeFolder());
  const ids = Array.from({ length: 1000 }, (_, index) => `r${index}`);
  await store.commit(ids.map((id) => started(id)));
  const parts = [3, 500, 999].map((index) => ({
    ...started(`p${index}`),
    parentId: runId(`r${index}`),
  }));
  await store.commit(parts);
  let nowMs = 7000;
  const editor = createRecordEditor(store, () => nowMs++);
  const spies = [
    vi.spyOn(store, 'listRuns'),
    vi.spyOn(store, 'getRun'),
    vi.spyOn(store, 'getRuns'),
  ];
  const questions = () => spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  const { targets } = await editor.delete(ids.map(run));
  expect(targets).toHaveLength(1003);
  // The runs themselves cross in slices.
  expect(questions()).toBeLessThan(10);
  await editor.restore(ids.map(runId));
  expect(await store.listRuns()).toHaveLength(1003);
  await editor.moveToExperiment(ids.map(runId), 'other');
  const moved = await store.getRuns([runId('p500'), runId('r0')]);
  expect(moved.map(({ experiment }) => experiment)).toEqual(['other', 'other']);
  expect(await editor.archive(ids.map(runId))).toHaveLength(1003);
  expect(questions()).toBeLessThan(40);
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

test('archived runs and their parts come back, and it says which those were', async () => {
  const { store, editor } = await openEditor();
  await store.commit([{ ...started('p1'), parentId: runId('r1') }]);
  const archived = async () =>
    (await store.listRuns()).flatMap(({ id, archivedAtMs }) => (archivedAtMs === 7000 ? id : []));
  const idsOf = (runs: readonly { readonly id: string }[]) => runs.map(({ id }) => id).sort();
  expect(idsOf(await editor.archive([runId('r2')]))).toEqual(['r2']);
  // The one that was archived before is none that this archived.
  expect(idsOf(await editor.archive([runId('r1'), runId('r2')]))).toEqual(['p1', 'r1']);
  expect((await archived()).sort()).toEqual(['p1', 'r1', 'r2']);
  expect(await editor.archive([runId('r1')])).toEqual([]);
  expect(idsOf(await editor.unarchive([runId('r1'), runId('r3')]))).toEqual(['p1', 'r1']);
  expect(await archived()).toEqual(['r2']);
});

test('a delete is undone by itself, and not what was deleted again since', async () => {
  const store = await openTestStore(makeFolder());
  await store.commit([started('r1'), started('r2')]);
  let nowMs = 7000;
  const editor = createRecordEditor(store, () => nowMs++);
  const shown = async () => (await store.listRuns()).map(({ id }) => `${id}`).sort();
  const first = await editor.delete([run('r1')]);
  await editor.delete([run('r2')]);
  expect(await editor.undelete(first)).toBe(1);
  expect(await shown()).toEqual(['r1']);
  expect(await editor.undelete(first)).toBe(0);
  await editor.delete([run('r1')]);
  expect(await editor.undelete(first)).toBe(0);
  expect(await shown()).toEqual([]);
  expect(await editor.undoDelete()).toBe(1);
  expect(await editor.undoDelete()).toBe(1);
  expect(editor.canUndoDelete()).toBe(false);
});

test('runs move to an experiment with their parts', async () => {
  const { store, editor } = await openEditor();
  await store.commit([{ ...started('p1'), parentId: runId('r1') }]);
  await editor.moveToExperiment([runId('r1')], ' digits ');
  expect((await store.getRun(runId('r1')))?.experiment).toBe('digits');
  expect((await store.getRun(runId('p1')))?.experiment).toBe('digits');
  expect((await store.getRun(runId('r2')))?.experiment).toBe('train.py');
  await expect(editor.moveToExperiment([runId('r1')], ' ')).rejects.toThrow('Name the experiment');
});

test('a view is saved, taken away, and refused where it is too large', async () => {
  const { store, editor } = await openEditor();
  const view: SavedView = {
    id: 'v1' as ViewId,
    name: 'mine',
    page: 'runTable',
    state: '{}',
    savedAtMs: 1,
  };
  await editor.saveView(view);
  expect(await store.listViews()).toEqual([view]);
  // Two bytes each.
  const state = 'é'.repeat(maxViewStateBytes / 2 + 1);
  await expect(editor.saveView({ ...view, state })).rejects.toThrow('The view mine is too large');
  await editor.deleteView(view.id);
  expect(await store.listViews()).toEqual([]);
});
