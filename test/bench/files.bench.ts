import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileHashes } from '../../src/app/files/fileHashes';
import { createFilesService } from '../../src/app/files/filesService';
import { hashFolder, listFolder } from '../../src/app/files/folderHash';
import { crc32c } from '../../src/core/formats/crc32c';
import { createTfEventsDecoder } from '../../src/core/formats/tfEventsDecoder';
import type { RunId } from '../../src/core/run/run';
import type { Benchmark } from '../../tools/bench';

const folderCount = 1_000;
const filesPerFolder = 200;
const looks = 60;
/** What a run that does not write is looked at: each ten seconds. */
const restMs = 10_000;

export const benchmark: Benchmark = {
  what: 'watching a folder of 200,000 files, hashing 10 GB that did not change, reading event files',
  async run() {
    const root = mkdtempSync(join(tmpdir(), 'epochlog-files-'));
    try {
      return { ...watchFolder(join(root, 'wide')), ...(await hashData(root)), ...decodeEvents() };
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  },
};

function watchFolder(root: string): Readonly<Record<string, number>> {
  for (let folder = 0; folder < folderCount; folder++) {
    const path = join(root, `d${folder}`);
    mkdirSync(path, { recursive: true });
    for (let file = 0; file < filesPerFolder; file++) {
      const full = join(path, `${file}.png`);
      writeFileSync(full, '');
      utimesSync(full, 1, 1);
    }
  }
  const service = createFilesService(undefined);
  // SAFETY: any text is one here.
  const runId = 'r' as RunId;
  service.watch({
    ...{ runId, startedAtMs: Date.now(), folder: root, workspaceFolder: root, args: [] },
    ...{ storeFolder: undefined, scriptPath: undefined, notebookSources: undefined },
    ...{ processId: process.pid, mayTrain: true },
  });
  service.becameRun(runId);
  const timesMs = Array.from({ length: looks }, () => {
    const startedMs = performance.now();
    service.look(runId);
    return performance.now() - startedMs;
  }).sort((a, b) => a - b);
  const median = timesMs[looks / 2] ?? 0;
  return {
    lookMedianMs: round(median),
    lookLongestMs: round(timesMs.at(-1) ?? 0),
    watchingPercentOfCore: round((100 * median) / restMs),
  };
}

/** Ten files of a gigabyte: sparse, so that it is the hashing that is measured and not the disk. */
async function hashData(root: string): Promise<Readonly<Record<string, number>>> {
  const folder = join(root, 'data');
  mkdirSync(folder);
  for (let file = 0; file < 10; file++) {
    const path = join(folder, `${file}.bin`);
    writeFileSync(path, String(file));
    truncateSync(path, 1e9);
  }
  const cache = join(root, 'hashes');
  const timeOf = async () => {
    const startedMs = performance.now();
    const hashes = new FileHashes(cache);
    const content = await listFolder(folder);
    if (content !== undefined) await hashFolder(folder, content, hashes);
    return { ms: performance.now() - startedMs, bytesRead: hashes.bytesRead };
  };
  const first = await timeOf();
  const unchanged = await timeOf();
  return {
    hashFirstS: round(first.ms / 1000),
    hashMBPerS: round(first.bytesRead / 1e6 / (first.ms / 1000)),
    unchanged10GBMs: round(unchanged.ms),
    unchanged10GBBytesRead: unchanged.bytesRead,
    cacheBytes: statSync(cache).size,
  };
}

/** A million scalars, each in a record of its own. */
function decodeEvents(): Readonly<Record<string, number>> {
  const count = 1_000_000;
  const record = scalarRecord();
  const bytes = new Uint8Array(record.length * count);
  for (let at = 0; at < count; at++) bytes.set(record, at * record.length);
  const decoder = createTfEventsDecoder({ side: undefined, prefix: '' });
  const startedMs = performance.now();
  let points = 0;
  const piece = 1024 * 1024;
  for (let at = 0; at < bytes.length; at += piece) {
    points += decoder.push(bytes.subarray(at, at + piece)).metrics.length;
  }
  if (points !== count) throw new Error(`${points} points were read`);
  const seconds = (performance.now() - startedMs) / 1000;
  return {
    eventPointsPerS: round(count / seconds),
    eventMBPerS: round(bytes.length / 1e6 / seconds),
  };
}

function scalarRecord(): Uint8Array {
  const tag = new TextEncoder().encode('train/loss');
  const value = Uint8Array.from([0x0a, tag.length, ...tag, 0x15, 0, 0, 0, 0x3f]);
  const summary = Uint8Array.from([0x0a, value.length, ...value]);
  const event = Uint8Array.from([
    ...[0x09, 0, 0, 0, 0, 0x85, 0x5d, 0xd9, 0x41],
    ...[0x10, 0x07, 0x2a, summary.length, ...summary],
  ]);
  const record = new Uint8Array(16 + event.length);
  const view = new DataView(record.buffer);
  const masked = (from: number, to: number) => {
    const crc = crc32c(record, from, to);
    return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  };
  view.setUint32(0, event.length, true);
  view.setUint32(8, masked(0, 8), true);
  record.set(event, 12);
  view.setUint32(12 + event.length, masked(12, 12 + event.length), true);
  return record;
}

const round = (value: number) => Math.round(value * 100) / 100;
