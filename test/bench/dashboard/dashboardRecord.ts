import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Store } from '../../../src/store/store';
import { repoRoot } from '../../../tools/vscodeHost/hostPaths';
import { ensureBuilt } from '../store/ensureBuilt';
import { openThroughClient } from '../store/openThroughClient';
import { pointChanges, type SyntheticRun } from '../store/syntheticRuns';
import {
  beginChanges,
  type CurveSet,
  curveRun,
  curveSets,
  dashboardRunSources,
  sweepRun,
  sweepRunCount,
} from './dashboardRuns';

/** Points of each metric in one commit. */
const commitPoints = 1000;
const runsAtOnce = 16;
/** A journal that is in two snapshots goes after this long at rest. */
const restMs = 65_000;

/**
 * The folder of a store with the runs of the sweep and of all sets of curves, all ended. Built once for
 * these runs and this form of a store; a store worker of a later version opens it as it would a user's.
 */
export function ensureDashboardRecord(workerPath: string): Promise<string> {
  const migrations = join(repoRoot, 'src', 'store', 'database', 'migrations');
  const inputs = [
    join(__dirname, 'dashboardRecord.ts'),
    ...dashboardRunSources,
    ...readdirSync(migrations).map((file) => join(migrations, file)),
  ];
  return ensureBuilt('dashboard-record', inputs, async (folder) => {
    const store = openThroughClient(folder, workerPath);
    const runs = allRuns();
    const record = async () => {
      for (const [experiment, run] of runs) await recordRun(store, experiment, run);
    };
    await Promise.all(Array.from({ length: runsAtOnce }, record));
    await store.close();
    await settle(folder, workerPath);
  });
}

function* allRuns(): Generator<readonly [experiment: string, run: SyntheticRun]> {
  for (let index = 0; index < sweepRunCount; index += 1) yield ['sweep', sweepRun(index)];
  // SAFETY: the keys of the record are the names of the sets.
  for (const set of Object.keys(curveSets) as CurveSet[]) {
    for (let index = 0; index < curveSets[set].runCount; index += 1) {
      yield [set, curveRun(set, index)];
    }
  }
}

async function recordRun(store: Store, experiment: string, run: SyntheticRun): Promise<void> {
  const { id, timesMs, startedAtMs } = run;
  await store.commit([...beginChanges(run, experiment), ...pointChanges(run, 0, commitPoints)]);
  for (let from = commitPoints; from < timesMs.length; from += commitPoints) {
    await store.commit(pointChanges(run, from, from + commitPoints));
  }
  const endedAtMs = timesMs.at(-1) ?? startedAtMs;
  await store.commit([{ kind: 'runEnded', runId: id, status: 'finished', endedAtMs, exitCode: 0 }]);
}

/** Leaves the store open until the journals have gone: at rest long enough, and in two snapshots. */
async function settle(folder: string, workerPath: string): Promise<void> {
  const store = openThroughClient(folder, workerPath);
  await wait(restMs);
  const { id } = sweepRun(0);
  for (const value of ['looked at', 'looked at again']) {
    await store.commit([{ kind: 'runEdited', runId: id, edit: { field: 'note', value } }]);
    await store.cleanUp('snapshot');
  }
  await store.close();
}
