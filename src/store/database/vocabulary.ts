import type { DirectionOf } from '../../core/run/directionTable';
import { paramNumber } from '../../core/run/paramNumber';
import type { KeyWord, ParamWord, SearchVocabulary } from '../../core/search/suggestSearch';
import type { StoredChange } from '../journal/journalFormat';
import type { SqlDatabase } from './sqlDatabase';
import { toText } from './sqlValues';

/** So many values of a key are worth completing. */
const maxValues = 20;

/** A run that counts. */
const there = `run IN (SELECT run FROM runs
  WHERE started_stamp IS NOT NULL AND purged_stamp IS NULL AND deleted_at_ms IS NULL)`;

/** Changes that leave keys and values as they are. */
const without: ReadonlySet<StoredChange['kind']> = new Set([
  ...(['outputRead', 'logGrew', 'logLeftOut', 'logDropped', 'runEnded'] as const),
  ...(['filesRecorded', 'runLinked'] as const),
]);

/** What there is to search for, kept until something of it changes: points of known series do not. */
export class Vocabulary {
  readonly #database: SqlDatabase;
  readonly #directionOf: DirectionOf;
  #words: SearchVocabulary | undefined;
  /** Whether points came since; a new series has a higher number. */
  #hasNewPoints = false;
  #lastSeries = 0;
  /** A series that was emptied for better points counts again with the first of them. */
  #hasEmptySeries = false;

  constructor(database: SqlDatabase, directionOf: DirectionOf) {
    this.#database = database;
    this.#directionOf = directionOf;
  }

  touch(kind: StoredChange['kind']): void {
    if (kind === 'pointsAppended' || kind === 'pointsPacked') this.#hasNewPoints = true;
    else if (!without.has(kind)) this.#words = undefined;
  }

  read(): SearchVocabulary {
    const isSeriesNew =
      this.#hasNewPoints && (this.#hasEmptySeries || this.#readLastSeries() !== this.#lastSeries);
    if (this.#words !== undefined && !isSeriesNew) return this.#words;
    this.#hasNewPoints = false;
    this.#lastSeries = this.#readLastSeries();
    this.#hasEmptySeries =
      this.#database.row('SELECT 1 FROM series WHERE count = 0 LIMIT 1') !== undefined;
    this.#words = readVocabulary(this.#database, this.#directionOf);
    return this.#words;
  }

  #readLastSeries(): number {
    return Number(this.#database.row('SELECT max(series) FROM series')?.[0] ?? 0);
  }
}

/** What the runs that are not deleted have, counted. */
function readVocabulary(database: SqlDatabase, directionOf: DirectionOf): SearchVocabulary {
  const metrics = Array.from(
    database.rows(`SELECT key, count(*) FROM series WHERE count > 0 AND ${there} GROUP BY key`),
    ([keyText, runCount]) => {
      const key = toText(keyText);
      const direction = directionOf(key);
      return { key, runCount: Number(runCount), ...(direction !== undefined && { direction }) };
    },
  );
  return {
    metrics: metrics.sort(mostFirst),
    params: readWords(database, 'params').map(
      ({ valueCount, isNumber, ...word }): ParamWord => ({ ...word, valueCount, isNumber }),
    ),
    tags: readWords(database, 'run_tags').map(
      ({ key, runCount, values }): KeyWord => ({ key, runCount, values }),
    ),
    attributes: {
      experiment: readValues(database, 'experiment'),
      script: readValues(database, "iif(source_kind <> 'notebook', source_path, NULL)"),
      notebook: readValues(database, "iif(source_kind = 'notebook', source_path, NULL)"),
      source: readValues(database, 'source_kind'),
      branch: readValues(database, "json_extract(code_state, '$.branch')"),
      host: readValues(database, "json_extract(environment, '$.hostName')"),
    },
  };
}

function readWords(database: SqlDatabase, table: 'params' | 'run_tags'): ParamWord[] {
  const rows = database.rows(
    `SELECT key, value, count(*) FROM ${table} WHERE value IS NOT NULL AND ${there}
     GROUP BY key, value`,
  );
  const words = new Map<
    string,
    { runCount: number; isNumber: boolean; counts: [string, number][] }
  >();
  for (const [keyText, valueText, count] of rows) {
    const key = toText(keyText);
    const value = toText(valueText);
    const word = words.get(key) ?? { runCount: 0, isNumber: true, counts: [] };
    words.set(key, word);
    word.runCount += Number(count);
    word.isNumber &&= paramNumber(value) !== undefined;
    word.counts.push([value, Number(count)]);
  }
  return Array.from(words, ([key, { runCount, isNumber, counts }]) => ({
    key,
    runCount,
    values: counts
      .sort(([, a], [, b]) => b - a)
      .slice(0, maxValues)
      .map(([value]) => value),
    valueCount: counts.length,
    isNumber,
  })).sort(mostFirst);
}

function readValues(database: SqlDatabase, expression: string): readonly string[] {
  const rows = database.rows(
    `SELECT ${expression} AS value, count(*) FROM runs WHERE ${there}
     GROUP BY value HAVING value IS NOT NULL ORDER BY count(*) DESC, value LIMIT ${maxValues * 5}`,
  );
  return Array.from(rows, ([value]) => toText(value));
}

function mostFirst(
  a: { readonly key: string; readonly runCount: number },
  b: { readonly key: string; readonly runCount: number },
): number {
  if (a.runCount !== b.runCount) return b.runCount - a.runCount;
  return a.key < b.key ? -1 : 1;
}
