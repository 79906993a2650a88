import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../../../tools/start/step.cjs';
import { ensureMlflow } from '../store/mlflowPython';
import { MlflowServer } from '../store/mlflowServer';
import type { Figures } from '../store/report';
import { median, timed } from '../store/statistics';
import { ensureDashboardMlflow, mlflowCurves } from './dashboardMlflow';
import { curveKey } from './dashboardRuns';
import { runIdsOf } from './measureCharts';

const rounds = 5;
/** What MLflow's own charts ask for, of each run. */
const pointsOfRun = 320;
/** What its table shows at first. */
const rowsOfPage = 100;

/** An MLflow that can be started, or why there is none. */
export type Mlflow =
  | { readonly python: string; readonly database: string }
  | { readonly missing: string };

/** Installs MLflow and fills its database, or finds both as they were kept. */
export async function prepareMlflow(): Promise<Mlflow> {
  try {
    const python = await ensureMlflow('check the network and that Python is 3.11 or newer.');
    return { python, database: await ensureDashboardMlflow(python) };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    const [reason] = error.message.split('\n');
    return { missing: `MLflow was not measured: ${reason}. To get it: ${error.remedy}` };
  }
}

/**
 * How long MLflow's server takes to answer what its table and its charts ask for the same runs, with
 * nothing drawn yet. NaN where it is missing.
 *
 * @param folder takes a copy of the database, and the server's other files.
 */
export async function measureMlflow(mlflow: Mlflow, folder: string): Promise<Figures> {
  if ('missing' in mlflow) {
    const none = Number.NaN;
    return { mlflowFirstPageMs: none, mlflowSearchMs: none, mlflowHistory100x10kMs: none };
  }
  const database = join(folder, 'mlflow.db');
  cpSync(mlflow.database, database);
  const server = await MlflowServer.start(mlflow.python, database, folder);
  try {
    const api = `http://127.0.0.1:${server.port}/ajax-api/2.0/mlflow`;
    const search = (filter: string, orderBy: string) =>
      read(`${api}/runs/search`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          ...{ experiment_ids: ['0'], filter, order_by: [orderBy], max_results: rowsOfPage },
        }),
      });
    const history = new URL(`${api}/metrics/get-history-bulk-interval`);
    for (const runId of runIdsOf(mlflowCurves)) history.searchParams.append('run_ids', runId);
    history.searchParams.set('metric_key', curveKey);
    history.searchParams.set('max_results', String(pointsOfRun));
    return {
      mlflowFirstPageMs: await medianOf(() => search('', 'attributes.start_time DESC')),
      mlflowSearchMs: await medianOf(() =>
        search("params.optimizer = 'adamw'", 'metrics.val_acc DESC'),
      ),
      // It takes many seconds, so that few are enough.
      mlflowHistory100x10kMs: await medianOf(() => read(history), 1),
    };
  } finally {
    await server.stop();
  }
}

async function medianOf(work: () => Promise<void>, count = rounds): Promise<number> {
  await work();
  const samples: number[] = [];
  while (samples.length < count) samples.push(await timed(work));
  return median(samples);
}

async function read(url: string | URL, init?: RequestInit): Promise<void> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`MLflow answered ${response.status}: ${text}`);
}
