import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark } from '../../tools/bench';
import { step } from '../../tools/start/step.cjs';
import { withLock } from '../../tools/vscodeHost/installLock';
import { chooseParts } from './chooseParts';
import { runFresh } from './store/freshProcess';
import { measureIngest } from './store/ingest';
import { ensureLargeStore, ensureLongSeriesStore } from './store/largeStore';
import { MlflowClient } from './store/mlflowClient';
import { ensureMlflow } from './store/mlflowPython';
import { analyze, ensureMlflowRuns } from './store/mlflowRuns';
import { MlflowServer } from './store/mlflowServer';
import { openThroughClient } from './store/openThroughClient';
import { benchDir, buildWorkers, inTemporaryFolder } from './store/product';
import type { Figures } from './store/report';
import { median, rounded } from './store/statistics';
import { storeMegabytes } from './store/storeFiles';
import { countSyncsPerBatch, measureDataSync } from './store/syncs';
import { measureTable } from './store/table';
import { mlflowTracker, storeTracker } from './store/tracker';

const openings = 7;

const remedy =
  'check the network and that Python is 3.11 or newer, or measure only ours with --ours.';

interface Setting {
  /** The built worker of the store. */
  readonly workerPath: string;
  /** For stores of the moment. */
  readonly folder: string;
  /** The Python that has MLflow; undefined measures ours alone. */
  readonly python: string | undefined;
}

/** Measured in this order; each part can be asked for alone. MB are 10⁶ bytes. */
const parts: Readonly<Record<string, (setting: Setting) => Promise<Figures>>> = {
  ingest,
  disk,
  open,
  table,
  series,
  loop,
};

/**
 * The store through the client that the extension has, beside a real MLflow server on the same disk.
 * `--ours` leaves MLflow out; `--only=ingest,table` measures these parts alone.
 */
export const benchmark: Benchmark = {
  what: 'the store beside MLflow: durable ingest, ten million points opened and asked, event-loop delay',
  async run(options) {
    const names = chooseParts(options, Object.keys(parts), ['--ours']);
    const onWait = () => console.log('  … waiting for another benchmark of the store');
    return withLock(join(benchDir, 'store.lock'), onWait, () =>
      inTemporaryFolder((folder) => measure(folder, names, !options.includes('--ours'))),
    );
  },
};

async function measure(
  folder: string,
  names: readonly string[],
  withMlflow: boolean,
): Promise<Figures> {
  const workerPath = await buildWorkers(folder);
  const needsMlflow = withMlflow && names.some((name) => name === 'ingest' || name === 'table');
  const python = needsMlflow ? await ensureMlflow(remedy) : undefined;
  const figures: Record<string, number> = {};
  for (const name of names) {
    const found = await step(`Measure ${name}`, () =>
      parts[name]?.({ workerPath, folder, python }),
    );
    for (const [key, value] of Object.entries(found ?? {})) figures[key] = rounded(value);
  }
  return figures;
}

/** A server of MLflow that runs. */
interface Mlflow {
  readonly client: MlflowClient;
  readonly python: string;
}

/** Runs `work` with a server of MLflow on `database`, or without one where ours is measured alone. */
async function beside<T>(
  { python, folder }: Setting,
  database: (python: string) => Promise<string>,
  work: (mlflow: Mlflow | undefined) => Promise<T>,
): Promise<T> {
  if (python === undefined) return work(undefined);
  const server = await MlflowServer.start(python, await database(python), folder);
  const client = new MlflowClient(python, server.port);
  try {
    return await work({ client, python });
  } finally {
    client.close();
    await server.stop();
  }
}

/** Both into an empty store. */
function ingest(setting: Setting): Promise<Figures> {
  const { folder, workerPath } = setting;
  const database = async () => join(folder, 'mlflow.db');
  return beside(setting, database, async (mlflow) => {
    const store = openThroughClient(join(folder, 'ingest'), workerPath);
    const [ours, theirs] = await measureIngest([
      { tracker: storeTracker(store), batchesPerRound: 100 },
      ...(mlflow === undefined
        ? []
        : [{ tracker: mlflowTracker(mlflow.client), batchesPerRound: 5 }]),
    ]);
    await store.close();
    if (ours === undefined) return {};
    return {
      ...(theirs && {
        ingestVsMlflow: ours.pointsPerS / theirs.pointsPerS,
        ackVsMlflow: theirs.ackMs / ours.ackMs,
        mlflowIngestPointsPerS: theirs.pointsPerS,
        mlflowBatchMs: theirs.batchMs,
        mlflowAckMs: theirs.ackMs,
      }),
      ingestPointsPerS: ours.pointsPerS,
      sustainedIngestPointsPerS: ours.sustainedPointsPerS,
      batchMs: ours.batchMs,
      ackMs: ours.ackMs,
    };
  });
}

async function disk({ folder }: Setting): Promise<Figures> {
  return {
    syncsPerBatch: await countSyncsPerBatch(folder),
    fdatasyncMs: measureDataSync(folder),
  };
}

/** Each time in a process of its own; its files are in the system's cache. */
async function open({ workerPath }: Setting): Promise<Figures> {
  const large = await ensureLargeStore(workerPath);
  const all: Figures[] = [];
  while (all.length < openings) all.push(await runFresh('openProcess', large, workerPath));
  const medianOf = (key: string) => median(all.map((figures) => figures[key] ?? Number.NaN));
  return {
    openMs: medianOf('openMs'),
    residentMB: medianOf('residentMB'),
    residentPeakMB: medianOf('residentPeakMB'),
    ...storeMegabytes(large),
  };
}

async function table(setting: Setting): Promise<Figures> {
  const large = await ensureLargeStore(setting.workerPath);
  // A copy, as it is changed in the end.
  const database = join(setting.folder, 'mlflow-10k.db');
  const copied = async (python: string) => {
    cpSync(await ensureMlflowRuns(python), database);
    return database;
  };
  return beside(setting, copied, async (mlflow) => {
    const store = openThroughClient(large, setting.workerPath);
    try {
      const theirs = mlflow && {
        client: mlflow.client,
        analyze: () => analyze(mlflow.python, database),
      };
      return await measureTable(store, theirs);
    } finally {
      await store.close();
    }
  });
}

async function series({ workerPath }: Setting): Promise<Figures> {
  return runFresh('readProcess', await ensureLongSeriesStore(workerPath), workerPath);
}

async function loop({ workerPath, folder }: Setting): Promise<Figures> {
  const copy = join(folder, 'loop');
  cpSync(await ensureLargeStore(workerPath), copy, { recursive: true });
  return runFresh('loopProcess', copy, workerPath);
}
