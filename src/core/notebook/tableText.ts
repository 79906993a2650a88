import type { HtmlTable } from './htmlTables';

/** Turns a table that is shown again each time it grows into lines, each row once. */
export interface TableText {
  /**
   * The rows that are new, below their heading. The last one may still change, as when a validation
   * joins its step, so it waits for the next or for the end.
   */
  read(table: HtmlTable, isOver: boolean): string;
}

export function createTableText(): TableText {
  let told: readonly (readonly string[])[] = [];
  return {
    read(table, isOver) {
      const [heading = [], ...rows] = table;
      const done = isOver ? rows : rows.slice(0, -1);
      // Another table has taken the place of this one.
      if (told.length > done.length || told[0]?.[0] !== (done[0] ?? told[0])?.[0]) told = [];
      const fresh = done.slice(told.length);
      told = done;
      if (fresh.length === 0) return '';
      return [nameIndex(heading), ...fresh].map(toLine).join('');
    },
  };
}

/** The index of a data frame has no heading; it counts, unless another column does. */
function nameIndex(heading: readonly string[]): readonly string[] {
  const counts = heading.some((name) => /\b(?:epochs?|steps?|iter\w*)\b/i.test(name));
  return heading.map((name) => (name !== '' ? name : counts ? 'id' : '#'));
}

function toLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}
