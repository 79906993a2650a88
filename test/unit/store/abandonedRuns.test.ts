import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, openTestStore } from './openTestStore';
import { ended, runId, started } from './sampleChanges';

test('only a run whose recorder is gone is interrupted, and its real end stands', async () => {
  const folder = makeFolder();
  const recorder = await openTestStore(folder);
  await recorder.commit([started('r1')]);
  const other = await openTestStore(folder);
  expect((await other.getRun(runId('r1')))?.status).toBe('running');

  await recorder.close();
  const later = await openTestStore(folder);
  expect((await later.getRun(runId('r1')))?.status).toBe('interrupted');
  await other.commit([ended('r1', 'failed')]);
  await later.commit([ended('r1', 'interrupted')]);
  await later.close();
  await other.close();
  expect((await (await openTestStore(folder)).getRun(runId('r1')))?.status).toBe('failed');
});

test('a run whose program outlives its window is left to the next one', async () => {
  const folder = makeFolder();
  const recorder = await openTestStore(folder);
  const part = { ...started('r1-part'), parentId: runId('r1') };
  await recorder.commit([started('r1'), part, started('r2')]);
  mkdirSync(join(folder, 'launches', 'r1'), { recursive: true });
  await recorder.close();
  const later = await openTestStore(folder);
  expect((await later.getRun(runId('r1')))?.status).toBe('running');
  expect((await later.getRun(runId('r1-part')))?.status).toBe('running');
  expect((await later.getRun(runId('r2')))?.status).toBe('interrupted');
});
