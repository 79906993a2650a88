import type { ColumnAxis } from '../../../../src/core/plot/columnAxis';
import { groupStatistics } from '../../../../src/core/plot/groupStatistics';
import type { RunColumn } from '../../../../src/core/plot/runColumn';
import type { RunId } from '../../../../src/core/run/run';
import type { ChartedRun } from '../../../../src/protocol/chartsPage';

/** One bar: a run, or a group of runs with the spread of its values. */
export interface BarRow {
  readonly name: string;
  readonly value: number;
  /** Standard deviation of a group of at least two. */
  readonly std?: number;
  readonly runs: readonly ChartedRun[];
  /** Runs of the group that have no finite value. */
  readonly leftOut: number;
}

export interface BarInput {
  readonly runs: readonly ChartedRun[];
  readonly shortNameOf: (runId: RunId) => string;
  readonly value: RunColumn;
  readonly group?: { readonly column: RunColumn; readonly axis: ColumnAxis } | undefined;
  readonly order: 'value' | 'name';
  /** Whether less is better, so that the best stand first. */
  readonly isLowerBetter: boolean;
}

/** The best first, or in the order of their names; none for what has no finite value. */
export function barRows(input: BarInput): readonly BarRow[] {
  const { runs, shortNameOf, value, group, order, isLowerBetter } = input;
  if (value.kind === 'text') return [];
  const rows =
    group === undefined
      ? runs.map(
          (run, row): BarRow => ({
            ...{ name: shortNameOf(run.runId), value: value.numbers[row] ?? Number.NaN },
            ...{ runs: [run], leftOut: 0 },
          }),
        )
      : groupStatistics(value.numbers, group.column).map(
          ({ name, mean, std, rows: members, leftOut }): BarRow => ({
            name: name ?? 'none',
            value: mean,
            ...(Number.isFinite(std) && { std }),
            runs: members.flatMap((row) => runs[row] ?? []),
            leftOut,
          }),
        );
  const finite = rows.filter((row) => Number.isFinite(row.value));
  const byName = (a: BarRow, b: BarRow) =>
    a.name.localeCompare(b.name, undefined, { numeric: true });
  return finite.toSorted((a, b) =>
    order === 'name'
      ? byName(a, b)
      : (isLowerBetter ? a.value - b.value : b.value - a.value) || byName(a, b),
  );
}
