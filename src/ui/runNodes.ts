import type { ExtractedMetric } from '../core/extract/extraction';
import { inRoleOrder } from '../core/present/describeFiles';
import { mainMetric } from '../core/run/mainMetric';
import { topRuns } from '../core/run/parts';
import type { CodeState, MetricSummary, Param, Run, RunFile } from '../core/run/run';
import { isSystemMetric } from '../core/run/systemMetric';

/** What the Runs tree shows, as plain data: experiments, their runs, and what is known of each run. */
export type RunNode =
  | { readonly kind: 'experiment'; readonly name: string; readonly runs: readonly Run[] }
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'metric'; readonly run: Run; readonly metric: MetricSummary }
  | { readonly kind: 'same'; readonly run: Run; readonly earlier: Run }
  | { readonly kind: 'live'; readonly run: Run; readonly metric: ExtractedMetric }
  | { readonly kind: 'params'; readonly run: Run }
  | { readonly kind: 'param'; readonly run: Run; readonly param: Param }
  | { readonly kind: 'code'; readonly run: Run; readonly codeState: CodeState }
  | { readonly kind: 'environment'; readonly run: Run }
  | { readonly kind: 'files'; readonly run: Run; readonly files: readonly RunFile[] }
  | { readonly kind: 'file'; readonly run: Run; readonly file: RunFile }
  | { readonly kind: 'note'; readonly run: Run; readonly note: string }
  | { readonly kind: 'log'; readonly run: Run };

/** Experiments in the order of their newest run; parts stand below the run that they are of. */
export function experimentNodes(runs: readonly Run[]): readonly RunNode[] {
  const groups = new Map<string, Run[]>();
  for (const run of topRuns(runs)) {
    const group = groups.get(run.experiment);
    if (group) group.push(run);
    else groups.set(run.experiment, [run]);
  }
  return [...groups].map(([name, members]) => ({ kind: 'experiment', name, runs: members }));
}

/** Its parts, the main metric, the others by name; those of the machine are inside the environment. */
export function runChildren(
  run: Run,
  live: readonly ExtractedMetric[],
  files: readonly RunFile[],
  earlier?: Run,
  parts: readonly Run[] = [],
): readonly RunNode[] {
  const main = mainMetric(run.metrics);
  const others = run.metrics
    .filter((metric) => metric !== main && !isSystemMetric(metric.key))
    .sort((a, b) => a.key.localeCompare(b.key));
  return [
    ...parts.map((part) => ({ kind: 'run', run: part }) as const),
    ...(main ? [main, ...others] : others).map(
      (metric) => ({ kind: 'metric', run, metric }) as const,
    ),
    ...(earlier ? [{ kind: 'same', run, earlier } as const] : []),
    ...live.map((metric) => ({ kind: 'live', run, metric }) as const),
    ...(run.params.length > 0 ? [{ kind: 'params', run } as const] : []),
    ...(files.length > 0 ? [{ kind: 'files', run, files: inRoleOrder(files) } as const] : []),
    ...(run.note === undefined ? [] : [{ kind: 'note', run, note: run.note } as const]),
    ...(run.codeState ? [{ kind: 'code', run, codeState: run.codeState } as const] : []),
    ...(run.environment || systemMetrics(run).length > 0
      ? [{ kind: 'environment', run } as const]
      : []),
    ...(run.logBytes > 0 || run.logLeftOut ? [{ kind: 'log', run } as const] : []),
  ];
}

/** What the run used of its machine, by name. */
export function systemMetrics({ metrics }: Run): readonly MetricSummary[] {
  return metrics
    .filter(({ key }) => isSystemMetric(key))
    .sort((a, b) => a.key.localeCompare(b.key));
}

/**
 * What package.json knows a run by that can be stopped, brought back or taken out of the archive; menus of
 * all runs that are not deleted ask for `/^run\b(?!\.deleted)/`.
 */
export function runContext({ status, deletedAtMs, archivedAtMs }: Run): string {
  if (deletedAtMs !== undefined) return 'run.deleted';
  if (status === 'running') return 'run.running';
  return archivedAtMs === undefined ? 'run' : 'run.archived';
}

/** Stable over reloads, so that what the user opened stays open. */
export function runNodeId(node: RunNode): string {
  switch (node.kind) {
    case 'experiment':
      return `experiment:${node.name}`;
    case 'metric':
      return `${node.run.id}:metric:${node.metric.key}`;
    case 'live':
      return `${node.run.id}:live:${node.metric.context ?? ''}/${node.metric.key}`;
    case 'param':
      return `${node.run.id}:param:${node.param.key}`;
    case 'file':
      return `${node.run.id}:file:${node.file.role}:${node.file.path}`;
    default:
      return `${node.run.id}:${node.kind}`;
  }
}
