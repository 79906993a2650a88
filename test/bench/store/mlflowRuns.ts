import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../../tools/start/step.cjs';
import { ensureBuilt } from './ensureBuilt';
import { largeRun, largeRunCount, largeRunSources } from './largeRuns';
import { fillScript, requirements } from './mlflowPython';
import { MlflowServer } from './mlflowServer';

/**
 * An SQLite file of MLflow with the same 10,000 runs, params and metrics. REST would take hours to fill
 * it, so the rows are written straight into the schema that the server made; each metric has one point
 * of its hundred, which can only make MLflow faster.
 */
export async function ensureMlflowRuns(python: string): Promise<string> {
  const inputs = [requirements, fillScript, join(__dirname, 'mlflowRuns.ts'), ...largeRunSources];
  const folder = await ensureBuilt('mlflow-10k', inputs, async (building) => {
    const server = await MlflowServer.start(python, join(building, databaseName), building);
    await server.stop();
    const runsFile = join(building, 'runs.jsonl');
    writeFileSync(
      runsFile,
      Array.from({ length: largeRunCount }, (_, index) => rowsOf(index)).join(''),
    );
    await runCommand(python, [fillScript, join(building, databaseName), runsFile]);
    rmSync(runsFile);
  });
  return join(folder, databaseName);
}

const databaseName = 'mlflow.db';

/**
 * Lets SQLite look at the tables, so that its planner knows their sizes. MLflow never does that by
 * itself; it changes how its searches are planned.
 */
export async function analyze(python: string, database: string): Promise<void> {
  const script = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('ANALYZE')";
  await runCommand(python, ['-c', script, database]);
}

/** One line of what the script reads. */
function rowsOf(index: number): string {
  const { id, startedAtMs, timesMs, params, metrics } = largeRun(index);
  const run = {
    id,
    startMs: startedAtMs,
    endMs: timesMs.at(-1),
    lastStep: timesMs.length - 1,
    params: Object.fromEntries(params.map(({ key, value }) => [key, value])),
    metrics: Object.fromEntries(Array.from(metrics, ([key, values]) => [key, values.at(-1)])),
  };
  return `${JSON.stringify(run)}\n`;
}
