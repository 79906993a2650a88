import { mainMetric } from '../../src/core/run/mainMetric';
import type { MetricSummary, Run } from '../../src/core/run/run';
import { isSystemMetric } from '../../src/core/run/systemMetric';
import type { RunSection } from '../../src/protocol/runPage';

export interface ShownSection {
  readonly id: RunSection;
  readonly title: string;
  /** How many there are of what it lists. */
  readonly count?: number;
}

/** The sections that a run has, in their order. */
export function shownSections(run: Run): readonly ShownSection[] {
  const metrics = ownMetrics(run).length;
  return [
    { id: 'overview', title: 'Overview' },
    { id: 'metrics', title: 'Metrics', ...(metrics > 0 ? { count: metrics } : {}) },
    { id: 'log', title: 'Log' },
    { id: 'files', title: 'Files' },
    { id: 'code', title: 'Code' },
    { id: 'environment', title: 'Environment' },
    ...(run.source.kind === 'notebook' ? [{ id: 'notebook', title: 'Notebook' } as const] : []),
  ];
}

/** What was trained for: the main metric, the others by name. The machine's are with the environment. */
export function ownMetrics({ metrics }: Pick<Run, 'metrics'>): readonly MetricSummary[] {
  const main = mainMetric(metrics);
  const others = metrics
    .filter((metric) => metric !== main && !isSystemMetric(metric.key))
    .toSorted((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }));
  return main === undefined ? others : [main, ...others];
}

export function machineMetrics({ metrics }: Pick<Run, 'metrics'>): readonly MetricSummary[] {
  return metrics
    .filter(({ key }) => isSystemMetric(key))
    .toSorted((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }));
}

/** Whether what the user types, in any case, is in one of the texts. */
export function isFound(typed: string, ...texts: readonly string[]): boolean {
  const wanted = typed.trim().toLowerCase();
  return wanted === '' || texts.some((text) => text.toLowerCase().includes(wanted));
}
