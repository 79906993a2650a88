import type { Series } from '../core/series/series';
import { type Stamp, stampWriter } from './hybridClock';
import type { SqlDatabase } from './sqlDatabase';
import { toBytes, toText } from './sqlValues';

/** A chunk of this many points is left alone until its run ends. */
export const largeChunkPoints = 4096;

interface Chunk extends Series {
  readonly id: number;
  /** Of the change that brought its first point. */
  readonly stamp: Stamp;
}

export function insertChunk(
  database: SqlDatabase,
  series: number,
  stamp: Stamp,
  points: Series,
): void {
  database.run(
    `INSERT INTO chunks (series, stamp, count, steps, point_values, times_ms)
     VALUES (?, ?, ?, ?, ?, ?)`,
    ...[series, stamp, points.values.length],
    ...[toColumnBytes(points.steps), toColumnBytes(points.values), toColumnBytes(points.timesMs)],
  );
}

/**
 * What one writer wrote stays together, in its order; which writer follows which does not depend on
 * what was read first, nor on what has been merged already.
 */
export function readChunkedPoints(database: SqlDatabase, series: number): Series {
  return concatenate(readChunksByWriter(database, series).flat());
}

/** Merges neighbours of fewer than `maxPoints` points each; what is read stays the same. */
export function mergeChunks(database: SqlDatabase, series: number, maxPoints: number): void {
  for (const chunks of readChunksByWriter(database, series)) {
    for (const group of adjacentSmall(chunks, maxPoints)) {
      for (const chunk of group) database.run('DELETE FROM chunks WHERE chunk = ?', chunk.id);
      const [first] = group;
      if (first !== undefined) insertChunk(database, series, first.stamp, concatenate(group));
    }
  }
}

function readChunksByWriter(database: SqlDatabase, series: number): Chunk[][] {
  const writers = new Map<string, Chunk[]>();
  const rows = database.rows(
    'SELECT chunk, stamp, steps, point_values, times_ms FROM chunks WHERE series = ? ORDER BY stamp',
    series,
  );
  for (const [id, stampText, steps, values, timesMs] of rows) {
    // SAFETY: the column holds nothing else.
    const stamp = toText(stampText) as Stamp;
    const chunk = {
      id: Number(id),
      stamp,
      steps: toColumn(toBytes(steps)),
      values: toColumn(toBytes(values)),
      timesMs: toColumn(toBytes(timesMs)),
    };
    const writer = stampWriter(stamp);
    const chunks = writers.get(writer);
    if (chunks === undefined) writers.set(writer, [chunk]);
    else chunks.push(chunk);
  }
  return [...writers.values()];
}

/** Groups of at least two neighbours. */
function adjacentSmall(chunks: readonly Chunk[], maxPoints: number): Chunk[][] {
  const groups: Chunk[][] = [[]];
  for (const chunk of chunks) {
    if (chunk.values.length < maxPoints) groups.at(-1)?.push(chunk);
    else groups.push([]);
  }
  return groups.filter((group) => group.length > 1);
}

function concatenate(parts: readonly Series[]): Series {
  const join = (column: keyof Series) => {
    const joined = new Float64Array(parts.reduce((sum, part) => sum + part[column].length, 0));
    let offset = 0;
    for (const part of parts) {
      joined.set(part[column], offset);
      offset += part[column].length;
    }
    return joined;
  };
  return { steps: join('steps'), values: join('values'), timesMs: join('timesMs') };
}

function toColumn(bytes: Uint8Array): Float64Array {
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
}

function toColumnBytes(column: Float64Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}
