// Holds the client of the store in argv[2], a copy that may grow, as an extension host does, with the
// worker in argv[3]: how late its event loop is while nothing happens, and while points come in and one
// snapshot after the other is taken.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { Store } from '../../../src/store/store';
import { largeRun, largeRunCount } from './largeRuns';
import { openThroughClient } from './openThroughClient';
import { report } from './report';
import { median, timed } from './statistics';
import { metricKeys, pointChanges, startChanges, syntheticRun } from './syntheticRuns';

const windowMs = 20_000;
const pointsPerS = 5000;
/** Ten of them are one commit: a hundred points. */
const stepsPerS = pointsPerS / metricKeys.length;
const commitSteps = 10;

report(async (folder = '', workerPath = '') => {
  const store = openThroughClient(folder, workerPath);
  await store.getRun(largeRun(0).id);
  const commit = await recorder(store);
  await wait(2000);
  const idle = await delays(() => wait(windowMs));

  const fromMs = Date.now();
  const isOver = () => Date.now() > fromMs + windowMs;
  const commits: Promise<void>[] = [];
  const snapshotMs: number[] = [];
  const busy = await delays(async () => {
    const snapshots = async () => {
      while (!isOver()) snapshotMs.push(await timed(() => store.cleanUp('snapshot')));
    };
    const points = async () => {
      while (!isOver()) {
        const due = ((Date.now() - fromMs) / 1000) * stepsPerS;
        while (commits.length * commitSteps < due) commits.push(commit());
        await wait(5);
      }
    };
    await Promise.all([points(), snapshots()]);
    await Promise.all(commits);
  });
  const takenMs = Date.now() - fromMs;
  await store.close();
  return {
    loopDelayP99Ms: busy.p99Ms - idle.p99Ms,
    loopDelayMaxMs: busy.maxMs,
    idleLoopDelayP99Ms: idle.p99Ms,
    loopPointsPerS: (commits.length * commitSteps * metricKeys.length * 1000) / takenMs,
    snapshotMs: median(snapshotMs),
  };
});

async function delays(work: () => Promise<unknown>): Promise<{ p99Ms: number; maxMs: number }> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await work();
  histogram.disable();
  return { p99Ms: histogram.percentile(99) / 1e6, maxMs: histogram.max / 1e6 };
}

/** Makes a run with points for the whole time; each call commits its next steps. */
async function recorder(store: Store): Promise<() => Promise<void>> {
  const run = syntheticRun(2 * largeRunCount, (2 * windowMs * stepsPerS) / 1000);
  await store.commit(startChanges(run));
  let step = 0;
  return () => {
    step += commitSteps;
    return store.commit(pointChanges(run, step - commitSteps, step));
  };
}
