import { describe, expect, test, vi } from 'vitest';
import {
  createRecordEditor,
  type RecordEditor,
  type RecordId,
} from '../../../src/app/recordEditor';
import { createRunEdits } from '../../../src/app/runEdits';
import type { Run, RunId } from '../../../src/core/run/run';
import { makeRun } from '../run/runs';
import { searchOf } from '../search/searchOf';
import { makeFolder, openTestStore } from '../store/openTestStore';
import { checkpointId, edited, runId, sampleContent, started, taken } from '../store/sampleChanges';

const one = 'r1' as RunId;

function createEdits(runs: readonly Run[]) {
  const editor = {
    readRuns: async (ids: readonly RunId[]) => runs.filter(({ id }) => ids.includes(id)),
    restore: vi.fn(async (ids: readonly RunId[]) => ids.map((id) => ({ kind: 'run', id }))),
    delete: vi.fn(async (targets: readonly RecordId[]) => ({ targets, atMs: 1 })),
  } as unknown as RecordEditor;
  return { edits: createRunEdits(editor, { partsOf: () => [] }), editor };
}

test('deletes again what was restored', async () => {
  const { edits, editor } = createEdits([makeRun({ id: one })]);
  await edits.restore([one]);
  expect(await edits.undo()).toBe('Restore');
  expect(editor.delete).toHaveBeenCalledWith([{ kind: 'run', id: one }]);
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
    const run = async (id: string) => {
      const found = await store.getRun(runId(id));
      if (found === undefined) throw new Error(`no run ${id}`);
      return found;
    };
    return { store, editor, edits, ids, run };
  }

  test('takes back the last thing first, each run to what it was', async () => {
    const { store, edits, run } = await openEdits();
    await store.commit([edited('a', { field: 'tag', key: 'x', value: '1' })]);
    await edits.edit([runId('a')], { field: 'name', value: 'new' });
    await edits.edit([runId('a'), runId('b')], { field: 'tag', key: 'x', value: '2' });
    expect((await run('b')).tags).toEqual({ x: '2' });
    expect(await edits.undo()).toBe('Edit Tags');
    expect((await run('a')).tags).toEqual({ x: '1' });
    expect((await run('b')).tags).toEqual({});
    expect((await run('a')).name).toBe('new');
    expect(await edits.undo()).toBe('Rename');
    expect((await run('a')).name).toBeUndefined();
    expect(await edits.undo()).toBeUndefined();
  });

  test('moves runs back to the experiments that they came from, but for those moved on', async () => {
    const { store, edits, run } = await openEdits();
    const move = (id: string, value: string) => edited(id, { field: 'experiment', value });
    await store.commit([move('a', 'x'), move('b', 'y'), move('c', 'w')]);
    await edits.move([runId('a'), runId('b'), runId('c')], ' z ');
    await store.commit([move('c', 'elsewhere')]);
    expect(await edits.undo()).toBe('Move to Experiment');
    const experiments = await Promise.all(['a', 'b', 'c'].map(run));
    expect(experiments.map(({ experiment }) => experiment)).toEqual(['x', 'y', 'elsewhere']);
  });

  test('keeps what could not be taken back', async () => {
    const { store, edits } = await openEdits();
    await edits.edit([runId('a')], { field: 'starred', value: true });
    vi.spyOn(store, 'commit').mockRejectedValueOnce(new Error('no disk'));
    await expect(edits.undo()).rejects.toThrow('no disk');
    expect(await edits.undo()).toBe('Star');
  });

  test('edits in quick succession are taken back one by one', async () => {
    const { edits, run } = await openEdits();
    const rename = (value: string) => edits.edit([runId('a')], { field: 'name', value });
    await Promise.all([rename('first'), rename('second')]);
    expect((await run('a')).name).toBe('second');
    expect(await Promise.all([edits.undo(), edits.undo()])).toEqual(['Rename', 'Rename']);
    expect((await run('a')).name).toBeUndefined();
    await Promise.all([rename('third'), rename('fourth')]);
    await edits.undo();
    expect((await run('a')).name).toBe('third');
  });

  test('an edit that failed holds up none after it', async () => {
    const { store, edits, run } = await openEdits();
    vi.spyOn(store, 'commit').mockRejectedValueOnce(new Error('no disk'));
    const failed = edits.edit([runId('a')], { field: 'starred', value: true });
    const next = edits.edit([runId('b')], { field: 'starred', value: true });
    await expect(failed).rejects.toThrow('no disk');
    await next;
    expect((await run('b')).starred).toBe(true);
  });

  test('leaves what was said elsewhere since, and takes back the rest of its edit', async () => {
    const { store, edits, run } = await openEdits();
    await edits.edit([runId('a'), runId('b')], { field: 'name', value: 'A' });
    await store.commit([edited('a', { field: 'name', value: 'B' })]);
    expect(await edits.undo()).toBe('Rename');
    expect((await run('a')).name).toBe('B');
    expect((await run('b')).name).toBeUndefined();
    await edits.edit([runId('a')], { field: 'note', value: 'mine' });
    await edits.archive([runId('c')]);
    await store.commit([
      edited('a', { field: 'note', value: 'theirs' }),
      edited('c', { field: 'archivedAtMs', value: undefined }),
    ]);
    expect(await edits.undo()).toBeUndefined();
    expect((await run('a')).note).toBe('theirs');
  });

  test('what is said of runs and checkpoints together is taken back of the runs', async () => {
    const { store, edits, run } = await openEdits();
    await store.putBlob(sampleContent);
    await store.commit([taken('c1')]);
    const checkpoint: RecordId = { kind: 'checkpoint', id: checkpointId('c1') };
    await edits.editRecords([{ kind: 'run', id: runId('a') }], { field: 'name', value: 'A' });
    await edits.editRecords([{ kind: 'run', id: runId('b') }, checkpoint], {
      field: 'starred',
      value: true,
    });
    await edits.editRecords([checkpoint], { field: 'note', value: 'kept' });
    expect(await edits.undo()).toBe('Star');
    expect((await run('b')).starred).toBe(false);
    expect(await store.getCheckpoint(checkpointId('c1'))).toMatchObject({
      starred: true,
      note: 'kept',
    });
    expect(await edits.undo()).toBe('Rename');
  });

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
