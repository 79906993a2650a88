import { readFileSync } from 'node:fs';
import initSqlJs, { type Database, type SqlJsStatic, type SqlValue, type Statement } from 'sql.js';

export type Row = readonly SqlValue[];
/** Undefined and NaN are stored as NULL. */
export type Bindable = SqlValue | undefined;
/** It may read from the database. */
export type SqlFunction = (...values: SqlValue[]) => SqlValue | boolean;

const engines = new Map<string, Promise<SqlJsStatic>>();

/** `wasmPath` is where `sql-wasm.wasm` of sql.js lies. */
export async function openSqlDatabase(wasmPath: string, file?: Uint8Array): Promise<SqlDatabase> {
  let engine = engines.get(wasmPath);
  if (engine === undefined) {
    const bytes = readFileSync(wasmPath);
    engine = initSqlJs({ wasmBinary: new Uint8Array(bytes).buffer });
    engines.set(wasmPath, engine);
  }
  const { Database } = await engine;
  return new SqlDatabase(new Database(file));
}

/** What a `VACUUM` costs is worth it from here on. */
const maxFreeShare = 0.1;

/** SQLite in memory, with its prepared statements kept. */
export class SqlDatabase {
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();
  readonly #functions = new Map<string, SqlFunction>();

  constructor(database: Database) {
    this.#database = database;
    this.#configure();
  }

  run(sql: string, ...values: Bindable[]): void {
    const statement = this.#prepare(sql);
    try {
      statement.bind(values.map(toSqlValue));
      statement.step();
    } finally {
      statement.reset();
    }
  }

  row(sql: string, ...values: Bindable[]): Row | undefined {
    for (const row of this.rows(sql, ...values)) return row;
    return undefined;
  }

  /** Do not write to a table while reading from it. */
  *rows(sql: string, ...values: Bindable[]): Generator<Row, void> {
    const statement = this.#prepare(sql);
    try {
      statement.bind(values.map(toSqlValue));
      while (statement.step()) yield statement.get();
    } finally {
      statement.reset();
    }
  }

  /** Makes a function that statements can call; it gets as many values as it has parameters. */
  define(name: string, call: SqlFunction): void {
    this.#functions.set(name, call);
    this.#database.create_function(name, call);
  }

  /** Several statements without parameters. */
  script(sql: string): void {
    this.#database.exec(sql);
  }

  /** All of `work` or nothing; may be nested. */
  atomically<T>(work: () => T): T {
    this.run('SAVEPOINT work');
    try {
      const result = work();
      this.run('RELEASE work');
      return result;
    } catch (error) {
      this.run('ROLLBACK TO work');
      this.run('RELEASE work');
      throw error;
    }
  }

  /** The whole database as an SQLite file, without the space of what was deleted where that is much. */
  export(): Uint8Array {
    if (this.#freeShare() > maxFreeShare) this.#database.exec('VACUUM');
    // The engine frees every statement and opens the database anew.
    this.#statements.clear();
    const file = this.#database.export();
    this.#configure();
    return file;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #freeShare(): number {
    const count = (name: string) => Number(this.row(`PRAGMA ${name}`)?.[0]);
    return count('freelist_count') / count('page_count');
  }

  #configure(): void {
    // Durability is the journal's; a rollback needs no file either.
    this.#database.exec(
      'PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;',
    );
    for (const [name, call] of this.#functions) this.#database.create_function(name, call);
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function toSqlValue(value: Bindable): SqlValue {
  return value === undefined || Number.isNaN(value) ? null : value;
}
