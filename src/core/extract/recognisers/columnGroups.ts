import { type Cell, splitCells } from '../tableCells';

interface NamedColumn {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Columns of one name get the name of the group that stands above them, as in gplearn's
 * `Population Average | Best Individual` over two columns `Fitness`; without one, a number.
 *
 * @param above the line above the heading.
 */
export function tellColumnsApart<Column extends NamedColumn>(
  columns: readonly Column[],
  above: string,
): readonly Column[] {
  const counts = new Map<string, number>();
  for (const { name } of columns) counts.set(name, (counts.get(name) ?? 0) + 1);
  if (counts.size === columns.length) return columns;
  const groups = splitCells(above, 'blank').filter(({ text }) => /[A-Za-z]/.test(text));
  const used = new Map<string, number>();
  return columns.map((column) => {
    if (counts.get(column.name) === 1) return column;
    const group = groupOf(column, groups);
    const name = group === undefined ? column.name : `${group.text}/${column.name}`;
    const place = (used.get(name) ?? 0) + 1;
    used.set(name, place);
    return { ...column, name: place === 1 ? name : `${name}_${place}` };
  });
}

/** The group that stands nearest above a column, if each column may have one. */
function groupOf(column: NamedColumn, groups: readonly Cell[]): Cell | undefined {
  if (groups.length < 2) return undefined;
  const middle = (column.start + column.end) / 2;
  let best: Cell | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const group of groups) {
    const distance = Math.abs((group.start + group.end) / 2 - middle);
    if (distance >= bestDistance) continue;
    best = group;
    bestDistance = distance;
  }
  return best;
}
