import { paramNumber } from '../../../core/run/paramNumber';
import { packSeries } from '../../../core/series/packSeries';
import type { SqlDatabase } from '../sqlDatabase';
import { toBytes, toText } from '../sqlValues';

export function packedPoints(database: SqlDatabase): void {
  database.script(`
-- What is numbered for all windows, such as the versions of a model: no number twice under one name.
CREATE TABLE numbers (
  name TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (name, number)
) WITHOUT ROWID;

-- One row: the first moment after all that the state contains, which a clock that was set back must not repeat.
CREATE TABLE next_moment (
  one INTEGER PRIMARY KEY,
  ms INTEGER NOT NULL,
  counter INTEGER NOT NULL
);

-- Frames of a journal that took effect when they were found again in a later one.
CREATE TABLE retried_frames (
  writer_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (writer_id, sequence)
) WITHOUT ROWID;

-- Deleted for good: the row stays, empty, so that what other journals still say of it stays without effect.
ALTER TABLE runs ADD COLUMN purged_stamp TEXT;
ALTER TABLE checkpoints ADD COLUMN purged_stamp TEXT;

-- How much of the raw log was left out, as it was longer than the user wants one to be.
ALTER TABLE runs ADD COLUMN log_omitted_bytes INTEGER NOT NULL DEFAULT 0;
-- The limit that it met, by the name of its setting.
ALTER TABLE runs ADD COLUMN log_omitted_why TEXT;
-- 1: the user let the whole log go.
ALTER TABLE runs ADD COLUMN log_dropped INTEGER NOT NULL DEFAULT 0;

-- LeftOut as JSON.
ALTER TABLE checkpoints ADD COLUMN left_out TEXT;

-- What the value is as a number, by paramNumber; NULL if it is none.
ALTER TABLE params ADD COLUMN number REAL;
CREATE INDEX params_by_value ON params (key, value);
CREATE INDEX params_by_number ON params (key, number);
CREATE INDEX series_by_last ON series (key, last, run);
-- Where the metric's name does not say what is better, the last value stands for the best.
CREATE INDEX series_by_best ON series (key, ifnull(best, last), run);

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
  for (const [value] of [...database.rows('SELECT DISTINCT value FROM params')]) {
    const number = paramNumber(toText(value));
    database.run('UPDATE params SET number = ? WHERE value = ?', number, toText(value));
  }
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
