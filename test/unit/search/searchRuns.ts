import fc from 'fast-check';
import type { Change } from '../../../src/core/change/change';
import type { BlobHash, RunFile, RunId, RunSource } from '../../../src/core/run/run';
import { keys, numbers, texts } from './searchArbitrary';
import { searchNowMs } from './searchNow';

const text = fc.constantFrom(...texts);
const key = fc.constantFrom(...keys);
const point = fc.oneof(fc.constantFrom(...numbers, Number.NaN), fc.double());
const step = fc.oneof({ weight: 4, arbitrary: fc.nat(5) }, fc.constantFrom(Number.NaN, 2.5, 100));

const source: fc.Arbitrary<RunSource> = fc.oneof(
  fc.record(
    {
      kind: fc.constantFrom('terminal' as const, 'task' as const, 'launch' as const),
      commandLine: text.map((each) => `python train.py --m ${each}`),
      script: fc.constantFrom('train.py', 'src/Résumé.py'),
    },
    { requiredKeys: ['kind', 'commandLine'] },
  ),
  fc.record({
    kind: fc.constant('notebook' as const),
    notebook: fc.constantFrom('a.ipynb', 'nb/É.ipynb'),
    cellIndex: fc.nat(3),
    cellSource: fc.constantFrom('model.fit(x, lr=0.01)', 'É = 1\nprint("x")', ''),
  }),
);

const file: fc.Arbitrary<RunFile> = fc.record(
  {
    role: fc.constantFrom('input' as const, 'output' as const, 'code' as const),
    path: text.map((each) => `data/${each}`),
    type: fc.constant('data' as const),
    sizeBytes: fc.constantFrom(0, 1, 10, 1000, 10_000_000),
    modifiedAtMs: fc.constant(0),
    hash: fc.constantFrom('x', 'a_b', '0.01').map((each) => each as BlobHash),
    isKept: fc.constant(false),
  },
  { requiredKeys: ['role', 'path', 'type', 'sizeBytes', 'modifiedAtMs', 'isKept'] },
);

const hour = 3_600_000;
const startedAgo = fc.oneof(
  fc.constantFrom(0, 1, hour, 24 * hour, 7 * 24 * hour, 31 * 24 * hour, 366 * 24 * hour),
  fc.nat(40 * 24 * hour),
);

/** A run of what searches speak of. @param scripts blobs that there are. */
export function searchableRun(index: number, scripts: readonly BlobHash[]): fc.Arbitrary<Change[]> {
  // SAFETY: an id may be any text.
  const runId = `run${index}` as RunId;
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  return fc
    .record({
      source,
      ago: startedAgo,
      tags: fc.array(fc.tuple(key, text), { maxLength: 4 }),
      context: optional(fc.constantFrom('train', 'x')),
      params: fc.array(fc.tuple(key, text), { maxLength: 5 }),
      series: fc.array(
        fc.tuple(key, fc.array(fc.tuple(step, point), { minLength: 1, maxLength: 4 })),
        {
          maxLength: 5,
        },
      ),
      files: fc.array(file, { maxLength: 3 }),
      code: optional(
        fc.record({ script: fc.constantFrom(...scripts), branch: text }, { requiredKeys: [] }),
      ),
      status: optional(fc.constantFrom('finished' as const, 'failed' as const)),
      lengthMs: fc.constantFrom(0, 1000, 5000, hour),
      name: optional(text),
      note: optional(text),
      starred: fc.boolean(),
      deletedAtMs: optional(fc.constant(5)),
      // Most are not, as nearly no search asks for those that are.
      archivedAtMs: fc.oneof(
        { weight: 5, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constant(6) },
      ),
      experiment: optional(fc.constantFrom('moved', 'exp 1')),
    })
    .map((run): Change[] => {
      const startedAtMs = searchNowMs - run.ago;
      const edit = (change: Extract<Change, { kind: 'runEdited' }>['edit']): Change[] =>
        change.value === undefined ? [] : [{ kind: 'runEdited', runId, edit: change }];
      const tags = [
        ...run.tags,
        ...(run.context === undefined ? [] : [['mlflow.data.context', run.context] as const]),
      ];
      return [
        {
          kind: 'runStarted',
          runId,
          experiment: `exp ${index % 3}`,
          source: run.source,
          startedAtMs,
        },
        {
          kind: 'paramsAdded',
          runId,
          params: run.params.map(([each, value]) => ({ key: each, value, origin: 'argv' })),
        },
        ...run.series.map(
          ([each, points]): Change => ({
            kind: 'pointsAppended',
            runId,
            key: each,
            steps: Float64Array.from(points, ([at]) => at),
            values: Float64Array.from(points, ([, value]) => value),
            timesMs: Float64Array.from(points, (_, at) => startedAtMs + at),
          }),
        ),
        { kind: 'filesRecorded', runId, files: run.files },
        ...(run.code === undefined
          ? []
          : [{ kind: 'codeStateRecorded' as const, runId, codeState: run.code }]),
        ...(run.status === undefined
          ? []
          : [
              {
                kind: 'runEnded' as const,
                runId,
                status: run.status,
                endedAtMs: startedAtMs + run.lengthMs,
                exitCode: index % 3,
              },
            ]),
        ...tags.flatMap(([each, value]) => edit({ field: 'tag', key: each, value })),
        ...edit({ field: 'name', value: run.name }),
        ...edit({ field: 'note', value: run.note }),
        ...edit({ field: 'starred', value: run.starred }),
        ...edit({ field: 'deletedAtMs', value: run.deletedAtMs }),
        ...edit({ field: 'archivedAtMs', value: run.archivedAtMs }),
        ...(run.experiment === undefined
          ? []
          : edit({ field: 'experiment', value: run.experiment })),
      ];
    });
}
