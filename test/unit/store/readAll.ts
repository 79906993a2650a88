import type { Store } from '../../../src/store/store';

/** All that a store can be asked, in a form that can be compared. */
export async function readAll(store: Store) {
  const runs = await store.listRuns({ includeDeleted: true });
  const series: Record<string, unknown> = {};
  const files: Record<string, unknown> = {};
  for (const run of runs) {
    files[run.id] = await store.listFiles(run.id);
    for (const { key } of run.metrics) {
      const { steps, values, timesMs } = await store.readSeries(run.id, key);
      series[`${run.id} ${key}`] = [[...steps], [...values], [...timesMs]];
    }
  }
  return {
    runs,
    series,
    files,
    views: await store.listViews(),
    checkpoints: await store.listCheckpoints({ includeDeleted: true }),
  };
}
