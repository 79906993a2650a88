import { maskParam } from '../../core/secrets/maskChange';
import { maskText } from '../../core/secrets/maskText';
import type { SqlDatabase } from '../database/sqlDatabase';
import { toText } from '../database/sqlValues';

/** What may hold text of a program or of the user. */
const textColumns: readonly (readonly [table: string, column: string])[] = [
  ...['experiment', 'name', 'source_path', 'command_line', 'cwd', 'cell_source', 'note'].map(
    (column) => ['run_data', column] as const,
  ),
  ['checkpoint_data', 'note'],
  ['checkpoint_data', 'origin'],
  ['checkpoint_data', 'problem'],
  ['tags', 'value'],
  ['view_data', 'name'],
  ['view_data', 'state'],
];

/**
 * Masks credentials in the texts of an exported file.
 *
 * @param isKept whether they are only counted.
 * @returns how many there are.
 */
export function exportTexts(file: SqlDatabase, isKept: boolean): number {
  let count = 0;
  for (const [table, column] of textColumns) {
    const rows = file.rows(`SELECT rowid, ${column} FROM ${table} WHERE ${column} IS NOT NULL`);
    for (const [row, value] of [...rows]) {
      const masked = maskText(toText(value));
      if (masked.count === 0) continue;
      count += masked.count;
      if (isKept) continue;
      file.run(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`, masked.text, Number(row));
    }
  }
  for (const [row, key, value] of [...file.rows('SELECT rowid, key, value FROM param_data')]) {
    const param = { key: toText(key), value: toText(value), origin: 'client' } as const;
    const masked = maskParam(param);
    if (masked === param) continue;
    count++;
    if (isKept) continue;
    file.run('UPDATE param_data SET value = ? WHERE rowid = ?', masked.value, Number(row));
  }
  return count;
}
