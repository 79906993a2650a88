import type { Comparison } from '../../../src/protocol/comparePage';
import { sampleRun } from './sampleRuns';

/** Three runs of a known loss, with a changed script. */
export function sampleComparison(): Comparison {
  const losses = [0.5, 0.25, 0.6];
  return {
    runs: [1, 2, 3].map((index, at) => {
      const run = sampleRun(index);
      const metrics = run.metrics.map((metric) =>
        metric.key === 'loss' ? { ...metric, last: losses[at] ?? 0 } : metric,
      );
      return { ...run, metrics };
    }),
    packages: [{ name: 'torch', versions: ['2.1.0', '2.2.0', undefined] }],
    code: [
      {
        title: 'train.py',
        hunks: [
          {
            oldStart: 12,
            oldLines: ['    lr = 0.001', '    pass'],
            newStart: 12,
            newLines: ['    lr = 0.01'],
          },
          { oldStart: 40, oldLines: [], newStart: 39, newLines: ['    model.fit(x, y)'] },
        ],
      },
      { title: 'uncommitted changes', hunks: [] },
      {
        title: 'explore.ipynb [3]',
        hunks: [],
        problem: 'The cell of the first run was not recorded.',
      },
    ],
  };
}
