import { expect, test, vi } from 'vitest';
import { createRecordReader } from '../../../src/app/recordReader';
import { makeFolder, openTestStore } from '../store/openTestStore';
import {
  checkpointId,
  edited,
  points,
  runId,
  sampleContent,
  started,
  taken,
} from '../store/sampleChanges';

async function openReader() {
  const store = await openTestStore(makeFolder());
  await store.commit([started('r1')]);
  return { store, reader: createRecordReader(store) };
}

test('a series is thinned, and says how many points it has', async () => {
  const { store, reader } = await openReader();
  const values = Array.from({ length: 1000 }, (_, index) => (index === 613 ? 99 : 1 / (index + 1)));
  await store.commit([points('r1', 'loss', values)]);
  const thinned = await reader.readThinnedSeries(runId('r1'), 'loss', 10);
  expect(thinned.pointCount).toBe(1000);
  expect(thinned.values.length).toBeLessThanOrEqual(40);
  expect(thinned.values).toContain(99);
  expect(thinned.steps[thinned.values.indexOf(99)]).toBe(613);
  const whole = await reader.readThinnedSeries(runId('r1'), 'loss', 250);
  expect([...whole.values]).toEqual(values);
  expect((await reader.readThinnedSeries(runId('r1'), 'none', 10)).pointCount).toBe(0);
});

test('log, checkpoint, script and diff come back as they were kept', async () => {
  const { store, reader } = await openReader();
  const content = new Uint8Array([0x7b, 0xff, 0x00]);
  const [notebook, script, diff] = await Promise.all([
    store.putBlob(content),
    store.putBlob(Buffer.from('import torch  # größer\r\n')),
    store.putBlob(Buffer.from('--- a/x\n+++ b/x\n')),
  ]);
  await store.commit([
    { kind: 'codeStateRecorded', runId: runId('r1'), codeState: { script, diff } },
    { ...taken('c1'), checkpoint: { ...taken('c1').checkpoint, content: notebook } },
  ]);
  await store.appendLog(runId('r1'), Buffer.from('\x1b[1mloss\x1b[0m'));
  const run = await store.getRun(runId('r1'));
  const checkpoint = await store.getCheckpoint(checkpointId('c1'));
  if (!run || !checkpoint) throw new Error('they were just committed');
  expect(Buffer.from(await reader.readLog(runId('r1'))).toString()).toBe('\x1b[1mloss\x1b[0m');
  expect(new Uint8Array(await reader.readCheckpoint(checkpoint))).toEqual(content);
  expect(await reader.readScript(run)).toBe('import torch  # größer\r\n');
  expect(await reader.readUncommittedDiff(run)).toBe('--- a/x\n+++ b/x\n');
});

test('what was not kept is undefined', async () => {
  const { store, reader } = await openReader();
  const run = await store.getRun(runId('r1'));
  if (!run) throw new Error('it was just committed');
  expect(await reader.readScript(run)).toBeUndefined();
  expect(await reader.readUncommittedDiff(run)).toBeUndefined();
});

test('of what is asked for, what is deleted is read, and not the record around it', async () => {
  const { store, reader } = await openReader();
  await store.putBlob(sampleContent);
  await store.commit([started('r2'), started('r3'), taken('c1'), taken('c2')]);
  const gone = { field: 'deletedAtMs', value: 7 } as const;
  await store.commit([
    edited('r2', gone),
    edited('r3', gone),
    { kind: 'checkpointEdited', checkpointId: checkpointId('c1'), edit: gone },
  ]);
  const listRuns = vi.spyOn(store, 'listRuns');
  const listCheckpoints = vi.spyOn(store, 'listCheckpoints');
  const ids = [runId('r2'), runId('r1'), runId('none'), checkpointId('c1'), checkpointId('c2')];
  const { runs, checkpoints } = await reader.readDeleted(ids);
  expect(runs.map(({ id }) => `${id}`)).toEqual(['r2']);
  expect(checkpoints.map(({ id }) => `${id}`)).toEqual(['c1']);
  expect(listRuns).not.toHaveBeenCalled();
  expect(listCheckpoints).not.toHaveBeenCalled();
});
