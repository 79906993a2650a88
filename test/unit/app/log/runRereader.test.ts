import { expect, test } from 'vitest';
import type { Companion } from '../../../../src/app/companion';
import { createLogService } from '../../../../src/app/log/logService';
import { checkReadable, createRunRereader } from '../../../../src/app/log/runRereader';
import type { MetricPattern } from '../../../../src/core/extract/patterns/metricPattern';
import { describeReread } from '../../../../src/core/present/describeReread';
import type { Run, RunId } from '../../../../src/core/run/run';
import { Cancelled } from '../../../../src/core/userError';
import { serveInMemory } from '../memoryRpc';
import { exited, openBench, type RecordingBench, soon } from '../recordingBench';

const odd: MetricPattern = { name: 'odd', pattern: 'oddity is (?<value>{number})' };
const goesOn = { isCancelled: () => false, onProgress: () => {} };
const unchanged = { added: [], changed: [], removed: [], paramCount: 0, isCut: false };

function readerOf({ store }: RecordingBench, patterns: readonly MetricPattern[] = []) {
  return createRunRereader(store, serveInMemory(createLogService()), () => patterns);
}

async function seriesOf({ store }: RecordingBench, { id }: Run, key: string) {
  const { steps, values, timesMs } = await store.readSeries(id, key);
  return { steps: [...steps], values: [...values], timesMs: [...timesMs] };
}

const epochs = [1, 2, 3].map((n) => `Epoch ${n}/3 loss=0.${9 - n} acc=0.${n}\noddity is ${n}.5\n`);

test('a log that gives the same changes nothing, however often it is read', async () => {
  const bench = await openBench();
  await bench.play('python train.py --lr 0.1', ['Namespace(seed=3)\n', ...epochs]);
  const run = await bench.onlyRun();
  const before = bench.store.changes.length;
  for (let time = 0; time < 2; time++) {
    const summary = await readerOf(bench).reread(run, goesOn);
    expect(summary).toMatchObject(unchanged);
    expect(describeReread(summary)).toBe('The log was read again. Nothing has changed.');
  }
  expect(bench.store.changes.length).toBe(before);
});

test('a new pattern adds its series, with times among those that were recorded', async () => {
  const bench = await openBench();
  const handle = bench.commands.start('python train.py', bench.root);
  for (const [index, epoch] of epochs.entries()) {
    handle?.push(epoch);
    await soon(async () =>
      expect((await bench.onlyRun()).metrics).toMatchObject([{ count: index + 1 }, {}]),
    );
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  await handle?.end(exited(0));
  const run = await bench.onlyRun();
  const loss = await seriesOf(bench, run, 'loss');
  const summary = await readerOf(bench, [odd]).reread(run, goesOn);
  expect(summary).toMatchObject({ ...unchanged, added: ['odd'], pointsBefore: 0, pointsAfter: 3 });
  const found = await seriesOf(bench, run, 'odd');
  expect(found.values).toEqual([1.5, 2.5, 3.5]);
  expect(found.steps).toEqual([1, 2, 3]);
  // Between the first and the last point of the loss, or the end.
  const [first = 0] = found.timesMs;
  expect(first).toBeGreaterThanOrEqual(loss.timesMs[0] ?? 0);
  expect(found.timesMs).toEqual([...found.timesMs].sort((a, b) => a - b));
  expect(found.timesMs.at(-1)).toBeLessThanOrEqual(run.endedAtMs ?? 0);
  expect(await seriesOf(bench, run, 'loss')).toEqual(loss);
  expect(await readerOf(bench, [odd]).reread(run, goesOn)).toMatchObject(unchanged);
  // Without the pattern its series goes again.
  expect(await readerOf(bench).reread(run, goesOn)).toMatchObject({ removed: ['odd'] });
  expect((await bench.onlyRun()).metrics.map(({ key }) => key)).toEqual(['loss', 'acc']);
});

test('what an earlier extractor made of it goes, and points that stay keep their times', async () => {
  const bench = await openBench();
  await bench.play('python train.py', epochs);
  const run = await bench.onlyRun();
  const wrong = (key: string, values: readonly number[]) => ({
    kind: 'pointsAppended' as const,
    runId: run.id,
    key,
    steps: Float64Array.from(values, () => 7),
    values: Float64Array.from(values),
    timesMs: Float64Array.from(values, () => run.startedAtMs),
  });
  const before = await seriesOf(bench, run, 'loss');
  await bench.store.commit([wrong('false', [1, 2]), wrong('loss', [99])]);
  const summary = await readerOf(bench).reread(await bench.onlyRun(), goesOn);
  expect(summary).toMatchObject({ added: [], changed: ['loss'], removed: ['false'] });
  expect(describeReread(summary)).toBe(
    'The log was read again. loss has other points; false is gone (3 points fewer).',
  );
  expect(await seriesOf(bench, run, 'loss')).toEqual(before);
});

test('what files, clients and the machine told stays as it is', async () => {
  const companion: Companion = {
    accompany: (subject) => ({
      async ended() {
        subject.report({
          ...{ live: [], params: [], artifacts: [] },
          metrics: [
            { key: 'loss', value: 0.87654, epoch: 1 },
            { key: 'from_file', value: 5, epoch: 1 },
          ],
        });
        await subject.record([
          {
            kind: 'pointsAppended',
            runId: subject.runId,
            key: 'system/cpu',
            steps: new Float64Array([Number.NaN]),
            values: new Float64Array([50]),
            timesMs: new Float64Array([subject.startedAtMs]),
          },
        ]);
      },
    }),
  };
  const bench = await openBench({ companions: [companion] });
  await bench.play('python train.py', [...epochs, 'system/cpu=7\n']);
  const run = await bench.onlyRun();
  const told = ['loss', 'from_file', 'system/cpu'];
  const before = await Promise.all(told.map((key) => seriesOf(bench, run, key)));
  const patterns = [odd, { name: 'from_file', pattern: 'acc=(?<value>{number})' }];
  const summary = await readerOf(bench, patterns).reread(run, goesOn);
  expect(summary).toMatchObject({ added: ['odd'], removed: ['acc'], changed: [] });
  expect(await Promise.all(told.map((key) => seriesOf(bench, run, key)))).toEqual(before);
});

test('what a bar showed in passing stays', async () => {
  const bench = await openBench();
  const handle = bench.commands.start('python train.py', bench.root);
  const frame = (n: number) =>
    `\r${n * 10}%|█| ${n}/10 [00:01<00:02, 2.1it/s, loss=0.${9 - (n % 9)}]`;
  for (let n = 1; n <= 9; n++) {
    handle?.push(frame(n));
    if (n % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 520));
  }
  handle?.push(`${frame(10)}\n`);
  await handle?.end(exited(0));
  const run = await bench.onlyRun();
  const before = await seriesOf(bench, run, 'loss');
  expect(before.values.length).toBeGreaterThan(2);
  expect(await readerOf(bench).reread(run, goesOn)).toMatchObject(unchanged);
  expect(await seriesOf(bench, run, 'loss')).toEqual(before);
});

test('of a log that is not whole only what is new is taken', async () => {
  const bench = await openBench();
  await bench.store.setLimits({ maxLogBytes: 60, maxTotalBytes: 0 });
  await bench.play('python train.py', epochs);
  const run = await soon(async () => {
    const now = await bench.onlyRun();
    expect(now.logLeftOut).toBeDefined();
    return now;
  });
  const before = await seriesOf(bench, run, 'loss');
  const summary = await readerOf(bench, [odd]).reread(run, goesOn);
  expect(summary).toMatchObject({ added: ['odd'], changed: [], removed: [], isCut: true });
  expect(describeReread(summary)).toMatch(/not whole, so what was recorded before stays/);
  expect(await seriesOf(bench, run, 'loss')).toEqual(before);
});

test('params that are printed are added, but never in the place of what was typed', async () => {
  const bench = await openBench();
  await bench.play('python train.py --lr 0.1', ['Epoch 1 loss=0.5\n']);
  const run = await bench.onlyRun();
  await bench.store.appendLog(run.id, Buffer.from('Namespace(lr=0.2, seed=3)\n'));
  expect(await readerOf(bench).reread(run, goesOn)).toMatchObject({ paramCount: 1 });
  expect((await bench.onlyRun()).params).toEqual([
    { key: 'lr', value: '0.1', origin: 'argv' },
    { key: 'seed', value: '3', origin: 'printed' },
  ]);
});

test('a run without a log to read says so', async () => {
  const bench = await openBench();
  await bench.play('python train.py', epochs);
  const run = await bench.onlyRun();
  const cell = { kind: 'notebook', notebook: 'a.ipynb', cellIndex: 0, cellSource: '' } as const;
  expect(() => checkReadable({ ...run, status: 'running' })).toThrow(/still running/);
  expect(() => checkReadable({ ...run, source: cell })).toThrow(/Run the cell again/);
  const reader = readerOf(bench, [odd]);
  const reasons: readonly (readonly [Partial<Run>, RegExp])[] = [
    [{ id: 'unknown' as RunId }, /printed nothing/],
    [{ id: 'unknown' as RunId, logLeftOut: { bytes: 5, why: 'cleanUp' } }, /log/i],
  ];
  for (const [fields, reason] of reasons) {
    await expect(reader.reread({ ...run, ...fields }, goesOn)).rejects.toThrow(reason);
  }
});

test('one that is cancelled changes nothing', async () => {
  const bench = await openBench();
  await bench.play('python train.py', epochs);
  const run = await bench.onlyRun();
  const shares: number[] = [];
  const reading = readerOf(bench, [odd]).reread(run, {
    isCancelled: () => shares.length > 0,
    onProgress: (share) => shares.push(share),
  });
  await expect(reading).rejects.toThrow(Cancelled);
  expect(shares).toEqual([1]);
  expect((await bench.onlyRun()).metrics.map(({ key }) => key)).toEqual(['loss', 'acc']);
});

test('a log of several trainings is left to their runs', async () => {
  const bench = await openBench();
  const folds = [1, 2, 3].map(
    (fold) =>
      `Fold ${fold}/3\n${[1, 2, 3].map((n) => `Epoch ${n}/3 loss=0.${10 - n}${fold}\noddity is ${n}.5\n`).join('')}`,
  );
  await bench.play('python train.py', folds);
  const runs = await bench.store.listRuns();
  const whole = runs.find(({ parentId }) => parentId === undefined);
  const part = runs.find(({ parentId }) => parentId !== undefined);
  if (!whole || !part) throw new Error('no parts');
  const before = bench.store.changes.length;
  await expect(readerOf(bench, [odd]).reread(whole, goesOn)).rejects.toThrow(/several trainings/);
  await expect(readerOf(bench, [odd]).reread(part, goesOn)).rejects.toThrow(/part of another/);
  expect(bench.store.changes.length).toBe(before);
});

test('of a log that says that output is missing in it what was recorded stays', async () => {
  const bench = await openBench();
  const hole = '[Epochlog left out 9 characters of output before this]\r\n';
  await bench.play('python train.py', [hole, ...epochs]);
  const run = await bench.onlyRun();
  const column = Float64Array.of(1);
  const points = { kind: 'pointsAppended', runId: run.id, steps: column, values: column } as const;
  await bench.store.commit([{ ...points, key: 'gone', timesMs: column }]);
  const summary = await readerOf(bench).reread(run, goesOn);
  expect(summary).toMatchObject({ removed: [] });
  expect((await bench.onlyRun()).metrics.map(({ key }) => key)).toContain('gone');
});
