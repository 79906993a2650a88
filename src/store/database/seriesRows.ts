import type { PointsAppended } from '../../core/change/change';
import type { DirectionOf } from '../../core/run/directionTable';
import type { MetricSummary } from '../../core/run/run';
import { type OpenSeries, openSeries, unpackSeries } from '../../core/series/packSeries';
import type { Series } from '../../core/series/series';
import type { Stamp } from '../journal/hybridClock';
import {
  insertChunk,
  largeChunkPoints,
  mergeChunks,
  readChunkedPoints,
  readPackedChunks,
} from './chunkRows';
import { mergeSummaries, type SeriesSummary, summarize } from './seriesSummary';
import type { Row, SqlDatabase } from './sqlDatabase';
import { toFigure, toText } from './sqlValues';

/** So many small chunks are merged, so that a run that prints one point at a time stays fast to read. */
const maxSmallChunks = 64;

const summaryColumns = `key, first, first_stamp, last, last_stamp, last_step, last_at_ms, min,
  min_step, min_stamp, max, max_step, max_stamp, count`;
const summaryColumnCount = 14;

/**
 * Adds points of a run; each stamp is to come once only.
 *
 * @param packed what `packSeries` gave.
 */
export function appendPoints(
  database: SqlDatabase,
  run: number,
  { key, edition }: Pick<PointsAppended, 'key' | 'edition'>,
  packed: Uint8Array,
  stamp: Stamp,
): void {
  const points = unpackSeries(packed);
  const count = points.values.length;
  if (count === 0) return;
  const added = summarize(points, stamp);
  const found = database.row(
    `SELECT ${summaryColumns}, small_chunks, edition FROM series WHERE run = ? AND key = ?`,
    ...[run, key],
  );
  // The edition comes before its points in the journal that has both.
  if ((found?.[summaryColumnCount + 1] ?? undefined) !== edition) return;
  const isFirst = found === undefined || Number(found[summaryColumnCount - 1]) === 0;
  const summary = isFirst ? added : mergeSummaries(toSeriesSummary(found), added);
  const smallChunks = Number(found?.[summaryColumnCount] ?? 0) + (count < largeChunkPoints ? 1 : 0);
  const mergeNow = smallChunks >= maxSmallChunks;
  const series = writeSummary(database, run, key, summary, mergeNow ? 0 : smallChunks);
  insertChunk(database, series, stamp, count, packed);
  if (mergeNow) mergeChunks(database, series);
}

/** Empties a series for the points of another edition, unless one that was begun later has done so. */
export function replaceSeries(
  database: SqlDatabase,
  run: number,
  key: string,
  edition: string,
  stamp: Stamp,
): void {
  const row = database.row(
    `INSERT INTO series (run, key, first_stamp, last_stamp, count, small_chunks, edition, edition_stamp)
     VALUES (?1, ?2, ?4, ?4, 0, 0, ?3, ?4)
     ON CONFLICT (run, key) DO UPDATE SET first = NULL, last = NULL, last_step = NULL,
       last_at_ms = NULL, min = NULL, min_step = NULL, min_stamp = NULL, max = NULL,
       max_step = NULL, max_stamp = NULL, count = 0, small_chunks = 0, edition = ?3, edition_stamp = ?4
     WHERE ifnull(edition_stamp, '') < ?4
     RETURNING series`,
    ...[run, key, edition, stamp],
  );
  if (row !== undefined) database.run('DELETE FROM chunks WHERE series = ?', Number(row[0]));
}

/** Merges the chunks of each series of a run that gets no more points. */
export function compactSeries(database: SqlDatabase, run: number): void {
  for (const [series] of [...database.rows('SELECT series FROM series WHERE run = ?', run)]) {
    mergeChunks(database, Number(series));
  }
}

export function readEditions(database: SqlDatabase, run: number): Map<string, string> {
  const rows = database.rows(
    'SELECT key, edition FROM series WHERE run = ? AND edition IS NOT NULL',
    run,
  );
  return new Map(Array.from(rows, ([key, edition]) => [toText(key), toText(edition)]));
}

export function readPoints(database: SqlDatabase, run: number, key: string): Series | undefined {
  const row = database.row('SELECT series FROM series WHERE run = ? AND key = ?', run, key);
  return row && readChunkedPoints(database, Number(row[0]));
}

/** In their order, to be unpacked as far as they are wanted. */
export function openPoints(database: SqlDatabase, run: number, key: string): OpenSeries[] {
  const row = database.row('SELECT series FROM series WHERE run = ? AND key = ?', run, key);
  return row === undefined ? [] : readPackedChunks(database, Number(row[0])).map(openSeries);
}

/** Metric summaries of the given runs, by run; those of a run in the order they were first seen. */
export function readMetrics(
  database: SqlDatabase,
  runs: readonly number[],
  directionOf: DirectionOf,
): Map<number, MetricSummary[]> {
  const metrics = new Map<number, MetricSummary[]>();
  // Each column costs time, so the stamps are left out.
  const rows = database.rows(
    `SELECT run, key, first, last, last_step, last_at_ms, min, min_step, max, max_step, count
     FROM series WHERE count > 0 AND run IN (SELECT value FROM json_each(?))
     ORDER BY run, first_stamp`,
    JSON.stringify(runs),
  );
  for (const row of rows) {
    const run = Number(row[0]);
    const found = metrics.get(run);
    const summary = toMetricSummary(row, directionOf);
    if (found === undefined) metrics.set(run, [summary]);
    else found.push(summary);
  }
  return metrics;
}

function writeSummary(
  database: SqlDatabase,
  run: number,
  key: string,
  summary: SeriesSummary,
  smallChunks: number,
): number {
  const { first, firstStamp, last, lastStamp, lastStep, lastAtMs } = summary;
  const { min, max, count } = summary;
  const row = database.row(
    `INSERT INTO series (run, ${summaryColumns}, small_chunks)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (run, key) DO UPDATE SET first = excluded.first,
       first_stamp = excluded.first_stamp, last = excluded.last, last_stamp = excluded.last_stamp,
       last_step = excluded.last_step, last_at_ms = excluded.last_at_ms, min = excluded.min,
       min_step = excluded.min_step, min_stamp = excluded.min_stamp, max = excluded.max,
       max_step = excluded.max_step, max_stamp = excluded.max_stamp, count = excluded.count,
       small_chunks = excluded.small_chunks
     RETURNING series`,
    ...[run, key, first, firstStamp, last, lastStamp, lastStep, lastAtMs],
    ...[min.value, min.step, min.stamp, max.value, max.step, max.stamp, count, smallChunks],
  );
  return Number(row?.[0]);
}

function toSeriesSummary(row: Row): SeriesSummary {
  // SAFETY: the stamp columns hold nothing else.
  const stamp = (index: number) => toText(row[index]) as Stamp;
  return {
    first: toFigure(row[1]),
    firstStamp: stamp(2),
    last: toFigure(row[3]),
    lastStamp: stamp(4),
    lastStep: toFigure(row[5]),
    lastAtMs: toFigure(row[6]),
    min: { value: toFigure(row[7]), step: toFigure(row[8]), stamp: stamp(9) },
    max: { value: toFigure(row[10]), step: toFigure(row[11]), stamp: stamp(12) },
    count: Number(row[13]),
  };
}

/** Where the last value, the minimum and the maximum of `readMetrics` stand, each before its step. */
const figureAt = { last: 3, lower: 6, higher: 8 } as const;
const stepAt = { last: 4, lower: 7, higher: 9 } as const;

/** One of thousands, so nothing is made that is not kept. */
function toMetricSummary(row: Row, directionOf: DirectionOf): MetricSummary {
  const key = toText(row[1]);
  const direction = directionOf(key);
  const best = direction ?? 'last';
  const summary: { -readonly [K in keyof MetricSummary]: MetricSummary[K] } = {
    key,
    first: toFigure(row[2]),
    last: toFigure(row[figureAt.last]),
    lastAtMs: toFigure(row[5]),
    min: toFigure(row[figureAt.lower]),
    max: toFigure(row[figureAt.higher]),
    best: toFigure(row[figureAt[best]]),
    count: toFigure(row[10]),
  };
  const bestStep = toFigure(row[stepAt[best]]);
  const lastStep = toFigure(row[stepAt.last]);
  if (direction !== undefined) summary.direction = direction;
  if (!Number.isNaN(bestStep)) summary.bestStep = bestStep;
  if (!Number.isNaN(lastStep)) summary.lastStep = lastStep;
  return summary;
}
