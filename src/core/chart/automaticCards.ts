import { isSystemMetric } from '../run/systemMetric';
import type { Card } from './chartLayout';

/** A chart of lines for each metric, in the section that the key begins with: `train/loss` in `train`. */
export function automaticCards(metrics: readonly { readonly key: string }[]): readonly Card[] {
  return metrics.map(({ key }) => ({
    id: `line:${key}`,
    spec: { kind: 'line', metrics: [key] },
    section: sectionOf(key),
  }));
}

const mainSection = 'Metrics';

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
