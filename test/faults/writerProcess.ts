// A process that records numbered things in a store for ever and prints each acknowledgement as a line
// of JSON. Its end is to be killed, from outside or at a point of its own.
import { writeSync } from 'node:fs';
import { type Disk, nodeDisk } from '../../src/store/disk';
import { openStore } from '../../src/store/openStore';
import { dyingDisk, killPoints, repairPoints } from './killPoints';
import { Recorder } from './recorder';
import type { Acknowledgement } from './records';

/** What the process is told, as JSON in its only argument. */
export interface WriterTask {
  readonly folder: string;
  readonly wasmPath: string;
  readonly writer: string;
  /** The name of a kill point, and at which call of that kind. */
  readonly dieAt?: { readonly point: string; readonly count: number };
  /** A store that says too early that something is written. */
  readonly isHasty?: boolean;
}

/** A line that the process prints. */
export type WriterLine =
  | Acknowledgement
  | { readonly kind: 'opened' }
  /** It came to its point, and ends itself. */
  | { readonly kind: 'dying' }
  | { readonly kind: 'problem'; readonly message: string };

function say(line: WriterLine): void {
  // At once, so that what was acknowledged is said whatever comes next.
  writeSync(1, `${JSON.stringify(line)}\n`);
}

function end(): never {
  say({ kind: 'dying' });
  process.kill(process.pid, 'SIGKILL');
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** Journals seem to have rested long enough to be removed. */
function withOldJournals(disk: Disk): Disk {
  return {
    ...disk,
    stat(path) {
      const found = disk.stat(path);
      if (found === undefined || !/journal[/\\][^/\\]+\.log$/.test(path)) return found;
      return { ...found, modifiedAtMs: found.modifiedAtMs - 7_200_000 };
    },
  };
}

/** Writes to journals some milliseconds after it said so. */
function hasty(disk: Disk): Disk {
  return {
    ...disk,
    write(file, bytes) {
      if (bytes.length < 100) return disk.write(file, bytes);
      setTimeout(() => disk.write(file, bytes), 20);
      return bytes.length;
    },
    sync: async () => {},
  };
}

async function write({ folder, wasmPath, writer, dieAt, isHasty }: WriterTask): Promise<void> {
  const point = [...killPoints, ...repairPoints].find(({ name }) => name === dieAt?.point);
  const old = withOldJournals(isHasty === true ? hasty(nodeDisk) : nodeDisk);
  const disk = point && dieAt ? dyingDisk(old, point, dieAt.count, end) : old;
  const store = await openStore(
    folder,
    { changed: () => {}, problem: ({ message }) => say({ kind: 'problem', message }) },
    // Small, so that it also dies while it takes snapshots.
    { wasmPath, disk, snapshotAfterBytes: 4000 },
  );
  say({ kind: 'opened' });
  const recorder = new Recorder(store, writer, say);
  await recorder.start();
  for (let round = 0; ; round++) {
    const works = [recorder.record(), recorder.record(), recorder.record()];
    if (round % 3 === 1) works.push(recorder.log());
    if (round % 4 === 2) works.push(recorder.blob());
    await Promise.all(works);
  }
}

// SAFETY: the supervisor gives nothing else.
void write(JSON.parse(process.argv[2] ?? '') as WriterTask);
