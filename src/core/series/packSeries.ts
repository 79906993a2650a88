import { bitPadding } from './bitPlanes';
import { ByteCursor, varintBytes } from './byteCursor';
import { type ColumnPicker, openColumn, packColumn, unpackColumn } from './packColumn';
import type { Series } from './series';

/**
 * Points in few bytes, exactly as they were, every NaN as the one NaN: varint count, then the columns
 * steps, values, times (see `packColumn`), then zeros for the reader of bits.
 */
export function packSeries({ steps, values, timesMs }: Series): Uint8Array<ArrayBuffer> {
  const columns = [packColumn(steps), packColumn(values), packColumn(timesMs)];
  const sizeBytes = columns.reduce(
    (sum, column) => sum + column.sizeBytes,
    varintBytes(values.length) + bitPadding,
  );
  const cursor = new ByteCursor(new Uint8Array(sizeBytes));
  cursor.writeVarint(values.length);
  for (const column of columns) column.write(cursor);
  return cursor.bytes as Uint8Array<ArrayBuffer>;
}

/** The same without the times, which are last and take long to unpack. */
export function unpackSteps(bytes: Uint8Array): Pick<Series, 'steps' | 'values'> {
  const cursor = new ByteCursor(bytes);
  const count = cursor.readVarint();
  return { steps: unpackColumn(cursor, count), values: unpackColumn(cursor, count) };
}

/** Points of which all values are wanted, and few of the steps and times. */
export interface OpenSeries {
  readonly values: Float64Array;
  readonly pickSteps: ColumnPicker;
  readonly pickTimes: ColumnPicker;
}

export function openSeries(bytes: Uint8Array): OpenSeries {
  const cursor = new ByteCursor(bytes);
  const count = cursor.readVarint();
  const pickSteps = openColumn(cursor, count);
  const values = unpackColumn(cursor, count);
  return { values, pickSteps, pickTimes: openColumn(cursor, count) };
}

/** Throws if the bytes are none that `packSeries` gave. */
export function unpackSeries(bytes: Uint8Array): Series {
  const cursor = new ByteCursor(bytes);
  const count = cursor.readVarint();
  return {
    steps: unpackColumn(cursor, count),
    values: unpackColumn(cursor, count),
    timesMs: unpackColumn(cursor, count),
  };
}
