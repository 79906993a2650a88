import { unpackSeries } from '../../../core/series/packSeries';
import type { Stamp } from '../../journal/hybridClock';
import { mergeSummaries, type SeriesSummary, summarize } from '../seriesSummary';
import type { SqlDatabase } from '../sqlDatabase';
import { toBytes, toText } from '../sqlValues';

export function runFiles(database: SqlDatabase): void {
  database.script(schema);
  for (const [series] of [...database.rows('SELECT series FROM series')]) {
    writeExtremes(database, Number(series));
  }
  // Only now, as SQLite writes every row anew.
  database.script(`
    DROP INDEX series_by_best;
    ALTER TABLE series DROP COLUMN best;
    ALTER TABLE series DROP COLUMN best_step;
    ALTER TABLE series DROP COLUMN best_stamp;
  `);
}

/** Earlier versions kept the step of the best value alone, whichever that was by the metric's name. */
function writeExtremes(database: SqlDatabase, series: number): void {
  let summary: SeriesSummary | undefined;
  const chunks = database.rows('SELECT stamp, points FROM chunks WHERE series = ?', series);
  for (const [stamp, points] of chunks) {
    // SAFETY: the column holds nothing else.
    const added = summarize(unpackSeries(toBytes(points)), toText(stamp) as Stamp);
    summary = summary === undefined ? added : mergeSummaries(summary, added);
  }
  if (summary === undefined) return;
  const { min, max } = summary;
  database.run(
    'UPDATE series SET min_step = ?, min_stamp = ?, max_step = ?, max_stamp = ? WHERE series = ?',
    ...[min.step, min.stamp, max.step, max.stamp, series],
  );
}

const schema = `
-- Environment as JSON.
ALTER TABLE runs ADD COLUMN environment TEXT;
ALTER TABLE runs ADD COLUMN environment_stamp TEXT;
-- Id of the run that this one is a part of.
ALTER TABLE runs ADD COLUMN parent_id TEXT;
-- How much of an output that is kept elsewhere is part of the record.
ALTER TABLE runs ADD COLUMN output_read_bytes INTEGER NOT NULL DEFAULT 0;
CREATE INDEX runs_by_parent ON runs (parent_id) WHERE parent_id IS NOT NULL;

-- The edition whose points count, and the moment from which on; NULL: that in which they were first written.
ALTER TABLE series ADD COLUMN edition TEXT;
ALTER TABLE series ADD COLUMN edition_stamp TEXT;

-- Whether the lowest or the highest value is the best is said when they are read.
ALTER TABLE series ADD COLUMN min_step REAL;
ALTER TABLE series ADD COLUMN min_stamp TEXT;
ALTER TABLE series ADD COLUMN max_step REAL;
ALTER TABLE series ADD COLUMN max_stamp TEXT;
CREATE INDEX series_by_min ON series (key, min, run);
CREATE INDEX series_by_max ON series (key, max, run);

CREATE TABLE run_files (
  run INTEGER NOT NULL,
  role TEXT NOT NULL,
  path TEXT NOT NULL,
  type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  modified_at_ms REAL NOT NULL,
  -- SHA-256 of the content; NULL where it could not be read whole.
  hash TEXT,
  -- 1: the content is a blob.
  is_kept INTEGER NOT NULL,
  stamp TEXT NOT NULL,
  PRIMARY KEY (run, role, path)
) WITHOUT ROWID;
`;
