import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../../tools/start/step.cjs';
import { ensureBuilt } from '../store/ensureBuilt';
import { fillScript, requirements } from '../store/mlflowPython';
import { MlflowServer } from '../store/mlflowServer';
import type { SyntheticRun } from '../store/syntheticRuns';
import {
  curveKey,
  curveRun,
  curveSets,
  dashboardRunSources,
  sweepRun,
  sweepRunCount,
} from './dashboardRuns';

const databaseName = 'mlflow.db';
/** The only curves that MLflow gets: it has to answer for a hundred runs at most. */
export const mlflowCurves = 'curves-10k';

/**
 * An SQLite file of MLflow with the same runs of the sweep, of each metric the last point, and with the
 * curves of 10,000 points whole.
 */
export async function ensureDashboardMlflow(python: string): Promise<string> {
  const inputs = [
    ...[requirements, fillScript, join(__dirname, 'dashboardMlflow.ts')],
    ...dashboardRunSources,
  ];
  const folder = await ensureBuilt('dashboard-mlflow', inputs, async (building) => {
    const server = await MlflowServer.start(python, join(building, databaseName), building);
    await server.stop();
    const runsFile = join(building, 'runs.jsonl');
    for (let index = 0; index < sweepRunCount; index += 1) {
      const run = sweepRun(index);
      const metrics = Array.from(run.metrics, ([key, values]) => [key, values.at(-1)]);
      appendFileSync(runsFile, toLine(run, { metrics: Object.fromEntries(metrics) }));
    }
    for (let index = 0; index < curveSets[mlflowCurves].runCount; index += 1) {
      const run = curveRun(mlflowCurves, index);
      const values = Array.from(run.metrics.get(curveKey) ?? []);
      const steps = values.map((_, step) => step);
      const history = { [curveKey]: { steps, values, timesMs: Array.from(run.timesMs) } };
      appendFileSync(runsFile, toLine(run, { metrics: {}, history }));
    }
    await runCommand(python, [fillScript, join(building, databaseName), runsFile], {
      timeoutMs: 600_000,
    });
    rmSync(runsFile);
  });
  return join(folder, databaseName);
}

function toLine({ id, startedAtMs, timesMs, params }: SyntheticRun, points: object): string {
  const run = {
    ...{ id, startMs: startedAtMs, endMs: timesMs.at(-1), lastStep: timesMs.length - 1 },
    params: Object.fromEntries(params.map(({ key, value }) => [key, value])),
    ...points,
  };
  return `${JSON.stringify(run)}\n`;
}
