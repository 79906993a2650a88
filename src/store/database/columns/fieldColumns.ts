import type { DirectionOf } from '../../../core/run/directionTable';
import type { SqlDatabase } from '../sqlDatabase';
import { FieldColumn } from './fieldColumn';
import { readFieldColumn, type StoredField } from './readFieldColumn';
import { type PointField, readPointFigures } from './readPointFigures';

/** So many columns are kept between requests, at about a quarter of a megabyte each for ten thousand runs. */
const maxColumns = 200;
/** Of so many runs points are read in one turn: some milliseconds. */
const rowsPerTurn = 250;

interface KeptColumn {
  readonly column: FieldColumn;
  /** What was touched after this version is to be read anew. */
  version: number;
  /** Of points, the runs up to this row are in it. */
  readRows: number;
}

/**
 * Columns of the fields that were asked for, kept until runs are touched: then those runs are read anew. So
 * a search that is typed, and a table that is sorted again, read nothing.
 */
export class FieldColumns {
  readonly #database: SqlDatabase;
  readonly #directionOf: DirectionOf;
  readonly #columns = new Map<string, KeptColumn>();
  /** By row, when it was touched last. */
  readonly #touched = new Map<number, number>();
  #version = 0;

  constructor(database: SqlDatabase, directionOf: DirectionOf) {
    this.#database = database;
    this.#directionOf = directionOf;
  }

  touch(row: number): void {
    this.#version += 1;
    this.#touched.set(row, this.#version);
  }

  /** Reads some of the points that the fields need. @returns whether there is more to read. */
  readSome(fields: readonly PointField[]): boolean {
    const lastRow = this.#lastRow();
    for (const field of fields) {
      const kept = this.#kept(field);
      if (kept.readRows >= lastRow) continue;
      this.#readOn(kept, field, Math.min(lastRow, kept.readRows + rowsPerTurn));
      return true;
    }
    return false;
  }

  ofPoints(field: PointField): FieldColumn {
    const kept = this.#kept(field);
    this.#refresh(kept, (rows) => {
      const read = rows.filter((row) => row <= kept.readRows);
      readPointFigures(this.#database, kept.column, field, read);
    });
    this.#readOn(kept, field, this.#lastRow());
    return kept.column;
  }

  stored(field: StoredField): FieldColumn {
    const kept = this.#kept(field);
    if (kept.readRows === 0) {
      kept.readRows = Number.POSITIVE_INFINITY;
      kept.version = this.#version;
      readFieldColumn(this.#database, kept.column, field, this.#directionOf);
    } else {
      this.#refresh(kept, (rows) =>
        readFieldColumn(this.#database, kept.column, field, this.#directionOf, rows),
      );
    }
    return kept.column;
  }

  /**
   * Gives up what was not asked for the longest. Not while a request is under way: it would read again and
   * again what it needs together.
   */
  trim(): void {
    for (const oldest of this.#columns.keys()) {
      if (this.#columns.size <= maxColumns) return;
      this.#columns.delete(oldest);
    }
  }

  /** Up to now of runs that go on. */
  durations(nowMs: number): FieldColumn {
    const at = { offset: 0, length: 0 };
    const starts = this.stored({ kind: 'attribute', name: 'start_time', at });
    const ends = this.stored({ kind: 'attribute', name: 'end_time', at });
    const column = new FieldColumn();
    for (let row = this.#lastRow(); row > 0; row--) {
      if (!starts.has(row)) continue;
      const endMs = ends.has(row) ? ends.number(row) : nowMs;
      column.add(row, undefined, endMs - starts.number(row));
    }
    return column;
  }

  #kept(field: StoredField | PointField): KeptColumn {
    const key = keyOf(field);
    const kept = this.#columns.get(key) ?? {
      column: new FieldColumn(),
      version: this.#version,
      readRows: 0,
    };
    // The first of a map is what was not asked for the longest.
    this.#columns.delete(key);
    this.#columns.set(key, kept);
    return kept;
  }

  #refresh(kept: KeptColumn, read: (rows: readonly number[]) => void): void {
    if (kept.version === this.#version) return;
    const rows = [...this.#touched].flatMap(([row, version]) =>
      version > kept.version ? row : [],
    );
    kept.version = this.#version;
    for (const row of rows) kept.column.clear(row);
    read(rows);
  }

  #readOn(kept: KeptColumn, field: PointField, to: number): void {
    const count = to - kept.readRows;
    if (count <= 0) return;
    const rows = Array.from({ length: count }, (_, index) => kept.readRows + 1 + index);
    // Those that were touched before they were read.
    for (const row of rows) kept.column.clear(row);
    readPointFigures(this.#database, kept.column, field, rows);
    kept.readRows = to;
  }

  #lastRow(): number {
    return Number(this.#database.row('SELECT max(run) FROM runs')?.[0] ?? 0);
  }
}

function keyOf(field: StoredField | PointField): string {
  const { at: _, ...rest } = field;
  return JSON.stringify(rest);
}
