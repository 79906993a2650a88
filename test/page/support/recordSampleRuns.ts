import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '../../../src/core/change/change';
import type { BlobHash, MetricSummary, Run, RunId } from '../../../src/core/run/run';
import { startStore } from '../../../src/store/storeClient';
import { repoRoot } from '../../../tools/vscodeHost/hostPaths';
import { sampleRun } from './sampleRuns';

/** Runs in one commit. */
const atOnce = 100;
const pointCount = 8;

/** Ids of the runs that `recordSampleRuns` records, the newest first. */
export function recordedIds(count: number): readonly RunId[] {
  // SAFETY: any text is an id.
  return Array.from({ length: count }, (_, index) => index.toString(16).padStart(32, '0') as RunId);
}

/**
 * Writes so many sample runs into the record of a workspace, through the store as it ships: of every
 * status, with tags, notes, stars and names, two versions of a script, and data of two kinds.
 */
export async function recordSampleRuns(workspace: string, count: number): Promise<void> {
  cpSync(join(repoRoot, 'examples', 'digits', 'train.py'), join(workspace, 'train.py'));
  const source = readFileSync(join(workspace, 'train.py'), 'utf8');
  const store = startStore({
    folder: join(workspace, '.epochlog'),
    workerPath: join(repoRoot, 'dist', 'workers', 'storeWorker.js'),
    listener: { changed: () => undefined, problem: ({ message }) => console.error(message) },
  });
  const encoder = new TextEncoder();
  const scripts = await Promise.all([
    store.putBlob(encoder.encode(source)),
    store.putBlob(encoder.encode(source.replace('(args.hidden,)', '(args.hidden, 64)'))),
  ]);
  const ids = recordedIds(count);
  const commits: Promise<unknown>[] = [];
  for (let start = 0; start < count; start += atOnce) {
    const changes = ids
      .slice(start, start + atOnce)
      .flatMap((id, at) =>
        changesOf({ ...sampleRun(start + at), id }, start + at, scripts[at % 2 === 0 ? 0 : 1]),
      );
    commits.push(store.commit(changes));
  }
  await Promise.all(commits);
  await store.close();
}

function changesOf(run: Run, index: number, script: BlobHash | undefined): readonly Change[] {
  const { id: runId, experiment, source, startedAtMs, params } = run;
  const { endedAtMs, status, tags, note, starred, codeState } = run;
  const name = index % 10 === 5 ? 'With a name that is longer than its column is wide' : undefined;
  return [
    { kind: 'runStarted', runId, experiment, source, startedAtMs },
    { kind: 'paramsAdded', runId, params },
    { kind: 'codeStateRecorded', runId, codeState: { ...codeState, ...(script && { script }) } },
    ...run.metrics.map((metric) => pointsOf(run, metric)),
    ...(index % 7 === 6 ? [] : [dataRead(runId, index)]),
    ...Object.entries(tags).map(
      ([key, value]): Change => ({ kind: 'runEdited', runId, edit: { field: 'tag', key, value } }),
    ),
    ...(note ? [edited(runId, { field: 'note', value: note })] : []),
    ...(name ? [edited(runId, { field: 'name', value: name })] : []),
    ...(starred ? [edited(runId, { field: 'starred', value: true })] : []),
    ...(endedAtMs === undefined || status === 'running'
      ? []
      : [{ kind: 'runEnded', runId, status, endedAtMs } as const]),
  ];
}

type RunEdited = Extract<Change, { kind: 'runEdited' }>;

function edited(runId: RunId, edit: RunEdited['edit']): RunEdited {
  return { kind: 'runEdited', runId, edit };
}

/** From the metric's first value to its last. */
function pointsOf({ id, startedAtMs }: Run, { key, first, last }: MetricSummary): Change {
  const steps = Float64Array.from({ length: pointCount }, (_, index) => index + 1);
  const values = steps.map((step) => {
    const left = Math.exp(-step / 2) - Math.exp(-pointCount / 2);
    return Math.round((last + (first - last) * left) * 1e4) / 1e4;
  });
  const timesMs = steps.map((step) => startedAtMs + step * 2000);
  return { kind: 'pointsAppended', runId: id, key, steps, values, timesMs };
}

function dataRead(runId: RunId, index: number): Change {
  const isOther = index % 11 === 10;
  return {
    ...{ kind: 'filesRecorded', runId },
    files: [
      {
        ...{ role: 'input', type: 'data', sizeBytes: 1_200_000, isKept: false },
        path: isOther ? 'data/train_v2.csv' : 'data/train.csv',
        modifiedAtMs: Date.UTC(2026, 1, 1),
        // SAFETY: what stands for a hash of a file that is not there.
        hash: (isOther ? 'ffff0000' : 'a1b2c3d4').repeat(8) as BlobHash,
      },
    ],
  };
}
