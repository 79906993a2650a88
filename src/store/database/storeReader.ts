import type { Checkpoint } from '../../core/checkpoint/checkpoint';
import type { DirectionOf } from '../../core/run/directionTable';
import type { BlobHash, CheckpointId, Run, RunFile, RunId } from '../../core/run/run';
import type { SearchField } from '../../core/search/searchNode';
import type { SearchVocabulary } from '../../core/search/suggestSearch';
import { noPoints, type Series } from '../../core/series/series';
import {
  type SeriesBatchOptions,
  type SeriesPart,
  thinPieces,
  thinToPart,
  type WantedSeries,
} from '../../core/series/seriesBatch';
import { thinSeries } from '../../core/series/thinSeries';
import type { SavedView } from '../../core/view/savedView';
import type { CheckpointQuery, RunIdQuery, RunQuery, ThinnedSeries } from '../store';
import { checkpointColumns, toCheckpoint } from './checkpointRows';
import { RunSearch, type SearchSurroundings } from './columns/runSearch';
import { readTags } from './editRows';
import { readFiles, readInputs } from './fileRows';
import type { Replica } from './replica';
import { countQuery, type PreparedQuery, runQueries, type Selectivity } from './runQuerySql';
import { readParams, readRunRows, toRun } from './runRows';
import { openPoints, readEditions, readMetrics, readPoints } from './seriesRows';
import type { Bindable, Row, SqlDatabase } from './sqlDatabase';
import { toText } from './sqlValues';
import { readViews } from './viewRows';
import { Vocabulary } from './vocabulary';

/** The runs read last that are kept, at about five kilobytes each. */
const maxKeptRuns = 10_000;

/** Looking at so many runs one by one takes as long as going through an index until a page is full. */
const fewRuns = 300;

const noSurroundings: SearchSurroundings = { nowMs: 0, scripts: new Map() };

/**
 * Answers from the database. The runs read last are kept until a change touches them, as a table asks for
 * the same page again whenever one of its runs gets a point.
 */
export class StoreReader {
  readonly #database: SqlDatabase;
  readonly #runs = new Map<number, Run>();
  readonly #directionOf: DirectionOf;
  readonly #search: RunSearch;
  readonly #stop: () => void;
  readonly #vocabulary: Vocabulary;

  constructor(replica: Replica, directionOf: DirectionOf) {
    this.#database = replica.database;
    this.#directionOf = directionOf;
    this.#search = new RunSearch(replica.database, directionOf);
    this.#vocabulary = new Vocabulary(replica.database, directionOf);
    this.#stop = replica.onRunTouched((row, kind) => {
      this.#runs.delete(row);
      this.#search.touch(row);
      this.#vocabulary.touch(kind);
    });
  }

  /** Hears of no change any more: another takes its place. */
  dispose(): void {
    this.#stop();
  }

  /** The scripts of all runs, by the hashes of their texts. */
  listScripts(): BlobHash[] {
    const rows = this.#database.rows(
      `SELECT DISTINCT json_extract(code_state, '$.script') AS script FROM runs
       WHERE code_state IS NOT NULL AND script IS NOT NULL`,
    );
    // SAFETY: `writeCodeState` writes nothing else there.
    return Array.from(rows, ([hash]) => toText(hash) as BlobHash);
  }

  listRuns(asked: RunQuery = {}, surroundings: SearchSurroundings = noSurroundings): Run[] {
    const query = this.#prepare(asked, surroundings);
    const rowIds: number[] = [];
    let skip = query.offset ?? 0;
    for (const { sql, values } of runQueries(query, this.#selectivity(query), this.#directionOf)) {
      const left = query.limit === undefined ? -1 : query.limit - rowIds.length;
      if (left === 0) break;
      const found = this.#database.rows(`${sql} LIMIT ? OFFSET ?`, ...values, left, skip);
      const before = rowIds.length;
      for (const [row] of found) rowIds.push(Number(row));
      if (skip > 0) skip = rowIds.length > before ? 0 : skip - this.#count(sql, values);
    }
    return this.#readRuns(rowIds);
  }

  getRun(runId: RunId): Run | undefined {
    const row = this.#database.row(
      'SELECT run FROM runs WHERE id = ? AND started_stamp IS NOT NULL',
      runId,
    );
    return row && this.#readRuns([Number(row[0])])[0];
  }

  getRuns(runIds: readonly RunId[]): Run[] {
    const rows = this.#database.rows(
      `SELECT runs.run FROM json_each(?) AS asked JOIN runs ON runs.id = asked.value
       WHERE runs.started_stamp IS NOT NULL ORDER BY asked.key`,
      JSON.stringify(runIds),
    );
    return this.#readRuns(Array.from(rows, ([row]) => Number(row)));
  }

  listFiles(runId: RunId): RunFile[] {
    const row = this.#database.row('SELECT run FROM runs WHERE id = ?', runId);
    return row === undefined ? [] : readFiles(this.#database, Number(row[0]));
  }

  /** 0 if nothing was said of it. */
  outputReadBytes(runId: RunId): number {
    const row = this.#database.row('SELECT output_read_bytes FROM runs WHERE id = ?', runId);
    return Number(row?.[0] ?? 0);
  }

  listEditions(runId: RunId): ReadonlyMap<string, string> {
    const row = this.#database.row('SELECT run FROM runs WHERE id = ?', runId);
    return row === undefined ? new Map() : readEditions(this.#database, Number(row[0]));
  }

  readSeries(runId: RunId, key: string): Series {
    const row = this.#search.rowOf(runId);
    return (row === undefined ? undefined : readPoints(this.#database, row, key)) ?? noPoints;
  }

  readSeriesPart({ runId, key }: WantedSeries, options: SeriesBatchOptions): SeriesPart {
    const { buckets, ...range } = options;
    const isWhole = Object.values(range).every((end) => end === undefined);
    if (!isWhole) return thinToPart(this.readSeries(runId, key), options);
    const row = this.#search.rowOf(runId);
    return thinPieces(row === undefined ? [] : openPoints(this.#database, row, key), buckets);
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

  #prepare(query: RunQuery, surroundings: SearchSurroundings): PreparedQuery {
    const { search, includeDeleted } = query;
    if (search === undefined) return query;
    return { ...query, found: this.#search.find({ search, includeDeleted }, surroundings) };
  }

  /** As `RunSearch.readSome`. */
  readSome(fields: readonly SearchField[]): boolean {
    return this.#search.readSome(fields);
  }

  /** As `FieldColumns.trim`. */
  trim(): void {
    this.#search.trim();
  }

  listRunIds(query: RunIdQuery, surroundings: SearchSurroundings): readonly RunId[] {
    return this.#search.idsOf(this.#search.find(query, surroundings));
  }

  readFigures(
    runIds: readonly RunId[],
    fields: readonly SearchField[],
    surroundings: SearchSurroundings,
  ): Float64Array[] {
    return this.#search.figures(runIds, fields, surroundings);
  }

  readVocabulary(): SearchVocabulary {
    return this.#vocabulary.read();
  }

  listInputs(runIds: readonly RunId[]): Map<RunId, readonly RunFile[]> {
    const rows = runIds.flatMap((id) => this.#search.rowOf(id) ?? []);
    const files = readInputs(this.#database, rows);
    return new Map(runIds.map((id) => [id, files.get(this.#search.rowOf(id) ?? -1) ?? []]));
  }

  listViews(): SavedView[] {
    return readViews(this.#database);
  }

  #selectivity({ where = [] }: RunQuery): Selectivity {
    const isFew = where.some((condition) => {
      const { sql, values } = countQuery(condition, fewRuns);
      return Number(this.#database.row(sql, ...values)?.[0]) < fewRuns;
    });
    return isFew ? 'few' : 'many';
  }

  #count(sql: string, values: readonly Bindable[]): number {
    return Number(this.#database.row(`SELECT count(*) FROM (${sql})`, ...values)?.[0]);
  }

  /** One query a table, however many runs are not at hand. */
  #readRuns(rowIds: readonly number[]): Run[] {
    const found = new Map<number, Run>();
    for (const row of rowIds) {
      const run = this.#runs.get(row);
      if (run === undefined) continue;
      found.set(row, run);
      this.#keep(row, run);
    }
    const missing = rowIds.filter((row) => !found.has(row));
    if (missing.length > 0) {
      const params = readParams(this.#database, missing);
      const metrics = readMetrics(this.#database, missing, this.#directionOf);
      const tags = readTags(this.#database, 'runs', missing);
      for (const row of readRunRows(this.#database, missing)) {
        const id = Number(row[0]);
        const run = toRun(row, {
          params: params.get(id) ?? [],
          metrics: metrics.get(id) ?? [],
          tags: tags.get(id) ?? {},
        });
        found.set(id, run);
        this.#keep(id, run);
      }
    }
    return rowIds.flatMap((row) => found.get(row) ?? []);
  }

  /** A map is in the order of its insertions, so the first is what was not asked for the longest. */
  #keep(row: number, run: Run): void {
    this.#runs.delete(row);
    this.#runs.set(row, run);
    if (this.#runs.size <= maxKeptRuns) return;
    for (const oldest of this.#runs.keys()) {
      this.#runs.delete(oldest);
      return;
    }
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
