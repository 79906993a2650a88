import type { LineSpec } from '../../src/core/chart/chartSpec';
import type { XAxisKind } from '../../src/core/chart/xAxis';
import { isSystemMetric } from '../../src/core/run/systemMetric';

/** What the charts of a page are drawn over: time, whatever was chosen, for what has no steps. */
export function xAxisOf({ metrics }: LineSpec, chosen: XAxisKind): XAxisKind {
  const isOverTime = chosen === 'relativeTime' || chosen === 'wallTime';
  return metrics.every(isSystemMetric) && !isOverTime ? 'relativeTime' : chosen;
}

/** Without a value of what runs are grouped by they are together in a group of their own. */
export function groupName(group: string | undefined, groupBy: string): string {
  return group ?? `no ${groupBy}`;
}
