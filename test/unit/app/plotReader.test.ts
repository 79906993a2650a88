import { expect, test } from 'vitest';
import { createPlotReader } from '../../../src/app/plotReader';
import { createPlotService } from '../../../src/app/plotService';
import { valueAt } from '../../../src/core/plot/runColumn';
import { sampleRuns } from '../../page/support/sampleRuns';
import { serveInMemory } from './memoryRpc';

const openReader = () =>
  createPlotReader({
    store: {
      readFigures: async (runIds, [field]) => [
        new Float64Array(runIds.length).fill(
          field?.kind === 'metricAt' ? field.step / 5 : Number.NaN,
        ),
      ],
    },
    service: serveInMemory(createPlotService()),
    now: () => 0,
  });

test('has a column a field, and nothing where it is none', async () => {
  const plots = openReader();
  const runs = sampleRuns(1_200);
  const columns = await plots.columns(runs, [
    'params.lr',
    'no field(',
    'best(metrics.val_acc)',
    'at(metrics.loss, 2)',
    'mean(metrics.loss, 3)',
  ]);
  for (const row of [0, 499, 500, 1_199]) {
    const run = runs[row];
    const best = run?.metrics.find(({ key }) => key === 'val_acc')?.best;
    const lr = Number(run?.params.find(({ key }) => key === 'lr')?.value);
    expect(columns.map((column) => valueAt(column, row))).toEqual([
      lr,
      undefined,
      best,
      0.4,
      undefined,
    ]);
  }
});

test('explains a metric by the params that vary', async () => {
  const plots = openReader();
  const result = await plots.importance(sampleRuns(40), 'best(metrics.val_acc)');
  expect(result).toMatchObject({ verdict: 'said', runCount: 40 });
  expect(result.params.map(({ name }) => name).toSorted()).toEqual(['hidden', 'lr']);
  await expect(plots.importance(sampleRuns(4), '(')).rejects.toThrow('Choose a metric');
});

test('never holds the window up for long with 10,000 runs', async () => {
  const plots = openReader();
  const runs = sampleRuns(10_000);
  let worstMs = 0;
  let last = performance.now();
  const timer = setInterval(() => undefined, 0);
  const watch = () => {
    worstMs = Math.max(worstMs, performance.now() - last);
    last = performance.now();
    if (isOpen) setImmediate(watch);
  };
  let isOpen = true;
  setImmediate(watch);
  await plots.fieldChoices(runs);
  await plots.columns(runs, ['params.lr', 'params.hidden', 'best(metrics.val_acc)', 'duration']);
  isOpen = false;
  clearInterval(timer);
  expect(worstMs).toBeLessThan(200);
});
