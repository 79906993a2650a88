import { summarizeFigures } from '../statistics/summarizeFigures';
import type { RunColumn } from './runColumn';

export interface GroupStatistics {
  /** Undefined for runs that have no value of what is grouped by. */
  readonly name: string | undefined;
  /** Rows of its runs that have a finite value. */
  readonly rows: readonly number[];
  readonly mean: number;
  /** Of a sample, with n − 1; NaN of one run alone. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
  /** Runs of the group without a finite value. */
  readonly leftOut: number;
}

/** Figures of a metric for each group of runs, in the order in which the groups first come. */
export function groupStatistics(
  values: Float64Array,
  groups: RunColumn | undefined,
): readonly GroupStatistics[] {
  const byName = new Map<string | undefined, { rows: number[]; leftOut: number }>();
  for (let row = 0; row < values.length; row++) {
    const name = groups === undefined ? '' : groupName(groups, row);
    let group = byName.get(name);
    if (group === undefined) {
      group = { rows: [], leftOut: 0 };
      byName.set(name, group);
    }
    if (Number.isFinite(values[row])) group.rows.push(row);
    else group.leftOut++;
  }
  return [...byName].map(([name, { rows, leftOut }]) => {
    const none = Number.NaN;
    const of = summarizeFigures(rows.map((row) => values[row]));
    const { mean = none, deviation: std = none, min = none, max = none } = of;
    return { name, rows, leftOut, mean, std, min, max };
  });
}

/** Undefined where the run has no value. */
export function groupName(column: RunColumn, row: number): string | undefined {
  if (column.isPresent[row] !== 1) return undefined;
  return column.kind === 'text'
    ? column.texts[column.codes[row] ?? 0]
    : String(column.numbers[row]);
}
