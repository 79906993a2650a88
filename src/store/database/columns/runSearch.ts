import type { DirectionOf } from '../../../core/run/directionTable';
import type { RunId } from '../../../core/run/run';
import type { RunOrder } from '../../../core/search/runOrder';
import {
  asksForArchived,
  asksForDeleted,
  type SearchField,
  type SearchNode,
  walkSearch,
} from '../../../core/search/searchNode';
import type { SqlDatabase } from '../sqlDatabase';
import { FieldColumns } from './fieldColumns';
import type { PointField } from './readPointFigures';
import { createFieldReader, createRowTest, type RowSources } from './rowTest';
import { RunTable } from './runTable';
import { RunTexts, type ScriptTexts } from './runTexts';
import { sortRows } from './sortRows';

/** What a search is answered with that is not in the database. */
export interface SearchSurroundings {
  readonly nowMs: number;
  readonly scripts: ScriptTexts;
}

export interface RowQuery {
  readonly search?: SearchNode | undefined;
  readonly orderBy?: readonly RunOrder[] | undefined;
  /** Default: what the search speaks of. */
  readonly includeDeleted?: boolean | undefined;
}

/** Finds and orders runs by columns in memory, which are read as they are asked for. */
export class RunSearch {
  readonly #table: RunTable;
  readonly #columns: FieldColumns;
  readonly #texts: RunTexts;

  constructor(database: SqlDatabase, directionOf: DirectionOf) {
    this.#table = new RunTable(database);
    this.#columns = new FieldColumns(database, directionOf);
    this.#texts = new RunTexts(database);
  }

  touch(row: number): void {
    this.#table.touch(row);
    this.#columns.touch(row);
    this.#texts.touch(row);
  }

  rowOf(runId: RunId): number | undefined {
    return this.#table.rowOf(runId);
  }

  idsOf(rows: readonly number[]): readonly RunId[] {
    return rows.flatMap((row) => this.#table.idOf(row) ?? []);
  }

  /**
   * Reads some of what has to be read of points before the fields can be asked for at once.
   *
   * @returns whether there is more: then let others have their turn, and call again.
   */
  readSome(fields: readonly SearchField[]): boolean {
    return this.#columns.readSome(
      fields.filter(
        (field): field is PointField => field.kind === 'metricAt' || field.kind === 'metricMean',
      ),
    );
  }

  /** As `FieldColumns.trim`. */
  trim(): void {
    this.#columns.trim();
  }

  /** The rows of the runs that a search finds, in order. */
  find(
    { search, orderBy = [], includeDeleted }: RowQuery,
    given: SearchSurroundings,
  ): readonly number[] {
    const table = this.#table;
    const withDeleted = includeDeleted ?? (search !== undefined && asksForDeleted(search));
    const withArchived = search !== undefined && asksForArchived(search);
    const sources = this.#sources(given);
    const all = table.newestFirst();
    const test = search === undefined ? () => true : createRowTest(search, sources);
    const found = all.filter(
      (row) =>
        (withDeleted || !table.isDeleted(row)) &&
        (withArchived || !table.isArchived(row)) &&
        test(row),
    );
    return sortRows(found, orderBy, sources);
  }

  figures(
    runIds: readonly RunId[],
    fields: readonly SearchField[],
    given: SearchSurroundings,
  ): Float64Array[] {
    const sources = this.#sources(given);
    const rows = runIds.map((id) => this.#table.rowOf(id) ?? -1);
    return fields.map((field) => {
      const read = createFieldReader(field, sources);
      return Float64Array.from(rows, (row) => read(row)?.number(row) ?? Number.NaN);
    });
  }

  #sources({ nowMs, scripts }: SearchSurroundings): RowSources {
    return { table: this.#table, columns: this.#columns, texts: this.#texts, scripts, nowMs };
  }
}

/** All fields that a search and an order speak of. */
export function fieldsOf(
  search: SearchNode | undefined,
  orderBy: readonly RunOrder[] = [],
): readonly SearchField[] {
  const fields = orderBy.map(({ field }) => field);
  if (search === undefined) return fields;
  for (const node of walkSearch(search)) if ('field' in node) fields.push(node.field);
  return fields;
}
