import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Change } from '../../../src/core/change/change';
import type { BlobHash, RunId } from '../../../src/core/run/run';
import { matchesSearch } from '../../../src/core/search/matchesSearch';
import { parseSearch } from '../../../src/core/search/parseSearch';
import { makeFolder, openTestStore } from '../store/openTestStore';
import { readSearchPorts } from './searchPorts';

interface LoggedRun {
  readonly id: RunId;
  readonly name: string;
  readonly status: 'FINISHED' | 'FAILED' | 'RUNNING' | 'KILLED';
  readonly startMs: number;
  readonly endMs: number | null;
  readonly metrics: Readonly<Record<string, readonly string[]>>;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly dataset: { readonly name: string; readonly digest: string; readonly context: string };
}

interface Found {
  readonly filter: string;
  /** Null: MLflow takes it for no filter. */
  readonly runs: readonly number[] | null;
}

const folder = join(__dirname, '../../fixtures/search');
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
// SAFETY: what record.py writes.
const logged = read('runs.json') as readonly LoggedRun[];
const { found } = read('found.json') as { readonly found: readonly Found[] };

const number = (text: string) => (text === 'inf' ? Number.POSITIVE_INFINITY : Number(text));

/** What an importer makes of a run of MLflow. */
function toChanges(run: LoggedRun): Change[] {
  const { id: runId, dataset } = run;
  const source = { kind: 'terminal', commandLine: 'python train.py' } as const;
  const tags = { ...run.tags, 'mlflow.data.context': dataset.context };
  return [
    { kind: 'runStarted', runId, experiment: 'guide', source, startedAtMs: run.startMs },
    { kind: 'runEdited', runId, edit: { field: 'name', value: run.name } },
    {
      kind: 'paramsAdded',
      runId,
      params: Object.entries(run.params).map(([key, value]) => ({ key, value, origin: 'client' })),
    },
    ...Object.entries(run.metrics).map(
      ([key, values]): Change => ({
        kind: 'pointsAppended',
        runId,
        key,
        steps: Float64Array.from(values, (_, step) => step),
        values: Float64Array.from(values, number),
        timesMs: Float64Array.from(values, (_, step) => run.startMs + step),
      }),
    ),
    ...Object.entries(tags).map(
      ([key, value]): Change => ({ kind: 'runEdited', runId, edit: { field: 'tag', key, value } }),
    ),
    {
      kind: 'filesRecorded',
      runId,
      files: [
        {
          ...{ role: 'input', path: dataset.name, type: 'data', sizeBytes: 0, modifiedAtMs: 0 },
          // SAFETY: MLflow's digests are no SHA-256, but compared as text like any.
          ...{ hash: dataset.digest as BlobHash, isKept: false },
        },
      ],
    },
    ...(run.endMs === null
      ? []
      : [
          {
            kind: 'runEnded' as const,
            runId,
            // SAFETY: its states in lower case are ours.
            status: run.status.toLowerCase() as 'finished' | 'failed' | 'killed',
            endedAtMs: run.endMs,
          },
        ]),
  ];
}

test("each filter of MLflow's documentation finds what MLflow finds", async () => {
  const store = await openTestStore(makeFolder());
  for (const run of logged) await store.commit(toChanges(run));
  const runs = await store.listRuns();
  const ports = await readSearchPorts(store, runs, Date.now());
  const numbersOf = (ids: readonly RunId[]) =>
    ids.map((id) => logged.findIndex((run) => run.id === id)).sort((a, b) => a - b);

  for (const { filter, runs: expected } of found) {
    if (expected === null) continue;
    const { node, error } = parseSearch(filter);
    expect(error, filter).toBeUndefined();
    if (node === undefined) continue;
    const inStore = await store.listRuns({ search: node });
    expect(numbersOf(inStore.map(({ id }) => id)), filter).toEqual(expected);
    const inMemory = runs.filter((run) => matchesSearch(node, run, ports));
    expect(numbersOf(inMemory.map(({ id }) => id)), filter).toEqual(expected);
  }
  expect(found.filter((each) => each.runs !== null).length).toBeGreaterThan(70);
});

test('what MLflow takes for no filter is one where its meaning is plain', () => {
  const read = found.flatMap(({ filter, runs }) =>
    runs === null && parseSearch(filter).node !== undefined ? [filter] : [],
  );
  expect(read).toEqual([
    'metrics.cross-entropy-loss < 0.5',
    "params.p = 'a' OR params.p = 'b'",
    'params.p = 0.1',
    'metrics.loss = NaN',
    'attributes.duration > 3',
    "attributes.run_name IN ('my-run')",
  ]);
});
