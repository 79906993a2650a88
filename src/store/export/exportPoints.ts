import { readChunkedPoints } from '../database/chunkRows';
import type { SqlDatabase } from '../database/sqlDatabase';
import type { ExportSteps } from './exportSteps';

/** A statement for so many points is about three times faster than one for each. */
const rowsPerInsert = 256;
const pointsPerStep = 50_000;

const insertOf = (rows: number): string =>
  `INSERT INTO points (step, value, time_ms) VALUES ${Array(rows).fill('(?, ?, ?)').join(', ')}`;
const insertMany = insertOf(rowsPerInsert);
const insertOne = insertOf(1);

/**
 * Writes the points of every series of `store` into the table `points` of `file`, one series after the
 * other, and where each begins into its row of `series_data`.
 */
export async function exportPoints(
  store: SqlDatabase,
  file: SqlDatabase,
  steps: ExportSteps,
): Promise<void> {
  const all = [...file.rows('SELECT series, count FROM series_data ORDER BY rowid')];
  const total = all.reduce((sum, [, count]) => sum + Number(count), 0);
  let written = 0;
  let atLastStep = 0;
  for (const [series] of all) {
    const first = written + 1;
    const { steps: at, values, timesMs } = readChunkedPoints(store, Number(series));
    const row = (index: number) => [at[index], values[index], timesMs[index]];
    let index = 0;
    while (index < values.length) {
      const rows = values.length - index < rowsPerInsert ? 1 : rowsPerInsert;
      const bound = Array.from({ length: rows }, (_, offset) => row(index + offset)).flat();
      file.run(rows === 1 ? insertOne : insertMany, ...bound);
      index += rows;
      if (written + index - atLastStep < pointsPerStep) continue;
      atLastStep = written + index;
      await steps.pass('points', atLastStep, total);
    }
    written += values.length;
    file.run(
      'UPDATE series_data SET first_point = ?, count = ? WHERE series = ?',
      ...[first, values.length, Number(series)],
    );
  }
}
