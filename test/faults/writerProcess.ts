// A process that records numbered things in a store for ever and prints each acknowledgement as a line
// of JSON. Its end is to be killed, from outside or at a point of its own.
import type { Change } from '../../src/core/change/change';
import { type Disk, nodeDisk } from '../../src/store/disk/disk';
import { openStore } from '../../src/store/openStore';
import type { Store } from '../../src/store/store';
import { dyingDisk, killPoints, repairPoints } from './killPoints';
import { Recorder } from './recorder';
import type { Acknowledgement } from './records';
import { sayLine } from './sayLine';

/** What the process is told, as JSON in its only argument. */
export interface WriterTask {
  readonly folder: string;
  readonly wasmPath: string;
  /** Snapshots are taken in a thread of their own, where they do not come to a point. */
  readonly snapshotWorkerPath?: string;
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

const say = (line: WriterLine) => sayLine(line);

function end(): never {
  say({ kind: 'dying' });
  process.kill(process.pid, 'SIGKILL');
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** What rests for a time before it goes seems to have rested: journals, and locks without an owner. */
function withOldFiles(disk: Disk): Disk {
  return {
    ...disk,
    stat(path) {
      const found = disk.stat(path);
      if (found === undefined || !/(journal[/\\][^/\\]+\.log|\.lock)$/.test(path)) return found;
      const ageMs = path.endsWith('.lock') ? 10_000 : 7_200_000;
      return { ...found, modifiedAtMs: found.modifiedAtMs - ageMs };
    },
  };
}

/** Says that a commit is on disk some milliseconds before it is. */
function hasty(store: Store): Store {
  return Object.assign(Object.create(store), {
    async commit(changes: readonly Change[]) {
      setTimeout(() => void store.commit(changes), 30);
    },
  });
}

async function write(task: WriterTask): Promise<void> {
  const { folder, wasmPath, snapshotWorkerPath, writer, dieAt, isHasty } = task;
  const point = [...killPoints, ...repairPoints].find(({ name }) => name === dieAt?.point);
  const old = withOldFiles(nodeDisk);
  const disk = point && dieAt ? dyingDisk(old, point, dieAt.count, end) : old;
  const store = await openStore(
    folder,
    { changed: () => {}, problem: ({ message }) => say({ kind: 'problem', message }) },
    // Small, so that it also dies while it takes snapshots.
    snapshotWorkerPath === undefined
      ? { wasmPath, disk, snapshotAfterBytes: 4000, snapshotRestMs: 30 }
      : { wasmPath, snapshotWorkerPath, snapshotAfterBytes: 4000, snapshotRestMs: 30 },
  );
  say({ kind: 'opened' });
  const recorder = new Recorder(isHasty === true ? hasty(store) : store, writer, say);
  await recorder.start();
  for (let round = 0; ; round++) {
    const works = [recorder.record(), recorder.record(), recorder.record()];
    if (round % 3 === 1) works.push(recorder.log());
    if (round % 4 === 2) works.push(recorder.blob());
    await Promise.all(works);
    if (isHasty === true) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

// SAFETY: the supervisor gives nothing else.
void write(JSON.parse(process.argv[2] ?? '') as WriterTask);
