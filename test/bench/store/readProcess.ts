// Reads the long series of the store in argv[2] with the worker in argv[3], whole and thinned, in
// turns over all of them; the first turn is the warm-up.
import { largeRun, longKey, longRunCount, longRunId, longStepCount } from './largeRuns';
import { openThroughClient } from './openThroughClient';
import { report } from './report';
import { median, timed } from './statistics';

const turns = 11;
const buckets = 1600;

report(async (folder = '', workerPath = '') => {
  const store = openThroughClient(folder, workerPath);
  await store.getRun(largeRun(0).id);
  const runIds = Array.from({ length: longRunCount }, (_, index) => longRunId(index));
  const wholeMs: number[] = [];
  const thinnedMs: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    for (const id of runIds) {
      wholeMs.push(
        await timed(async () => {
          const { values } = await store.readSeries(id, longKey);
          if (values.length !== longStepCount) throw new Error(`${values.length} points were read`);
        }),
      );
    }
    // As a chart asks for ten lines: at once.
    thinnedMs.push(
      await timed(() =>
        Promise.all(runIds.map((id) => store.readThinnedSeries(id, longKey, buckets))),
      ),
    );
  }
  await store.close();
  return {
    seriesReadMs: median(wholeMs.slice(longRunCount)),
    seriesFirstReadMs: wholeMs[0] ?? Number.NaN,
    thinnedReadMs: median(thinnedMs.slice(1)),
    thinnedFirstReadMs: thinnedMs[0] ?? Number.NaN,
  };
});
