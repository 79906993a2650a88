import { formatNumber } from '../format/formatNumber';
import { formatDuration } from '../format/formatTime';
import { mainMetric } from '../run/mainMetric';
import { summarizeParts } from '../run/parts';
import type { MetricSummary, Run, RunStatus } from '../run/run';
import { tagText } from '../run/tag';

export const statusWords: Readonly<Record<RunStatus, string>> = {
  running: 'Running',
  finished: 'Finished',
  failed: 'Failed',
  killed: 'Killed',
  interrupted: 'Interrupted',
};

/**
 * The one line beside a run's name: its main metric or that of its parts, how long it took, and the
 * user's tags.
 */
export function describeRun(run: Run, nowMs: number, parts: readonly Run[] = []): string {
  const metric = mainMetric(run.metrics);
  return [
    run.starred ? '★' : undefined,
    describeParts(parts) ?? (metric && `${metric.key} ${formatNumber(metric.last)}`),
    run.status === 'finished' ? undefined : statusWords[run.status].toLowerCase(),
    run.status === 'interrupted' ? undefined : formatDuration(durationMs(run, nowMs)),
    ...tagTexts(run.tags).map((tag) => `#${tag}`),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** `val_acc 0.93 ± 0.01 · 5 parts`; undefined for a run that has none. */
export function describeParts(parts: readonly Run[]): string | undefined {
  if (parts.length === 0) return undefined;
  const count = parts.length === 1 ? '1 part' : `${parts.length} parts`;
  const summary = summarizeParts(parts);
  if (summary === undefined) return count;
  const { key, mean, deviation } = summary;
  const spread = deviation === undefined ? '' : ` ± ${formatNumber(deviation)}`;
  return `${key} ${formatNumber(mean)}${spread} · ${count}`;
}

/** How long a run took, or has taken by now. */
export function durationMs(run: Pick<Run, 'startedAtMs' | 'endedAtMs'>, nowMs: number): number {
  return (run.endedAtMs ?? nowMs) - run.startedAtMs;
}

export function tagTexts(tags: Run['tags']): readonly string[] {
  return Object.entries(tags).map(([key, value]) => tagText(key, value));
}

/** `1,240 (peak 1,890)`: of what a run used of its machine the most counts. */
export function describePeak({ last, max }: MetricSummary): string {
  return Object.is(last, max)
    ? formatNumber(last)
    : `${formatNumber(last)} (peak ${formatNumber(max)})`;
}

/** `0.9722 (best 0.98 at step 12)`: the best is left out where it is the last. */
export function describeMetric(metric: MetricSummary): string {
  const last = formatNumber(metric.last);
  return Object.is(metric.best, metric.last) ? last : `${last} (${describeBest(metric)})`;
}

/** `best 0.98 at step 12` */
export function describeBest({ best, bestStep }: MetricSummary): string {
  return `best ${formatNumber(best)}${bestStep === undefined ? '' : ` at step ${bestStep}`}`;
}
