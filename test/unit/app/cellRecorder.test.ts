import { expect, test, vi } from 'vitest';
import { type CellStart, createCellRecorder } from '../../../src/app/cellRecorder';
import type { Outcome } from '../../../src/core/recording/recordingReducer';
import type { CheckpointId } from '../../../src/core/run/run';
import { type BenchOptions, openBench } from './recordingBench';

const succeeded: Outcome = { kind: 'cell', success: true };
const training = 'model.fit(x, y, epochs=epochs)';

async function openCells(options?: BenchOptions) {
  const bench = await openBench(options);
  const cells = createCellRecorder(bench.recorder, bench.store, bench.workspace);
  const takeCheckpoint = vi.fn(async () => 'c1' as CheckpointId);
  const start = (cellSource: string, more: Partial<CellStart> = {}) =>
    cells.start({
      source: {
        notebook: 'explore.ipynb',
        cellId: 'abc',
        cellIndex: 1,
        cellSource,
        executionOrder: 4,
      },
      sources: ['lr = 0.01\nepochs = 3', cellSource],
      folder: bench.root,
      takeCheckpoint,
      ...more,
    });
  return { ...bench, start, takeCheckpoint };
}

test('a training cell is a run with its exact source, its params and its checkpoint', async () => {
  const { start, onlyRun, takeCheckpoint, errors } = await openCells();
  const source = `epochs = 5\n${training}  # größer\n`;
  const handle = start(source);
  handle?.push('epoch 1 loss=0.5\n');
  expect(await handle?.end(succeeded)).toBe(true);
  const run = await onlyRun();
  expect(run).toMatchObject({
    experiment: 'explore.ipynb',
    status: 'finished',
    source: {
      kind: 'notebook',
      notebook: 'explore.ipynb',
      cellId: 'abc',
      cellIndex: 1,
      cellSource: source,
      executionOrder: 4,
    },
    checkpointId: 'c1',
    metrics: [{ key: 'loss', last: 0.5 }],
  });
  expect(run.params).toContainEqual({ key: 'epochs', value: '5', origin: 'cell' });
  expect(takeCheckpoint).toHaveBeenCalledTimes(1);
  expect(errors).toEqual([]);
});

test('a training cell that prints nothing and raises is a run that failed', async () => {
  const { start, onlyRun } = await openCells();
  expect(await start(training)?.end({ kind: 'cell', success: false })).toBe(true);
  expect(await onlyRun()).toMatchObject({ status: 'failed', metrics: [], checkpointId: 'c1' });
});

test('another cell that prints a metric is a run too', async () => {
  const { start, onlyRun } = await openCells();
  const handle = start('report(model)');
  handle?.push('val_loss: 0.25\nval_acc: 0.9\n');
  await handle?.end(succeeded);
  expect((await onlyRun()).metrics.map(({ key }) => key)).toEqual(['val_loss', 'val_acc']);
});

test('a cell that neither trains nor prints a metric leaves nothing, and no checkpoint', async () => {
  const { start, store, takeCheckpoint } = await openCells();
  const handle = start('def train():\n    model.fit(x, y)\n');
  handle?.push('1257 images to train on, 540 to validate\n');
  expect(await handle?.end(succeeded)).toBe(false);
  expect(await store.listRuns()).toEqual([]);
  expect(takeCheckpoint).not.toHaveBeenCalled();
});

test('a notebook too large for a checkpoint has a run without one', async () => {
  const { start, onlyRun } = await openCells();
  const handle = start(training, { takeCheckpoint: async () => undefined });
  await handle?.end(succeeded);
  expect(await onlyRun()).not.toHaveProperty('checkpointId');
});

test('how far the result can be trusted is kept with the run, and costs it nothing if it cannot be told', async () => {
  const { start, onlyRun } = await openCells();
  const trust = { verdict: 'stale', faults: ['This cell was edited since it ran.'] } as const;
  await start(training, { readTrust: async () => trust })?.end(succeeded);
  expect(await onlyRun()).toMatchObject({ checkpointId: 'c1', trust });

  const other = await openCells();
  const fails = () => Promise.reject(new Error('the worker ended'));
  await other.start(training, { readTrust: fails })?.end(succeeded);
  expect(await other.onlyRun()).toMatchObject({ checkpointId: 'c1' });
});

test('an excluded notebook and a paused window record nothing', async () => {
  const excluded = await openCells({ policy: { excludePaths: ['*.ipynb'] } });
  expect(excluded.start(training)).toBeUndefined();
  const paused = await openCells({ paused: true });
  expect(paused.start(training)).toBeUndefined();
});
