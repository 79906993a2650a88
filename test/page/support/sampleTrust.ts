import { type JudgedCell, judgeNotebook } from '../../../src/core/trust/judge';
import type { NotebookTrust } from '../../../src/protocol/trustPage';

/** A notebook whose third cell is stale, whose fourth needs a deleted one, and whose last is fresh. */
export function sampleTrust(text = 'print(y)'): NotebookTrust {
  const sources = ['x = 1', 'y = x + 1', text, 'print(gone)', 'print("done")'];
  const cells = sources.map(
    (source, index): JudgedCell => ({
      ...{ kind: 'code', id: `c${index}`, source, executionCount: index + 2 },
      outputs: index > 1 ? [{ kind: 'stream', data: {} }] : [],
    }),
  );
  const ran = ['gone = 1', 'x = 0', ...sources.slice(1)].map((source, index) => ({
    ...{ cellId: index === 0 ? 'deleted' : `c${index - 1}`, cellIndex: index, source },
    ...{ order: index + 1, startedAtMs: index, endedAtMs: index, succeeded: true },
  }));
  return {
    name: 'explore.ipynb',
    report: judgeNotebook(cells, ran),
    labels: sources.map((source, cellIndex) => ({
      ...{ cellIndex, text: source, executionCount: cellIndex + 2 },
    })),
    canRestart: true,
  };
}
