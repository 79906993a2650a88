import { packSeries, unpackSeries } from '../../core/series/packSeries';
import { concatenateSeries, type Series } from '../../core/series/series';
import { type Stamp, stampWriter } from '../journal/hybridClock';
import type { SqlDatabase } from './sqlDatabase';
import { toBytes, toText } from './sqlValues';

/** A chunk of this many points is left as it is. */
export const largeChunkPoints = 4096;

interface Chunk {
  readonly id: number;
  /** Of the change that brought its first point. */
  readonly stamp: Stamp;
  readonly count: number;
}

/** @param packed what `packSeries` gave of `count` points. */
export function insertChunk(
  database: SqlDatabase,
  series: number,
  stamp: Stamp,
  count: number,
  packed: Uint8Array,
): void {
  database.run(
    'INSERT INTO chunks (series, stamp, count, points) VALUES (?, ?, ?, ?)',
    ...[series, stamp, count, packed],
  );
}

/**
 * What one writer wrote stays together, in its order; which writer follows which does not depend on
 * what was read first, nor on what has been merged already.
 */
export function orderChunks<T extends { readonly stamp: Stamp }>(
  chunks: readonly T[],
): readonly T[] {
  if (chunks.length < 2) return chunks;
  const writers = new Map<string, T[]>();
  for (const chunk of chunks.toSorted((a, b) => (a.stamp < b.stamp ? -1 : 1))) {
    const writer = stampWriter(chunk.stamp);
    const own = writers.get(writer);
    if (own === undefined) writers.set(writer, [chunk]);
    else own.push(chunk);
  }
  return [...writers.values()].flat();
}

export function readChunkedPoints(database: SqlDatabase, series: number): Series {
  return concatenateSeries(readPackedChunks(database, series).map(unpackSeries));
}

/** What `packSeries` gave of the points of a series, in their order. */
export function readPackedChunks(database: SqlDatabase, series: number): readonly Uint8Array[] {
  const rows = database.rows('SELECT stamp, points FROM chunks WHERE series = ?', series);
  const chunks = Array.from(rows, ([stamp, points]) => ({
    // SAFETY: the column holds nothing else.
    stamp: toText(stamp) as Stamp,
    points: toBytes(points),
  }));
  return orderChunks(chunks).map(({ points }) => points);
}

/** Merges neighbours of less than `largeChunkPoints` points each; what is read stays the same. */
export function mergeChunks(database: SqlDatabase, series: number): void {
  for (const chunks of listChunksByWriter(database, series)) {
    for (const group of adjacentSmall(chunks)) {
      const points = readChunks(database, group);
      for (const { id } of group) database.run('DELETE FROM chunks WHERE chunk = ?', id);
      const [first] = group;
      if (first === undefined) continue;
      insertChunk(database, series, first.stamp, points.values.length, packSeries(points));
    }
  }
}

function listChunksByWriter(database: SqlDatabase, series: number): Chunk[][] {
  const writers = new Map<string, Chunk[]>();
  const rows = database.rows(
    'SELECT chunk, stamp, count FROM chunks WHERE series = ? ORDER BY stamp',
    series,
  );
  for (const [id, stampText, count] of rows) {
    // SAFETY: the column holds nothing else.
    const stamp = toText(stampText) as Stamp;
    const chunk = { id: Number(id), stamp, count: Number(count) };
    const writer = stampWriter(stamp);
    const chunks = writers.get(writer);
    if (chunks === undefined) writers.set(writer, [chunk]);
    else chunks.push(chunk);
  }
  return [...writers.values()];
}

function readChunks(database: SqlDatabase, chunks: readonly Chunk[]): Series {
  return concatenateSeries(
    chunks.map(({ id }) => {
      const row = database.row('SELECT points FROM chunks WHERE chunk = ?', id);
      return unpackSeries(toBytes(row?.[0]));
    }),
  );
}

/** Groups of at least two neighbours, each closed once it makes a large chunk. */
function adjacentSmall(chunks: readonly Chunk[]): Chunk[][] {
  const groups: Chunk[][] = [];
  let group: Chunk[] = [];
  let count = 0;
  const close = () => {
    if (group.length > 1) groups.push(group);
    group = [];
    count = 0;
  };
  for (const chunk of chunks) {
    if (chunk.count >= largeChunkPoints) {
      close();
      continue;
    }
    group.push(chunk);
    count += chunk.count;
    if (count >= largeChunkPoints) close();
  }
  close();
  return groups;
}
