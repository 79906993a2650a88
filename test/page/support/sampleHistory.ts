import type { Checkpoint } from '../../../src/core/checkpoint/checkpoint';
import { NotebookHistory } from '../../../src/core/history/notebookHistory';
import { toTraceData } from '../../../src/core/history/traceData';
import { collectVersionRuns } from '../../../src/core/history/versionRuns';
import type { NotebookOutput } from '../../../src/core/notebook/notebook';
import { cutOutputs } from '../../../src/core/notebook/view/shownMedium';
import type { BlobHash, CheckpointId, Run, RunId } from '../../../src/core/run/run';
import type { CellHistoryHost } from '../../../src/protocol/cellHistoryPage';
import { toHistoryData, toVersionDetail } from '../../../src/ui/cellHistoryData';

/** One state of a cell: what it held, what it gave, and the metric of its run. */
export interface SampleVersion {
  readonly source: string;
  readonly outputs?: readonly NotebookOutput[];
  readonly accuracy?: number;
  readonly note?: string;
}

const notebook = 'notebooks/digits.ipynb';
const minute = 60_000;
/** SAFETY: any text is as good an id as another. */
const idAt = (index: number) => `checkpoint-${index}` as CheckpointId;

const training = (alpha: string, more = '') =>
  `from sklearn.linear_model import SGDClassifier\n\nalpha = ${alpha}\nmodel = SGDClassifier(alpha=alpha)\nmodel.fit(X_train, y_train)${more}\nscore = model.score(X_test, y_test)\nprint(f"val_acc {score:.4f}")`;

const printed = (score: number): NotebookOutput => ({
  ...{ kind: 'stream' as const, name: 'stdout', data: {} },
  text: `val_acc ${score.toFixed(4)}\n`,
});

const table: NotebookOutput = {
  kind: 'result',
  data: {
    'text/plain': '   epoch  loss\n0      1  0.51\n1      2  0.37',
    'text/html':
      '<table border="1" class="dataframe"><thead><tr><th></th><th>epoch</th><th>loss</th></tr></thead><tbody><tr><th>0</th><td>1</td><td>0.51</td></tr><tr><th>1</th><td>2</td><td>0.37</td></tr></tbody></table>',
  },
};

const failed: NotebookOutput = {
  ...{ kind: 'error' as const, data: {}, ename: 'ValueError' },
  evalue: 'X has 32 features, but SGDClassifier is expecting 64 features as input.',
  traceback: '\u001b[0;31mValueError\u001b[0m\n  Cell In[5], line 5',
};

export const typicalVersions: readonly SampleVersion[] = [
  { source: training('1e-4'), outputs: [printed(0.91)], accuracy: 0.91 },
  { source: training('1e-4', '[:, :32]'), outputs: [failed] },
  {
    source: training('1e-3'),
    outputs: [printed(0.95), table],
    accuracy: 0.95,
    note: 'the best by now',
  },
  { source: training('3e-2'), outputs: [printed(0.88)], accuracy: 0.88 },
];

/** What the host of a cell with these states answers, made by the product's own code. */
export function historyHost(versions: readonly SampleVersion[]): Partial<CellHistoryHost> {
  const startMs = Date.now() - versions.length * minute;
  const history = new NotebookHistory();
  for (const [index, { source, outputs = [] }] of versions.entries()) {
    history.append({
      ...{ checkpointId: idAt(index), atMs: startMs + index * minute, executions: [] },
      cells: [
        {
          kind: 'code',
          id: 'fit',
          source,
          outputs: outputs.map((output) => ({ key: JSON.stringify(output) })),
        },
      ],
    });
  }
  const [track] = history.currentTracks;
  const trace = track && toTraceData(track, history);
  if (!trace) throw new Error('No version was given');
  const runs = collectVersionRuns(
    versions.flatMap((version, index) => toRun(version, index, startMs)).toReversed(),
    notebook,
  );
  const checkpoint = (id: CheckpointId) => toCheckpoint(id, versions, startMs);
  return {
    readHistory: async () => toHistoryData(trace, runs, { notebook, language: 'python' }),
    readVersion: async (key) => {
      const version = trace.versions.find(({ number }) => number === key);
      if (!version) throw new Error('This version is not there any more.');
      return toVersionDetail(trace, version, runs, checkpoint);
    },
    readOutputs: async ({ checkpointId }) =>
      cutOutputs(versions[indexOf(checkpointId)]?.outputs ?? []),
  };
}

function indexOf(id: CheckpointId): number {
  return Number(id.split('-')[1]);
}

function toRun(
  { source, accuracy }: SampleVersion,
  index: number,
  startMs: number,
): readonly Run[] {
  if (accuracy === undefined) return [];
  const figures = { first: accuracy, last: accuracy, min: accuracy, max: accuracy, best: accuracy };
  return [
    {
      // SAFETY: any text is as good an id as another.
      id: `run-${index}` as RunId,
      experiment: notebook,
      status: 'finished',
      source: { kind: 'notebook', notebook, cellId: 'fit', cellIndex: 0, cellSource: source },
      startedAtMs: startMs + index * minute,
      endedAtMs: startMs + index * minute + 1_200,
      params: [],
      metrics: [{ key: 'val_acc', ...figures, direction: 'higher', count: 1, lastAtMs: startMs }],
      tags: {},
      starred: false,
      logBytes: 0,
    },
  ];
}

function toCheckpoint(
  id: CheckpointId,
  versions: readonly SampleVersion[],
  startMs: number,
): Checkpoint {
  const index = indexOf(id);
  const note = versions[index]?.note;
  return {
    ...{ id, notebook, kind: 'save' as const, takenAtMs: startMs + index * minute },
    // SAFETY: nobody reads it.
    content: '0'.repeat(64) as BlobHash,
    ...{ sizeBytes: 12_345, cellCount: 1, tags: note === undefined ? {} : { baseline: '' } },
    starred: note !== undefined,
    ...(note === undefined ? {} : { note }),
  };
}
