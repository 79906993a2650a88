import type { Card } from '../../src/core/chart/chartLayout';
import type { LineSpec } from '../../src/core/chart/chartSpec';
import type { XAxisKind } from '../../src/core/chart/xAxis';
import { isSystemMetric } from '../../src/core/run/systemMetric';
import type { ChartedMetric } from '../../src/protocol/chartsPage';

/** So many points a page smooths and groups while one waits: below that it is computed from all of them. */
const computedPoints = 400_000;

/**
 * How fine to ask: one bucket for two pixels, but not more points in all than a page can redraw live.
 * What is computed from the points, as smoothing is, needs all of them as far as they can be had.
 */
export function bucketsFor(cardWidthPx: number, lineCount: number, isComputed: boolean): number {
  const lines = Math.max(1, lineCount);
  const byWidth = Math.ceil(cardWidthPx / 2);
  const byLines = Math.ceil(40_000 / lines);
  const drawn = Math.max(50, Math.min(byWidth, byLines, 800));
  return isComputed ? Math.max(drawn, Math.floor(computedPoints / 4 / lines)) : drawn;
}

/** What the charts of a page are drawn over: time, whatever was chosen, for what has no steps. */
export function xAxisOf({ metrics }: LineSpec, chosen: XAxisKind): XAxisKind {
  const isOverTime = chosen === 'relativeTime' || chosen === 'wallTime';
  return metrics.every(isSystemMetric) && !isOverTime ? 'relativeTime' : chosen;
}

/** A chart of lines for each metric, in the section that the key begins with: `train/loss` in `train`. */
export function automaticCards(metrics: readonly ChartedMetric[]): readonly Card[] {
  return metrics.map(({ key }) => ({
    id: `line:${key}`,
    spec: { kind: 'line', metrics: [key] },
    section: sectionOf(key),
  }));
}

export const mainSection = 'Metrics';

function sectionOf(key: string): string {
  if (isSystemMetric(key)) return 'System';
  const slash = key.indexOf('/');
  return slash > 0 ? key.slice(0, slash) : mainSection;
}

/** The sections in the order in which their first cards come. */
export function bySection(cards: readonly Card[]): readonly (readonly [string, readonly Card[]])[] {
  const sections = new Map<string, Card[]>();
  for (const card of cards) {
    const section = sections.get(card.section);
    if (section) section.push(card);
    else sections.set(card.section, [card]);
  }
  return [...sections];
}

/** Without a value of what runs are grouped by they are together in a group of their own. */
export function groupName(group: string | undefined, groupBy: string): string {
  return group ?? `no ${groupBy}`;
}
