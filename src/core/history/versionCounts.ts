import type { MatchedCell } from '../notebook/cellFeatures';

/** How many versions a cell of the newest checkpoint has. */
export interface CellCount {
  readonly id?: string;
  readonly source: string;
  readonly versions: number;
}

/** Finds how many versions a cell has that is open now; undefined for one that no checkpoint has. */
export type CountFinder = (cell: Pick<MatchedCell, 'id' | 'source'>) => number | undefined;

export function createCountFinder(counts: readonly CellCount[]): CountFinder {
  const byId = new Map<string, number>();
  const bySource = new Map<string, number>();
  for (const { id, source, versions } of counts) {
    if (id !== undefined) byId.set(id, versions);
    bySource.set(source, Math.max(versions, bySource.get(source) ?? 0));
  }
  return ({ id, source }) => (id === undefined ? undefined : byId.get(id)) ?? bySource.get(source);
}
