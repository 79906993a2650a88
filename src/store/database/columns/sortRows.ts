import { compareOrderValues, type OrderValue, type RunOrder } from '../../../core/search/runOrder';
import { foldText } from '../../../core/search/searchText';
import { createFieldReader, type RowSources } from './rowTest';

/** The rows, which are newest first, as `sortRuns` orders runs. */
export function sortRows(
  rows: readonly number[],
  orders: readonly RunOrder[],
  sources: RowSources,
): readonly number[] {
  const keys = orders.map(({ field, direction }) => ({
    sign: direction === 'asc' ? 1 : -1,
    ranks: toRanks(orderValues(rows, { field, direction }, sources)),
  }));
  if (keys.length === 0) return rows;
  const positions = Uint32Array.from(rows, (_, position) => position);
  positions.sort((a, b) => {
    for (const { sign, ranks } of keys) {
      const one = ranks[a] as number;
      const other = ranks[b] as number;
      if (one === other) continue;
      // NaN stands for what has no value.
      const isNone = Number.isNaN(one);
      const isOtherNone = Number.isNaN(other);
      if (isNone && isOtherNone) continue;
      if (isNone || isOtherNone) return isNone ? 1 : -1;
      return one < other ? -sign : sign;
    }
    return a - b;
  });
  return Array.from(positions, (position) => rows[position] as number);
}

function orderValues(
  rows: readonly number[],
  { field }: RunOrder,
  sources: RowSources,
): readonly OrderValue[] {
  const read = createFieldReader(field, sources);
  const folded = new Map<string, string>();
  return rows.map((row) => {
    const column = read(row);
    if (column === undefined) return undefined;
    const number = column.number(row);
    if (!Number.isNaN(number)) return number;
    const text = column.text(row);
    if (text === undefined) return undefined;
    let value = folded.get(text);
    if (value === undefined) {
      value = foldText(text);
      folded.set(text, value);
    }
    return value;
  });
}

/** Numbers that compare as the values do; NaN where there is none. */
function toRanks(values: readonly OrderValue[]): Float64Array {
  if (!values.some((value) => typeof value === 'string')) {
    return Float64Array.from(values, (value) => Number(value ?? Number.NaN));
  }
  const distinct = [...new Set(values)].filter((value) => value !== undefined);
  distinct.sort((a, b) => compareOrderValues(a, b, 'asc'));
  const ranks = new Map(distinct.map((value, rank) => [value, rank]));
  return Float64Array.from(values, (value) =>
    value === undefined ? Number.NaN : (ranks.get(value) as number),
  );
}
