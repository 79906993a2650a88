import { summarizeFigures } from '../statistics/summarizeFigures';
import { mainMetric } from './mainMetric';
import type { MetricSummary, Run, RunId } from './run';
import { isSystemMetric } from './systemMetric';

/** The parts of each run that has some, oldest first. */
export function groupParts(runs: readonly Run[]): ReadonlyMap<RunId, readonly Run[]> {
  const parts = new Map<RunId, Run[]>();
  for (const run of runs) {
    if (run.parentId === undefined) continue;
    const siblings = parts.get(run.parentId);
    if (siblings) siblings.push(run);
    else parts.set(run.parentId, [run]);
  }
  for (const siblings of parts.values()) siblings.sort(byStart);
  return parts;
}

/** Parts can begin in the same moment; the number that their id ends in then tells. */
function byStart(a: Run, b: Run): number {
  return a.startedAtMs - b.startedAtMs || a.id.localeCompare(b.id, undefined, { numeric: true });
}

/** The runs that are no part of another that is there too. */
export function topRuns(runs: readonly Run[]): readonly Run[] {
  if (runs.every(({ parentId }) => parentId === undefined)) return runs;
  const ids = new Set(runs.map(({ id }) => id));
  return runs.filter(({ parentId }) => parentId === undefined || !ids.has(parentId));
}

/** The figures that the parts of a run end with, of the metric that says most of them. */
export interface PartsSummary {
  readonly key: string;
  readonly mean: number;
  /** Of a sample (n − 1); undefined for a single part. */
  readonly deviation: number | undefined;
  /** How many parts have a finite value. */
  readonly count: number;
}

/** The mean of the main metric that most parts share; undefined if none has a finite value of one. */
export function summarizeParts(parts: readonly Run[]): PartsSummary | undefined {
  const votes = new Map<string, number>();
  for (const { metrics } of parts) {
    const key = mainMetric(metrics)?.key;
    if (key !== undefined) votes.set(key, (votes.get(key) ?? 0) + 1);
  }
  const [key] = [...votes].sort(([, a], [, b]) => b - a)[0] ?? [];
  return key === undefined ? undefined : summarize(key, parts);
}

function summarize(key: string, parts: readonly Run[]): PartsSummary | undefined {
  const { mean, deviation, count } = summarizeFigures(
    parts.map(({ metrics }) => metrics.find((metric) => metric.key === key)?.last),
  );
  if (mean === undefined) return undefined;
  return { key, mean, deviation, count };
}

/** The run with what its parts say of their main metric in the place of points of its own. */
export function withPartsMean(run: Run, parts: readonly Run[]): Run {
  const summary = hasOwnMetrics(run) ? undefined : summarizeParts(parts);
  if (summary === undefined) return run;
  const { key, mean, count } = summary;
  const metric: MetricSummary = {
    ...{ key, first: mean, last: mean, min: mean, max: mean, best: mean, count },
    lastAtMs: run.endedAtMs ?? run.startedAtMs,
  };
  return { ...run, metrics: [metric, ...run.metrics] };
}

/** Whether it has points of its own, those of the machine apart. */
export function hasOwnMetrics({ metrics }: Run): boolean {
  return metrics.some(({ key }) => !isSystemMetric(key));
}
