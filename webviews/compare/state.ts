import type { ComparedRow } from '../../src/core/compare/comparedRow';
import type { Run, RunId } from '../../src/core/run/run';

/** The runs with the base first, the others as they were given. */
export function baseFirst(runs: readonly Run[], baseId: RunId | undefined): readonly Run[] {
  const base = runs.find(({ id }) => id === baseId) ?? runs[0];
  return base === undefined ? runs : [base, ...runs.filter(({ id }) => id !== base.id)];
}

/** The run whose code is held against the base's. */
export function againstRun(ordered: readonly Run[], againstId: RunId | undefined): Run | undefined {
  const others = ordered.slice(1);
  return others.find(({ id }) => id === againstId) ?? others.at(-1);
}

/** What differs first, each part as it was; or that alone. */
export function shownRows(
  rows: readonly ComparedRow[],
  onlyDifferences: boolean,
): readonly ComparedRow[] {
  const differing = rows.filter(({ differs }) => differs);
  return onlyDifferences ? differing : [...differing, ...rows.filter(({ differs }) => !differs)];
}

/** Columns of runs at a time, beside the base. */
export const runsAtOnce = 12;

/** The rows with the base and the runs of one page of columns. */
export function pageOfColumns(rows: readonly ComparedRow[], page: number): readonly ComparedRow[] {
  const start = 1 + page * runsAtOnce;
  return rows.map((row) =>
    row.cells.length <= runsAtOnce + 1
      ? row
      : {
          ...row,
          cells: [...row.cells.slice(0, 1), ...row.cells.slice(start, start + runsAtOnce)],
        },
  );
}

/** `3 of 12 differ`, `none of 4 differs`. */
export function countText(rows: readonly ComparedRow[]): string {
  const differing = rows.filter(({ differs }) => differs).length;
  if (rows.length === 0) return 'nothing recorded';
  if (differing === 0) return rows.length === 1 ? 'the same' : `all ${rows.length} the same`;
  return `${differing} of ${rows.length} ${differing === 1 ? 'differs' : 'differ'}`;
}
