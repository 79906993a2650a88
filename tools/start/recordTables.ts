import type { Checkpoint } from '../../src/core/checkpoint/checkpoint';
import { formatNumber } from '../../src/core/format/formatNumber';
import { formatDuration } from '../../src/core/format/formatTime';
import { checkpointKindWords, describeCheckpoint } from '../../src/core/present/describeCheckpoint';
import { dayKey, timeOfDay } from '../../src/core/present/describeDay';
import { durationMs, statusWords } from '../../src/core/present/describeRun';
import type { Run } from '../../src/core/run/run';
import { sourceName } from '../../src/core/run/runName';
import { isSystemMetric } from '../../src/core/run/systemMetric';
import { textTable } from './textTable';

/**
 * A table for each experiment, one line a run: where it came from, its params, how it ended, and the
 * last and the best value of each metric.
 */
export function runsTables(runs: readonly Run[]): string {
  const experiments = [...new Set(runs.map(({ experiment }) => experiment))];
  return experiments
    .map((name) => `${name}\n\n${runsTable(runs.filter(({ experiment }) => experiment === name))}`)
    .join('\n\n');
}

function runsTable(runs: readonly Run[]): string {
  const all = new Set(runs.flatMap((run) => run.metrics.map(({ key }) => key)));
  const metricKeys = [...all].filter((key) => !isSystemMetric(key));
  const rows = runs.map((run) => [
    run.name ?? sourceName(run.source),
    run.params.map(({ key, value }) => `${key}=${value}`).join(' '),
    statusWords[run.status],
    formatDuration(durationMs(run, Date.now())),
    ...metricKeys.flatMap((key) => {
      const metric = run.metrics.find((other) => other.key === key);
      return metric ? [formatNumber(metric.last), formatNumber(metric.best)] : ['–', '–'];
    }),
  ]);
  const metricHeaders = metricKeys.flatMap((key) => [key, 'best']);
  return textTable(['run', 'params', 'status', 'duration', ...metricHeaders], rows);
}

/** One line a checkpoint: when it was taken, of which notebook, why, and what changed in it. */
export function checkpointsTable(checkpoints: readonly Checkpoint[]): string {
  return textTable(
    ['notebook', 'taken', 'kind', 'cells', 'changes'],
    checkpoints.map((checkpoint) => [
      checkpoint.notebook,
      `${dayKey(checkpoint.takenAtMs)} ${timeOfDay(checkpoint.takenAtMs)}`,
      checkpointKindWords[checkpoint.kind],
      String(checkpoint.cellCount),
      describeCheckpoint(checkpoint),
    ]),
  );
}
