import { createRequire } from 'node:module';
import type { Disk } from '../../src/store/disk/disk';
import { openStore } from '../../src/store/openStore';
import type { Store } from '../../src/store/store';
import { type DiskOperation, diskError, MemoryDisk } from './memoryDisk';
import { Recorder } from './recorder';
import {
  type Acknowledged,
  type Acknowledgement,
  acknowledge,
  nothingAcknowledged,
} from './records';

export const wasmPath = createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm');

/** On a folder that was there before, and for good. */
export const project = '/work/project';
export const storeFolder = `${project}/.epochlog`;

/** A time that goes on by itself a little and else when it is told to. */
export class SessionClock {
  #nowMs = 1_800_000_000_000;

  readonly now = (): number => this.#nowMs++;

  advance(ms: number): void {
    this.#nowMs += ms;
  }
}

export interface Session {
  readonly operations: readonly DiskOperation[];
  /** When the store began to be written, as a number of operations. */
  readonly firstCut: number;
  /** What the store said, with how many operations there were by then. */
  readonly told: readonly {
    readonly afterOperations: number;
    readonly writer: string;
    readonly said: Acknowledgement;
  }[];
  readonly endsAtMs: number;
}

/** What had been acknowledged before operation number `count`. */
export function acknowledgedAt({ told }: Session, count: number): readonly Acknowledged[] {
  const writers = new Map<string, Acknowledged>();
  for (const { afterOperations, writer, said } of told) {
    if (afterOperations > count) continue;
    const acknowledged = writers.get(writer) ?? nothingAcknowledged(writer);
    writers.set(writer, acknowledged);
    acknowledge(acknowledged, said);
  }
  return [...writers.values()];
}

/**
 * Some hours of two windows on one folder, with commits at once, logs, contents, snapshots and journals
 * that go. `change` puts a disk with a fault of its own in between.
 */
export async function playSession(change: (disk: Disk) => Disk = (disk) => disk): Promise<Session> {
  const clock = new SessionClock();
  const recording = MemoryDisk.holding(new Map([[project, 'folder']]), clock.now);
  const firstCut = recording.operations.length;
  const disk = change(methodsOf(recording));
  const told: Session['told'][number][] = [];
  const open = (own = disk) =>
    openStore(
      storeFolder,
      { changed: () => {}, problem: () => {} },
      { wasmPath, disk: own, now: clock.now, pollMs: 3, snapshotAfterBytes: 1500 },
    );
  const recorder = (store: Store, writer: string) =>
    new Recorder(store, writer, (said) => {
      told.push({ afterOperations: recording.operations.length, writer, said });
    });
  const letTimePass = (ms: number) => {
    clock.advance(ms);
    // As their owners would have done in this time.
    const leases = `${storeFolder}/writers`;
    for (const name of recording.list(leases)) recording.touch(`${leases}/${name}`);
  };

  const store1 = await open();
  const one = recorder(store1, 'one');
  await one.log();
  await one.blob();
  await one.start();
  await inTurn(3, () => one.record());
  await atOnce(4, () => one.record());
  await one.log();
  letTimePass(40_000);
  await inTurn(2, () => one.record());
  await rest();

  const process2 = killable(disk);
  const store2 = await open(process2.disk);
  const two = recorder(store2, 'two');
  await Promise.all([two.start(), one.record(), two.log(), one.blob()]);
  await Promise.all([two.record(), one.record(), two.blob(), one.log()]);
  await rest();
  letTimePass(40_000);
  await Promise.all([inTurn(4, () => two.record()), inTurn(4, () => one.record())]);
  await rest();
  await store1.close();
  await two.log();
  await inTurn(3, () => two.record());
  process2.kill();
  await store2.close();
  endWriters(recording);

  letTimePass(7_200_000);
  const store3 = await open();
  const three = recorder(store3, 'three');
  await three.start();
  const store4 = await open();
  const four = recorder(store4, 'four');
  await Promise.all([four.start(), inTurn(3, () => three.record()), four.blob()]);
  await Promise.all([atOnce(4, () => four.record()), atOnce(3, () => three.record())]);
  await rest();
  letTimePass(40_000);
  await three.record();
  await rest();
  await store3.close();
  await inTurn(2, () => four.blob());
  letTimePass(7_200_000);
  await four.record();
  await rest();
  await store4.close();

  const process5 = killable(disk);
  const store5 = await open(process5.disk);
  const five = recorder(store5, 'five');
  await five.start();
  await atOnce(6, () => five.record());
  await five.log();
  await rest();
  await five.record();
  process5.kill();
  await store5.close();
  endWriters(recording);

  // Two snapshots with nothing between them: the end of the journal is in the first of them alone when
  // the second lets it go.
  letTimePass(7_200_000);
  const store6 = await open();
  const six = recorder(store6, 'six');
  await six.start();
  await inTurn(2, () => six.record());
  await rest();
  letTimePass(40_000);
  await atOnce(8, () => six.record());
  await rest();
  await store6.close();
  return { operations: recording.operations, firstCut, told, endsAtMs: clock.now() };
}

/** A disk that a process was cut off from, as when it was killed: nothing more comes of it. */
function killable(disk: Disk): { readonly disk: Disk; kill(): void } {
  let isDead = false;
  const mortal = Object.fromEntries(
    Object.entries(disk).map(([name, method]) => [
      name,
      (...args: unknown[]) => {
        // The system closes its files.
        if (isDead && name !== 'close') throw diskError('EROFS', name);
        return method(...args);
      },
    ]),
  );
  return {
    // SAFETY: the same methods.
    disk: mortal as unknown as Disk,
    kill() {
      isDead = true;
    },
  };
}

/** Gives the leases that are there to processes that are not. */
function endWriters(disk: Disk): void {
  const leases = `${storeFolder}/writers`;
  for (const name of disk.list(leases)) {
    const path = `${leases}/${name}`;
    const lease = new TextDecoder().decode(disk.read(path));
    disk.remove(path);
    const file = disk.open(path, 'create');
    disk.write(file, new TextEncoder().encode(asEnded(lease)));
    disk.close(file);
  }
}

/** The mark of a process with an id that none has on any system. */
export function asEnded(mark: string): string {
  return mark.replace(`"pid":${process.pid},`, `"pid":${2 ** 22 + 1},`);
}

/** Lets the windows look at each other, and a snapshot be taken. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 40));

async function inTurn(count: number, work: () => Promise<void>): Promise<void> {
  for (let done = 0; done < count; done++) await work();
}

async function atOnce(count: number, work: () => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: count }, work));
}

/** Its methods as functions of their own, so that single ones can be replaced. */
export function methodsOf(disk: Disk): Disk {
  return {
    makeFolder: (path) => disk.makeFolder(path),
    list: (folder) => disk.list(folder),
    stat: (path) => disk.stat(path),
    read: (path) => disk.read(path),
    readRange: (path, offset, lengthBytes) => disk.readRange(path, offset, lengthBytes),
    open: (path, mode) => disk.open(path, mode),
    write: (file, bytes) => disk.write(file, bytes),
    sync: (file) => disk.sync(file),
    syncFolder: (folder) => disk.syncFolder(folder),
    truncate: (file, sizeBytes) => disk.truncate(file, sizeBytes),
    close: (file) => disk.close(file),
    rename: (from, to) => disk.rename(from, to),
    remove: (path) => disk.remove(path),
    touch: (path) => disk.touch(path),
  };
}
