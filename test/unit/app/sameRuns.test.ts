import { expect, onTestFinished, test } from 'vitest';
import { createRecordCache, type RecordCache } from '../../../src/app/recordCache';
import { createSameRuns } from '../../../src/app/sameRuns';
import { exited, openBench, type RecordingBench, soon } from './recordingBench';

const trainer = 'import torch\nprint("epoch 1 loss=0.5")\n';
const output = ['epoch 1 loss=0.5\r\n'];

function watch({ store }: RecordingBench, isWanted = true) {
  const told: string[] = [];
  const onError = (what: string) => told.push(what);
  const cache: RecordCache = createRecordCache(store, onError);
  // The test's store tells of its changes in a list.
  const timer = setInterval(() => {
    for (const change of (store.changes as unknown[]).splice(0)) {
      cache.storeChanged(change as Parameters<RecordCache['storeChanged']>[0]);
    }
  }, 10);
  const same = createSameRuns({
    ...{ cache, listFiles: (runId) => store.listFiles(runId), now: Date.now, onError },
    isWanted: () => isWanted,
    lookEveryMs: 20,
  });
  onTestFinished(() => {
    clearInterval(timer);
    same.dispose();
    expect(told).toEqual([]);
  });
  return same;
}

async function firstAndSecond(bench: RecordingBench, change: () => void = () => undefined) {
  bench.write('train.py', trainer);
  await bench.play('python train.py --lr 1', output);
  change();
  const handle = bench.commands.start('python train.py --lr 1', bench.root);
  handle?.push(output[0] ?? '');
  const [, first] = await soon(async () => {
    const runs = await bench.store.listRuns();
    expect(runs).toHaveLength(2);
    expect(runs[0]?.codeState).toBeDefined();
    return runs;
  });
  if (!handle || !first) throw new Error('two runs');
  return { first, handle };
}

test('a run that was run before is told of while it runs', async () => {
  const bench = await openBench();
  const same = watch(bench);
  let changes = 0;
  same.onDidChange(() => {
    changes++;
  });
  const { first, handle } = await firstAndSecond(bench);
  await soon(async () => expect(same.earlier(handle.runId)?.id).toBe(first.id));
  await handle.end(exited(0));
  await bench.play('python train.py --lr 2', output);
  expect(same.earlier(handle.runId)?.id).toBe(first.id);
  expect(same.earlier(first.id)).toBeUndefined();
  expect(changes).toBe(1);
});

test('not if another text of the script ran, nor once it is found to read other data', async () => {
  const bench = await openBench();
  const same = watch(bench);
  const { first, handle } = await firstAndSecond(bench);
  await soon(async () => expect(same.earlier(handle.runId)?.id).toBe(first.id));
  const file = {
    path: 'a.csv',
    type: 'data',
    sizeBytes: 1,
    modifiedAtMs: 1,
    isKept: false,
  } as const;
  await bench.store.commit([
    { kind: 'filesRecorded', runId: handle.runId, files: [{ ...file, role: 'input' }] },
  ]);
  await soon(async () => expect(same.earlier(handle.runId)).toBeUndefined());
  await handle.end(exited(0));

  const other = await openBench();
  const sameThere = watch(other);
  const { handle: changed } = await firstAndSecond(other, () =>
    other.write('train.py', `${trainer}#`),
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(sameThere.earlier(changed.runId)).toBeUndefined();
  await changed.end(exited(0));
});

test('nothing is told to who does not want it', async () => {
  const bench = await openBench();
  const same = watch(bench, false);
  const { handle } = await firstAndSecond(bench);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(same.earlier(handle.runId)).toBeUndefined();
  await handle.end(exited(0));
});
