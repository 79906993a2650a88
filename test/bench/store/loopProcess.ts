// Holds the client of the store in argv[2], a copy that may grow, as an extension host does, with the
// worker in argv[3]: how late its event loop is while nothing happens, and while points come in and a
// snapshot is taken.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunId } from '../../../src/core/run/run';
import type { Store } from '../../../src/store/store';
import { largeRun, largeRunCount } from './largeRuns';
import { openThroughClient } from './openThroughClient';
import { report } from './report';
import { timed } from './statistics';
import { journalBytes, snapshotAtMs } from './storeFiles';
import { pointChanges, type SyntheticRun, startChanges, syntheticRun } from './syntheticRuns';

const pointsPerS = 5000;
const commitPoints = 100;
const metricCount = 10;
/** At most this long for the snapshot to come. */
const deadlineMs = 120_000;
const windowMs = 10_000;
/** A snapshot is due at 16 MiB of journals; the last bit comes at the pace that is measured. */
const preloadedBytes = 16 * 1024 * 1024 - 128 * 1024;

report(async (folder = '', workerPath = '') => {
  const store = openThroughClient(folder, workerPath);
  await store.getRun(largeRun(0).id);
  await preload(store, folder);
  const run = await started(store, 1, (deadlineMs / 1000) * (pointsPerS / metricCount));
  await wait(2000);

  const idle = await delays(() => wait(windowMs));
  const fromMs = Date.now();
  let sent = 0;
  const busy = await delays(async () => {
    const commits: Promise<void>[] = [];
    const isOver = () => Date.now() > fromMs + windowMs && snapshotAtMs(folder) > fromMs;
    while (!isOver()) {
      if (Date.now() > fromMs + deadlineMs) throw new Error('No snapshot was taken.');
      await wait(5);
      const due = ((Date.now() - fromMs) / 1000) * pointsPerS;
      for (; sent + commitPoints <= due; sent += commitPoints) {
        const step = sent / metricCount;
        commits.push(store.commit(pointChanges(run, step, step + commitPoints / metricCount)));
      }
    }
    await Promise.all(commits);
  });
  const sentPerS = sent / ((Date.now() - fromMs) / 1000);
  await store.commit(pointChanges(run, 0, 1));
  // Which takes a snapshot, as there is something new.
  const snapshotMs = await timed(() => store.close());
  return {
    loopDelayP99Ms: busy.p99Ms - idle.p99Ms,
    loopDelayMaxMs: busy.maxMs,
    idleLoopDelayP99Ms: idle.p99Ms,
    loopPointsPerS: sentPerS,
    snapshotMs,
  };
});

async function delays(work: () => Promise<void>): Promise<{ p99Ms: number; maxMs: number }> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await work();
  histogram.disable();
  return { p99Ms: histogram.percentile(99) / 1e6, maxMs: histogram.max / 1e6 };
}

/** Fills the journals until the next snapshot is nearly due. */
async function preload(store: Store, folder: string): Promise<void> {
  const startBytes = journalBytes(folder);
  const steps = 10_000;
  const run = await started(store, 0, steps);
  for (let times = 0; ; times++) {
    // The same points under another name, as making points takes longer than storing them.
    // SAFETY: an id may be any text.
    const id = `${run.id}${times}` as RunId;
    await store.commit(startChanges({ ...run, id }));
    for (let from = 0; from < steps; from += 100) {
      if (journalBytes(folder) - startBytes >= preloadedBytes) return;
      await store.commit(pointChanges({ ...run, id }, from, from + 100));
    }
  }
}

async function started(store: Store, index: number, stepCount: number): Promise<SyntheticRun> {
  const run = syntheticRun(2 * largeRunCount + index, stepCount);
  await store.commit(startChanges(run));
  return run;
}
