import { formatNumber } from '../format/formatNumber';
import { formatDuration } from '../format/formatTime';
import type { MetricSummary, Run } from '../run/run';
import { runName } from '../run/runName';
import { metricOf, parseColumn } from './tableColumn';

/** All that is known of a cell, in lines: the whole text, the exact time, the summary of a metric. */
export function describeCell(run: Run, columnId: string): string {
  const column = parseColumn(columnId);
  if (column === undefined) return '';
  const key = metricOf(column);
  if (key !== undefined) {
    const metric = run.metrics.find((each) => each.key === key);
    return metric === undefined ? '' : describeSummary(metric);
  }
  if (column.kind === 'field') {
    const { field } = column;
    if (field.kind === 'param') {
      const param = run.params.find((each) => each.key === field.key);
      return param === undefined ? '' : `${param.value} (${param.origin})`;
    }
    if (field.kind === 'attribute') return describeAttribute(run, field.name);
    return '';
  }
  if (column.kind !== 'shown' || column.name !== 'name') return '';
  const { source } = run;
  return source.kind === 'notebook' ? runName(run) : `${runName(run)}\n${source.commandLine}`;
}

function describeAttribute(run: Run, name: string): string {
  const dateOf = (atMs: number | undefined) =>
    atMs === undefined ? '' : new Date(atMs).toLocaleString();
  switch (name) {
    case 'start_time':
      return dateOf(run.startedAtMs);
    case 'end_time':
      return dateOf(run.endedAtMs);
    case 'duration':
      return run.endedAtMs === undefined ? '' : formatDuration(run.endedAtMs - run.startedAtMs);
    case 'status':
      return run.exitCode === undefined ? '' : `Exit code ${run.exitCode}`;
    case 'note':
      return run.note ?? '';
    case 'command':
      return run.source.kind === 'notebook' ? '' : run.source.commandLine;
    default:
      return '';
  }
}

function describeSummary(metric: MetricSummary): string {
  const atStep = (step: number | undefined) => (step === undefined ? '' : ` at step ${step}`);
  return [
    metric.key,
    `last ${formatNumber(metric.last)}${atStep(metric.lastStep)}`,
    `best ${formatNumber(metric.best)}${atStep(metric.bestStep)}`,
    `min ${formatNumber(metric.min)}, max ${formatNumber(metric.max)}`,
    `${metric.count} ${metric.count === 1 ? 'point' : 'points'}`,
  ].join('\n');
}
