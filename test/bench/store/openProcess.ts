// Opens the store in argv[2] with the worker in argv[3], asks it what a window asks, and says how
// long the first answer took and what all of this process weighs then.
import { openThroughClient } from './openThroughClient';
import { report } from './report';
import { tableQueries, tableRows, toRunQuery } from './tableQueries';

/** So that what is only in flight is not counted. */
const restMs = 1000;

report(async (folder = '', workerPath = '') => {
  const startedAt = performance.now();
  const store = openThroughClient(folder, workerPath);
  const newest = await store.listRuns({ limit: tableRows });
  const openMs = performance.now() - startedAt;
  for (const query of tableQueries.slice(0, 10)) await store.listRuns(toRunQuery(query));
  for (const run of newest.slice(0, 10)) {
    for (const { key } of run.metrics) await store.readSeries(run.id, key);
  }
  await new Promise((resolve) => setTimeout(resolve, restMs));
  const residentMB = process.memoryUsage.rss() / 1e6;
  const residentPeakMB = (process.resourceUsage().maxRSS * 1024) / 1e6;
  await store.close();
  return { openMs, residentMB, residentPeakMB };
});
