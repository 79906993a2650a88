import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Store } from '../../../src/store/store';
import { ensureBuilt } from './ensureBuilt';
import {
  largePointCount,
  largeRun,
  largeRunCount,
  largeRunSources,
  longRun,
  longRunCount,
} from './largeRuns';
import { openThroughClient } from './openThroughClient';
import { pointChanges, type SyntheticRun, startChanges } from './syntheticRuns';

/** Points of each metric in one commit. */
const largeCommitPoints = 25;
const longCommitPoints = 1000;
/** Trainings side by side, so that the build is not all waiting for the disk. */
const runsAtOnce = 16;
/** A journal that is in two snapshots goes after this long at rest. */
const restMs = 65_000;

/**
 * 10,000 runs × 10 params × 10 metrics × 100 points, all ended. Built once for this worker and these
 * runs, by commits such as a recorder makes; closed, reopened and left until the journals that two
 * snapshots contain have gone.
 */
export function ensureLargeStore(workerPath: string): Promise<string> {
  return ensureBuilt('store-10M', inputs(workerPath), async (folder) => {
    const store = openThroughClient(folder, workerPath);
    let next = 0;
    const record = async () => {
      while (next < largeRunCount) await recordRun(store, largeRun(next++), largeCommitPoints);
    };
    await Promise.all(Array.from({ length: runsAtOnce }, record));
    await checkPointCount(store);
    await store.close();
    await settle(folder, workerPath);
  });
}

/** A copy of the large store with ten series of 100,000 points more. */
export async function ensureLongSeriesStore(workerPath: string): Promise<string> {
  const large = await ensureLargeStore(workerPath);
  return ensureBuilt('store-long', inputs(workerPath), async (folder) => {
    cpSync(large, folder, { recursive: true });
    const store = openThroughClient(folder, workerPath);
    for (let index = 0; index < longRunCount; index++) {
      await recordRun(store, longRun(index), longCommitPoints);
    }
    await store.close();
  });
}

function inputs(workerPath: string): string[] {
  return [workerPath, join(__dirname, 'largeStore.ts'), ...largeRunSources];
}

async function recordRun(store: Store, run: SyntheticRun, commitPoints: number): Promise<void> {
  const { id, timesMs, startedAtMs } = run;
  await store.commit(startChanges(run));
  for (let from = 0; from < timesMs.length; from += commitPoints) {
    await store.commit(pointChanges(run, from, from + commitPoints));
  }
  const endedAtMs = timesMs.at(-1) ?? startedAtMs;
  await store.commit([{ kind: 'runEnded', runId: id, status: 'finished', endedAtMs, exitCode: 0 }]);
}

/** Leaves the store open until the journals have gone: at rest long enough, and in two snapshots. */
async function settle(folder: string, workerPath: string): Promise<void> {
  const store = openThroughClient(folder, workerPath);
  const [run] = await store.listRuns({ limit: 1 });
  if (run === undefined) throw new Error(`The store in ${folder} has no runs.`);
  await wait(restMs);
  for (const value of ['looked at', 'looked at again']) {
    await store.commit([{ kind: 'runEdited', runId: run.id, edit: { field: 'note', value } }]);
    await store.cleanUp('snapshot');
  }
  await store.close();
}

/** A store that lost something would be measured as smaller and faster than it is. */
async function checkPointCount(store: Store): Promise<void> {
  const counts = (await store.listRuns()).flatMap(({ metrics }) =>
    metrics.map(({ count }) => count),
  );
  const points = counts.reduce((sum, count) => sum + count, 0);
  if (points !== largePointCount) throw new Error(`The large store has ${points} points.`);
}
