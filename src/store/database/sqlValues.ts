import type { SqlValue } from 'sql.js';

/** A column that the schema keeps from being NULL, or a row that the query keeps from lacking it. */
export function toText(value: SqlValue | undefined): string {
  return String(value ?? '');
}

export function toOptionalText(value: SqlValue | undefined): string | undefined {
  return value == null ? undefined : String(value);
}

export function toOptionalNumber(value: SqlValue | undefined): number | undefined {
  return value == null ? undefined : Number(value);
}

/** NULL stands for NaN, which SQLite does not know. */
export function toFigure(value: SqlValue | undefined): number {
  return value == null ? Number.NaN : Number(value);
}

export function toBytes(value: SqlValue | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array();
}

/** The given fields without those that are undefined, as optional fields are left out, never undefined. */
export function defined<T extends object>(fields: T): Defined<T> {
  // SAFETY: only undefined values are taken away, as the type says.
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}

type Defined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
