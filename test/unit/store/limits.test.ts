import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { StoreLimits } from '../../../src/core/space/storeLimits';
import { eventually, makeFolder, openTestStore } from './openTestStore';
import { ended, points, runId, sampleContent, started } from './sampleChanges';

const bytes = (length: number, fill = 65) => new Uint8Array(length).fill(fill);
const noLimit: StoreLimits = { maxLogBytes: 1e9, maxTotalBytes: 0 };

test('a log ends where its limit is, and its run says how much was left out', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  await store.setLimits({ ...noLimit, maxLogBytes: 1000 });
  await store.commit([started('r1'), started('r2')]);
  await Promise.all([
    store.appendLog(runId('r1'), bytes(600)),
    store.appendLog(runId('r1'), bytes(600, 66)),
    store.appendLog(runId('r2'), bytes(1000)),
  ]);
  await store.appendLog(runId('r1'), bytes(50));
  // A limit that is raised later does not leave a hole in a log.
  await store.setLimits(noLimit);
  await store.appendLog(runId('r1'), bytes(7));
  expect(readFileSync(join(folder, 'logs', 'r1.log'))).toEqual(
    Buffer.concat([bytes(600), bytes(400, 66)]),
  );
  await eventually(async () =>
    expect(await store.getRun(runId('r1'))).toMatchObject({
      logBytes: 1000,
      logLeftOut: { bytes: 257, why: 'maxLogMB' },
    }),
  );
  const whole = await store.getRun(runId('r2'));
  expect(whole).toMatchObject({ logBytes: 1000 });
  expect(whole).not.toHaveProperty('logLeftOut');
});

test('a store at its limit records what is small, and says once what it does not keep', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const there = await store.putBlob(sampleContent);
  await store.commit([started('r1')]);
  await store.appendLog(runId('r1'), bytes(500));
  await store.setLimits({ ...noLimit, maxTotalBytes: 1000 });
  await store.appendLog(runId('r1'), bytes(1000));
  await store.appendLog(runId('r1'), bytes(200));
  const large = new TextEncoder().encode('{"cells": [1]}');
  expect(await store.putBlobIfRoom(large)).toMatchObject({ isKept: false });
  expect(await store.putBlobIfRoom(sampleContent)).toEqual({ hash: there, isKept: true });
  await store.commit([points('r1', 'loss', [2, 1]), ended('r1')]);
  await eventually(async () =>
    expect(await store.getRun(runId('r1'))).toMatchObject({
      metrics: [{ count: 2 }],
      // The append that passed the limit was begun below it.
      logBytes: 1500,
      logLeftOut: { bytes: 200, why: 'maxTotalGB' },
    }),
  );
  expect(store.problems).toMatchObject([
    {
      action: 'cleanUp',
      message: expect.stringMatching(/epochlog\.store\.maxTotalGB allows 1 kB/),
    },
  ]);
  await store.setLimits(noLimit);
  expect(await store.putBlobIfRoom(large)).toMatchObject({ isKept: true });
});
