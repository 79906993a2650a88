import type { ChartLine } from '../../../shared/chart/chartLine';

export interface TableRow {
  readonly x: number;
  /** One for each line; undefined where it has no point there. */
  readonly values: readonly (number | undefined)[];
}

/**
 * The points of lines as rows of a table, at most `limit`, evenly chosen with both ends. Where a run was
 * resumed the later value counts.
 */
export function toTableRows(
  lines: readonly ChartLine[],
  limit: number,
): { readonly rows: readonly TableRow[]; readonly all: number } {
  const columns = lines.map(({ xs, ys }) => {
    const column = new Map<number, number>();
    for (let index = 0; index < xs.length; index++) {
      const x = xs[index] as number;
      if (Number.isFinite(x)) column.set(x, ys[index] as number);
    }
    return column;
  });
  const xs = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((a, b) => a - b);
  const kept =
    xs.length <= limit
      ? xs
      : Array.from(
          { length: limit },
          (_, i) => xs[Math.round((i * (xs.length - 1)) / (limit - 1))],
        );
  const rows = kept.flatMap((x) =>
    x === undefined ? [] : [{ x, values: columns.map((column) => column.get(x)) }],
  );
  return { rows, all: xs.length };
}
