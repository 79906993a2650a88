import type { Disk } from '../../src/store/disk';
import { diskError } from './memoryDisk';

type DiskCall = keyof Disk;

/** `short`: writes take fewer bytes than they were given, which is no error. */
export const faultKinds = ['ENOSPC', 'EIO', 'EACCES', 'short'] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  /** The number of the call that fails, from 0. */
  readonly atCall: number;
  readonly kind: FaultKind;
  /** Whether each call from there on fails until the fault is lifted, or that one alone. */
  readonly isLasting: boolean;
}

/** What a full disk can still do. */
const freeCalls: ReadonlySet<DiskCall> = new Set([
  ...(['stat', 'list', 'read', 'readRange', 'close', 'remove', 'truncate', 'touch'] as const),
]);

export interface FailingDisk {
  readonly disk: Disk;
  /** Every call that was made, in order. */
  readonly calls: readonly string[];
  /** From here on nothing fails. */
  lift(): void;
}

export function failingDisk(good: Disk, fault?: Fault): FailingDisk {
  const calls: string[] = [];
  let isLifted = false;
  const meetsFault = (call: DiskCall, what: unknown): FaultKind | undefined => {
    const number = calls.length;
    calls.push(`${call} ${typeof what === 'string' ? what : ''}`);
    if (fault === undefined || isLifted) return undefined;
    const isNow = fault.isLasting ? number >= fault.atCall : number === fault.atCall;
    if (!isNow || (fault.kind === 'ENOSPC' && freeCalls.has(call))) return undefined;
    return fault.kind === 'short' && call !== 'write' ? undefined : fault.kind;
  };
  const guard = (call: DiskCall, what: unknown) => {
    const kind = meetsFault(call, what);
    if (kind !== undefined) throw diskError(kind, call);
  };
  const disk: Disk = {
    makeFolder(path) {
      guard('makeFolder', path);
      good.makeFolder(path);
    },
    list(folder) {
      guard('list', folder);
      return good.list(folder);
    },
    stat(path) {
      guard('stat', path);
      return good.stat(path);
    },
    read(path) {
      guard('read', path);
      return good.read(path);
    },
    readRange(path, offset, lengthBytes) {
      guard('readRange', path);
      return good.readRange(path, offset, lengthBytes);
    },
    open(path, mode) {
      guard('open', path);
      return good.open(path, mode);
    },
    write(file, bytes) {
      const kind = meetsFault('write', file);
      const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
      if (kind === 'short') return good.write(file, half);
      // What fits is written before the rest does not, where it is for long.
      if (kind === 'ENOSPC' && fault?.isLasting && calls.length - 1 === fault.atCall) {
        return good.write(file, half);
      }
      if (kind !== undefined) throw diskError(kind, 'write');
      return good.write(file, bytes);
    },
    async sync(file) {
      guard('sync', file);
      await good.sync(file);
    },
    syncFolder(folder) {
      guard('syncFolder', folder);
      good.syncFolder(folder);
    },
    truncate(file, sizeBytes) {
      guard('truncate', file);
      good.truncate(file, sizeBytes);
    },
    close(file) {
      // The system lets go of a file also if it says that closing failed.
      good.close(file);
      guard('close', file);
    },
    rename(from, to) {
      guard('rename', `${from} ${to}`);
      good.rename(from, to);
    },
    remove(path) {
      guard('remove', path);
      good.remove(path);
    },
    touch(path) {
      guard('touch', path);
      good.touch(path);
    },
  };
  return {
    disk,
    calls,
    lift() {
      isLifted = true;
    },
  };
}
