import { packSeries } from '../../core/series/packSeries';
import type { SqlDatabase } from '../sqlDatabase';
import { toBytes } from '../sqlValues';

export function packedPoints(database: SqlDatabase): void {
  database.script(`
-- What is numbered for all windows, such as the versions of a model: no number twice under one name.
CREATE TABLE numbers (
  name TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (name, number)
) WITHOUT ROWID;

-- Deleted for good: the row stays, empty, so that what other journals still say of it stays without effect.
ALTER TABLE runs ADD COLUMN purged_stamp TEXT;
ALTER TABLE checkpoints ADD COLUMN purged_stamp TEXT;

-- How much of the raw log was left out, as it was longer than the user wants one to be.
ALTER TABLE runs ADD COLUMN log_omitted_bytes INTEGER NOT NULL DEFAULT 0;

CREATE INDEX params_by_value ON params (key, value);

ALTER TABLE chunks RENAME TO raw_chunks;
CREATE TABLE chunks (
  chunk INTEGER PRIMARY KEY,
  series INTEGER NOT NULL,
  stamp TEXT NOT NULL,
  count INTEGER NOT NULL,
  -- As packSeries gives them.
  points BLOB NOT NULL
);
`);
  packChunks(database);
  database.script('DROP TABLE raw_chunks; CREATE INDEX chunks_by_series ON chunks (series);');
}

/** Version 1 held the points of a chunk as three columns of float64. */
function packChunks(database: SqlDatabase): void {
  for (const [chunk] of [...database.rows('SELECT chunk FROM raw_chunks')]) {
    const [steps, values, timesMs] =
      database.row(
        'SELECT steps, point_values, times_ms FROM raw_chunks WHERE chunk = ?',
        Number(chunk),
      ) ?? [];
    const points = {
      steps: toColumn(toBytes(steps)),
      values: toColumn(toBytes(values)),
      timesMs: toColumn(toBytes(timesMs)),
    };
    database.run(
      `INSERT INTO chunks SELECT chunk, series, stamp, count, ? FROM raw_chunks WHERE chunk = ?`,
      ...[packSeries(points), Number(chunk)],
    );
  }
}

function toColumn(bytes: Uint8Array): Float64Array {
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
}
