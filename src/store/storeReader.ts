import type { Checkpoint } from '../core/checkpoint/checkpoint';
import type { CheckpointId, Run, RunId } from '../core/run/run';
import { noPoints, type Series } from '../core/series/series';
import { thinSeries } from '../core/series/thinSeries';
import { checkpointColumns, toCheckpoint } from './checkpointRows';
import { readTags } from './editRows';
import type { Replica } from './replica';
import { runQuerySql } from './runQuerySql';
import { readParams, readRunRows, toRun } from './runRows';
import { readMetrics, readPoints } from './seriesRows';
import type { Row, SqlDatabase } from './sqlDatabase';
import type { CheckpointQuery, RunQuery, ThinnedSeries } from './store';

/**
 * Answers from the database. Runs are kept once read until a change touches them, as a window asks for
 * all of them again whenever one gets a point.
 */
export class StoreReader {
  readonly #database: SqlDatabase;
  readonly #runs = new Map<number, Run>();

  constructor(replica: Replica) {
    this.#database = replica.database;
    replica.onRunTouched((row) => this.#runs.delete(row));
  }

  listRuns(query: RunQuery = {}): Run[] {
    const { sql, values } = runQuerySql(query);
    return this.#readRuns(Array.from(this.#database.rows(sql, ...values), ([run]) => Number(run)));
  }

  getRun(runId: RunId): Run | undefined {
    const row = this.#database.row(
      'SELECT run FROM runs WHERE id = ? AND started_stamp IS NOT NULL',
      runId,
    );
    return row && this.#readRuns([Number(row[0])])[0];
  }

  readSeries(runId: RunId, key: string): Series {
    const row = this.#database.row('SELECT run FROM runs WHERE id = ?', runId);
    return (row && readPoints(this.#database, Number(row[0]), key)) ?? noPoints;
  }

  readThinnedSeries(runId: RunId, key: string, buckets: number): ThinnedSeries {
    const series = this.readSeries(runId, key);
    return { ...thinSeries(series, buckets), pointCount: series.values.length };
  }

  listCheckpoints(query: CheckpointQuery = {}): Checkpoint[] {
    const rows = this.#database.rows(
      `SELECT ${checkpointColumns} FROM checkpoints
       WHERE taken_stamp IS NOT NULL AND (?1 OR deleted_at_ms IS NULL)
         AND (?2 IS NULL OR notebook = ?2)
       ORDER BY taken_at_ms DESC, id LIMIT ?3`,
      ...[Number(query.includeDeleted ?? false), query.notebook, query.limit ?? -1],
    );
    return this.#withTags([...rows]);
  }

  getCheckpoint(checkpointId: CheckpointId): Checkpoint | undefined {
    const rows = this.#database.rows(
      `SELECT ${checkpointColumns} FROM checkpoints WHERE id = ? AND taken_stamp IS NOT NULL`,
      checkpointId,
    );
    return this.#withTags([...rows])[0];
  }

  /** One query a table, however many runs are not at hand. */
  #readRuns(rowIds: readonly number[]): Run[] {
    const missing = rowIds.filter((row) => !this.#runs.has(row));
    if (missing.length > 0) {
      const params = readParams(this.#database, missing);
      const metrics = readMetrics(this.#database, missing);
      const tags = readTags(this.#database, 'runs', missing);
      for (const row of readRunRows(this.#database, missing)) {
        const id = Number(row[0]);
        const run = toRun(row, {
          params: params.get(id) ?? [],
          metrics: metrics.get(id) ?? [],
          tags: tags.get(id) ?? {},
        });
        this.#runs.set(id, run);
      }
    }
    return rowIds.flatMap((row) => this.#runs.get(row) ?? []);
  }

  #withTags(rows: readonly Row[]): Checkpoint[] {
    const tags = readTags(
      this.#database,
      'checkpoints',
      rows.map(([row]) => Number(row)),
    );
    return rows.map((row) => toCheckpoint(row, tags.get(Number(row[0])) ?? {}));
  }
}
