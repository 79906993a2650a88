import type { Figures } from '../store/report';
import { rounded } from '../store/statistics';

/** Which figure of others, by its name, is held against which of ours. */
const pairs: Readonly<Record<string, readonly [theirs: string, ours: string]>> = {
  vsUplot: ['uplot100x10kMs', 'chart100x10kMs'],
  vsUplot10x100k: ['uplot10x100kMs', 'chart10x100kMs'],
  vsUplot1000x1k: ['uplot1000x1kMs', 'chart1000x1kMs'],
  vsMlflowSearch: ['mlflowSearchMs', 'filterSortMs'],
  vsMlflowFirstPage: ['mlflowFirstPageMs', 'firstRowsMs'],
  vsMlflowHistory: ['mlflowHistory100x10kMs', 'chart100x10kMs'],
};

/**
 * How many times longer others take for the same, of the pairs that were asked for; NaN where one of the
 * two could not be measured.
 */
export function ratiosOf(figures: Figures): Figures {
  const ratios: Record<string, number> = {};
  for (const [name, [theirs, ours]] of Object.entries(pairs)) {
    const theirMs = figures[theirs];
    const ourMs = figures[ours];
    if (theirMs !== undefined && ourMs !== undefined) ratios[name] = rounded(theirMs / ourMs);
  }
  return ratios;
}
