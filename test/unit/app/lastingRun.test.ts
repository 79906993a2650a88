import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Companion, Subject } from '../../../src/app/companion';
import type { LastingRun, RecordingHandle } from '../../../src/app/recordingStart';
import type { Run, RunId } from '../../../src/core/run/run';
import '../../support/propertySeed';
import { exited, openBench, type RecordingBench, soon } from './recordingBench';

const runId = 'a-lasting-run' as RunId;
const bar = (step: number) =>
  `\rtrain: ${step * 10}%|${'█'.repeat(step)}| ${step}/10 [00:0${step}<00:01, 3it/s, loss=${(1 / step).toFixed(3)}]`;
const output = [
  'größer 🚀\r\n',
  ...Array.from({ length: 10 }, (_, index) => bar(index + 1)),
  '\r\n',
  ...[1, 2, 3, 4].flatMap((epoch) => [
    `epoch ${epoch}/4 | loss ${1 / epoch} | val_acc 0.${epoch}\r\n`,
    `epochlog: score=0.${epoch}5 step=${epoch}\r\n`,
  ]),
  'test_acc=0.75\r\n',
].join('');
const bytes = new TextEncoder().encode(output);

const isInBar = (at: number) => at > bytes.indexOf(0x0d, 12) && at < bytes.lastIndexOf(0x5d);
/** Where a window may stop to read: between characters, and between the frames of the bar. */
const ends = Array.from({ length: bytes.length }, (_, at) => at + 1).filter(
  (at) =>
    at === bytes.length || (isInBar(at) ? bytes[at] === 0x0d : ((bytes[at] ?? 0) & 0xc0) !== 0x80),
);

async function start(bench: RecordingBench): Promise<RecordingHandle> {
  const lasting: LastingRun = {
    runId,
    startedAtMs: 1000,
    progress: await bench.store.readProgress(runId),
  };
  const handle = bench.commands.start('python train.py --lr 0.1', bench.root, {
    kind: 'launch',
    isWanted: true,
    lasting,
  });
  if (!handle) throw new Error('it is recorded');
  // A window that is killed here goes on in truth, so nothing of it may still be under way.
  await soon(async () => expect((await bench.store.readProgress(runId)).run).toBeDefined());
  await handle.settled();
  return handle;
}

/** Gives the output from its beginning, cut at these bytes, and as printed at second `endByte`. */
async function play(handle: RecordingHandle, cuts: readonly number[]): Promise<void> {
  let from = 0;
  for (const endByte of cuts) {
    handle.push(new TextDecoder().decode(bytes.subarray(from, endByte)), {
      endByte,
      atMs: endByte * 1000,
    });
    await handle.settled();
    from = endByte;
  }
}

/** What does not depend on when the windows looked: without samples of the bar while it was drawn. */
async function recorded({ store }: RecordingBench, { metrics }: Run): Promise<unknown> {
  // Which of two series of one moment comes first depends on what was read together.
  const keys = metrics.map(({ key }) => key).sort();
  const series = await Promise.all(
    keys.map(async (key) => {
      const { steps, values } = await store.readSeries(runId, key);
      return [
        key,
        key === 'train/loss' ? [steps.at(-1), values.at(-1)] : [[...steps], [...values]],
      ];
    }),
  );
  return { series, log: new TextDecoder().decode(await store.readLog(runId)) };
}

async function whole(): Promise<unknown> {
  const bench = await openBench();
  const handle = await start(bench);
  await play(handle, [bytes.length]);
  await handle.end(exited(0), 90_000);
  return recorded(bench, await bench.onlyRun());
}

test('windows that follow each other record each point and each byte of the log once', async () => {
  const expected = await whole();
  expect(JSON.stringify(expected)).toContain('epoch 4/4');
  expect(JSON.stringify(expected)).toContain('["score",[[1,2,3,4],[0.15,0.25,0.35,0.45]]]');
  const cuts = fc
    .uniqueArray(fc.constantFrom(...ends), { minLength: 1, maxLength: 12 })
    .map((all) => all.sort((a, b) => a - b));
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ cuts, end: fc.constantFrom('leaves', 'killed', 'killedBeforeTheLog') }),
        { minLength: 1, maxLength: 3 },
      ),
      async (windows) => {
        let bench = await openBench();
        for (const { cuts, end } of windows) {
          if (end === 'killedBeforeTheLog') {
            bench.store.appendLog = () => Promise.reject(new Error('killed'));
          }
          const handle = await start(bench);
          await play(handle, cuts);
          if (end === 'leaves') await bench.recorder.endAll({ kind: 'lost' });
          expect(bench.errors.filter(({ message }) => message !== 'killed')).toEqual([]);
          bench = await openBench({ besides: bench });
        }
        const handle = await start(bench);
        await play(handle, [bytes.length]);
        await handle.end(exited(0), 90_000);
        const run = await bench.onlyRun();
        expect(run).toMatchObject({
          status: 'finished',
          startedAtMs: 1000,
          endedAtMs: 90_000,
          params: [{ key: 'lr', value: '0.1' }],
        });
        expect(await recorded(bench, run)).toEqual(expected);
        const { steps } = await bench.store.readSeries(runId, 'train/loss');
        expect(new Set(steps).size).toBe(steps.length);
      },
    ),
    { numRuns: 15 },
  );
}, 120_000);

test('a file that is read again from its beginning counts once, and what is printed beside it not', async () => {
  const report = (values: readonly number[]) => ({
    metrics: values.map((value, step) => ({ key: 'loss', value, step })),
    ...{ live: [], params: [], artifacts: [] },
  });
  let subject: Subject | undefined;
  const companion: Companion = {
    accompany(given) {
      subject = given;
      return {};
    },
  };
  let bench = await openBench({ companions: [companion] });
  let handle = await start(bench);
  await play(handle, [bytes.length - 60]);
  subject?.report(report([3, 2]));
  await handle.settled();
  await bench.recorder.endAll({ kind: 'lost' });
  bench = await openBench({ companions: [companion], besides: bench });
  handle = await start(bench);
  subject?.report(report([3, 2, 1]));
  await play(handle, [bytes.length]);
  await handle.end(exited(0), 90_000);
  expect([...(await bench.store.readSeries(runId, 'loss')).values]).toEqual([3, 2, 1]);
  expect([...(await bench.store.readSeries(runId, 'val_acc')).values]).toEqual([
    0.1, 0.2, 0.3, 0.4,
  ]);
  expect(bench.errors).toEqual([]);
});
