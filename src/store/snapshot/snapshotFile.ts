import { crc32 } from 'node:zlib';
import { decode, encode } from '@msgpack/msgpack';
import type { JournalPosition } from '../database/replica';
import type { Disk } from '../disk/disk';

/**
 * A snapshot is an SQLite file, which any tool opens, followed by what SQLite does not look at: the
 * msgpack map writer → [sequence, offset] that says what it contains, then u32 length of that map,
 * u32 crc32 of all before (both little-endian), and 8 bytes magic.
 */
const magic = new TextEncoder().encode('EPOCHSNP');
const footerBytes = 8 + magic.length;

export interface Snapshot {
  readonly database: Uint8Array;
  readonly positions: ReadonlyMap<string, JournalPosition>;
}

export function encodeSnapshot({ database, positions }: Snapshot): Uint8Array[] {
  const map = encode(
    Object.fromEntries(
      Array.from(positions, ([writer, at]) => [writer, [at.sequence, at.offsetBytes]]),
    ),
  );
  const footer = new Uint8Array(footerBytes);
  const view = new DataView(footer.buffer);
  view.setUint32(0, map.length, true);
  const checksum = crc32(footer.subarray(0, 4), crc32(map, crc32(database)));
  view.setUint32(4, checksum, true);
  footer.set(magic, 8);
  return [database, map, footer];
}

/** Undefined if a byte of it is not as it was written. */
export function decodeSnapshot(file: Uint8Array): Snapshot | undefined {
  const footer = readFooter(file.subarray(-footerBytes));
  if (footer === undefined) return undefined;
  const mapEnd = file.length - footerBytes;
  const mapStart = mapEnd - footer.mapBytes;
  if (mapStart < 0 || crc32(file.subarray(0, mapEnd + 4)) !== footer.checksum) return undefined;
  return {
    database: file.subarray(0, mapStart),
    positions: decodePositions(file.subarray(mapStart, mapEnd)),
  };
}

/** What a snapshot says that it contains, read without the rest and so not checked against it. */
export function readSnapshotPositions(
  disk: Disk,
  path: string,
): ReadonlyMap<string, JournalPosition> | undefined {
  const sizeBytes = disk.stat(path)?.sizeBytes ?? 0;
  if (sizeBytes < footerBytes) return undefined;
  const mapEnd = sizeBytes - footerBytes;
  const footer = readFooter(disk.readRange(path, mapEnd, footerBytes));
  if (footer === undefined || footer.mapBytes > mapEnd) return undefined;
  try {
    return decodePositions(disk.readRange(path, mapEnd - footer.mapBytes, footer.mapBytes));
  } catch {
    return undefined;
  }
}

function readFooter(bytes: Uint8Array): { mapBytes: number; checksum: number } | undefined {
  if (bytes.length < footerBytes || magic.some((byte, index) => bytes[8 + index] !== byte)) {
    return undefined;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { mapBytes: view.getUint32(0, true), checksum: view.getUint32(4, true) };
}

function decodePositions(map: Uint8Array): ReadonlyMap<string, JournalPosition> {
  // SAFETY: `encodeSnapshot` writes nothing else.
  const entries = Object.entries(decode(map) as Record<string, [number, number]>);
  return new Map(
    entries.map(([writer, [sequence, offsetBytes]]) => [writer, { sequence, offsetBytes }]),
  );
}
