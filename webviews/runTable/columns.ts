import { formatNumber } from '../../src/core/format/formatNumber';
import { formatAge, formatDuration } from '../../src/core/format/formatTime';
import { mainMetric } from '../../src/core/run/mainMetric';
import type { MetricSummary, Run } from '../../src/core/run/run';
import { runName } from '../../src/core/run/runName';
import { isSystemMetric } from '../../src/core/run/systemMetric';

export type ColumnKind =
  | 'star'
  | 'status'
  | 'name'
  | 'experiment'
  | 'started'
  | 'duration'
  | 'tags'
  | 'metric'
  | 'param';

export interface Column {
  /** Also what `sortKey` holds: `started`, `metric:loss`, `param:lr`. */
  readonly id: string;
  readonly kind: ColumnKind;
  /** The key of a metric or param. */
  readonly key: string;
  readonly label: string;
  /** Of a metric: whether low values are better. */
  readonly isLowBetter?: boolean;
}

export interface Columns {
  readonly shown: readonly Column[];
  /** How many metrics and params have no column, because there are too many. */
  readonly leftOut: number;
}

/** More columns than these nobody reads, and each costs a cell in every row on screen. */
const maxMetrics = 40;
const maxParams = 40;

const first: readonly Column[] = [
  { id: 'star', kind: 'star', key: '', label: 'Starred' },
  { id: 'status', kind: 'status', key: '', label: 'Status' },
  { id: 'name', kind: 'name', key: '', label: 'Name' },
  { id: 'started', kind: 'started', key: '', label: 'Started' },
  { id: 'duration', kind: 'duration', key: '', label: 'Duration' },
];
/** Behind the results, which are what a table is opened for. */
const last: readonly Column[] = [
  { id: 'experiment', kind: 'experiment', key: '', label: 'Experiment' },
  { id: 'tags', kind: 'tags', key: '', label: 'Tags' },
];

/** The columns for these runs: what tells the runs apart comes first. */
export function collectColumns(runs: readonly Run[]): Columns {
  const metrics = rankMetrics(runs);
  const low = lowIsBetter(runs);
  const params = rankParams(runs);
  return {
    shown: [
      ...first,
      ...metrics
        .slice(0, maxMetrics)
        .map((key) => ({ ...toColumn('metric')(key), isLowBetter: low.has(key) })),
      ...params.slice(0, maxParams).map(toColumn('param')),
      ...last,
    ],
    leftOut: Math.max(0, metrics.length - maxMetrics) + Math.max(0, params.length - maxParams),
  };
}

const toColumn =
  (kind: 'metric' | 'param') =>
  (key: string): Column => ({ id: `${kind}:${key}`, kind, key, label: key });

function lowIsBetter(runs: readonly Run[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { metrics } of runs) {
    for (const { key, direction } of metrics) if (direction === 'lower') keys.add(key);
  }
  return keys;
}

/**
 * Main metrics of the most runs first, then what the most runs have. What the machine did last says
 * nothing of a run, so it has no column.
 */
function rankMetrics(runs: readonly Run[]): string[] {
  const mains = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const run of runs) {
    const main = mainMetric(run.metrics)?.key;
    if (main !== undefined) mains.set(main, (mains.get(main) ?? 0) + 1);
    for (const { key } of run.metrics) {
      if (!isSystemMetric(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return rank(counts, (key) => mains.get(key) ?? 0);
}

/** Params whose values differ first, then what the most runs have. */
function rankParams(runs: readonly Run[]): string[] {
  const counts = new Map<string, number>();
  const firstValues = new Map<string, string>();
  const differing = new Set<string>();
  for (const run of runs) {
    for (const { key, value } of run.params) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      const first = firstValues.get(key);
      if (first === undefined) firstValues.set(key, value);
      else if (first !== value) differing.add(key);
    }
  }
  return rank(counts, (key) => (differing.has(key) ? 1 : 0));
}

function rank(counts: ReadonlyMap<string, number>, weigh: (key: string) => number): string[] {
  return [...counts.keys()].sort(
    // Else they stay in the order of the first run that has them.
    (a, b) => weigh(b) - weigh(a) || (counts.get(b) ?? 0) - (counts.get(a) ?? 0),
  );
}

export function metricOf(run: Run, key: string): MetricSummary | undefined {
  return run.metrics.find((metric) => metric.key === key);
}

export function durationMs(run: Run, nowMs: number): number | undefined {
  // How long an interrupted run lasted, nobody knows.
  const end = run.endedAtMs ?? (run.status === 'running' ? nowMs : undefined);
  return end === undefined ? undefined : Math.max(0, end - run.startedAtMs);
}

export function tagTexts(run: Run): string[] {
  return Object.entries(run.tags).map(([key, value]) => (value === '' ? key : `${key}=${value}`));
}

/** What a cell says; the star and the status are drawn instead. */
export function cellText(run: Run, column: Column, nowMs: number): string {
  switch (column.kind) {
    case 'star':
      return run.starred ? 'Starred' : '';
    case 'status':
      return run.status;
    case 'name':
      return runName(run);
    case 'experiment':
      return run.experiment;
    case 'started':
      return formatAge(run.startedAtMs, nowMs);
    case 'duration': {
      const duration = durationMs(run, nowMs);
      return duration === undefined ? '' : formatDuration(duration);
    }
    case 'tags':
      return tagTexts(run).join(' ');
    case 'metric': {
      const metric = metricOf(run, column.key);
      return metric === undefined ? '' : formatNumber(metric.last);
    }
    case 'param':
      return run.params.find((param) => param.key === column.key)?.value ?? '';
  }
}

/** What a cell says on hover: the whole text, the absolute time, or the summary of a metric. */
export function cellTitle(run: Run, column: Column, nowMs: number): string {
  if (column.kind === 'started') return new Date(run.startedAtMs).toLocaleString();
  if (column.kind === 'name' && run.source.kind !== 'notebook') {
    return `${runName(run)}\n${run.source.commandLine}`;
  }
  if (column.kind === 'status' && run.exitCode !== undefined) return `Exit code ${run.exitCode}`;
  if (column.kind === 'metric') {
    const metric = metricOf(run, column.key);
    return metric === undefined ? '' : metricTitle(metric);
  }
  if (column.kind === 'param') {
    const param = run.params.find((other) => other.key === column.key);
    return param === undefined ? '' : `${param.value} (${param.origin})`;
  }
  return cellText(run, column, nowMs);
}

function metricTitle(metric: MetricSummary): string {
  const atStep = (step: number | undefined) => (step === undefined ? '' : ` at step ${step}`);
  return [
    metric.key,
    `last ${formatNumber(metric.last)}${atStep(metric.lastStep)}`,
    `best ${formatNumber(metric.best)}${atStep(metric.bestStep)}`,
    `min ${formatNumber(metric.min)}, max ${formatNumber(metric.max)}`,
    `${metric.count} ${metric.count === 1 ? 'point' : 'points'}`,
  ].join('\n');
}
