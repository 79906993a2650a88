import type { Disk } from '../../src/store/disk/disk';
import { diskError } from './memoryDisk';

type DiskCall = keyof Disk;

/** `short`: writes take fewer bytes than they were given, which is no error. */
export const faultKinds = ['ENOSPC', 'EIO', 'EACCES', 'short'] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  /** The kind of call that fails, as `callName` gives it, and which of that kind, from 0. */
  readonly call: string;
  readonly occurrence: number;
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
  /** Every call that was made, in order, by its kind. */
  readonly calls: readonly string[];
  /** From here on nothing fails. */
  lift(): void;
}

/** Such as `sync journal/*.log`: the same for all files of a kind. */
function callName(call: DiskCall, path: string): string {
  const file = path
    .replaceAll('\\', '/')
    .replace(/^.*\/\.epochlog\/?/, '')
    .replace(/\.(tmp|stale)-\w+/, '.$1-*')
    .replace(/(journal|writers|blobs|damaged)\/[^.]+/, '$1/*');
  return `${call} ${file}`;
}

export function failingDisk(good: Disk, fault?: Fault): FailingDisk {
  const calls: string[] = [];
  const paths = new Map<number, string>();
  let isLifted = false;
  let isMet = false;
  let left = fault?.occurrence ?? 0;
  const meetsFault = (call: DiskCall, what: string | number): FaultKind | undefined => {
    const name = callName(call, typeof what === 'string' ? what : (paths.get(what) ?? ''));
    calls.push(name);
    if (fault === undefined || isLifted || (isMet && !fault.isLasting)) return undefined;
    isMet ||= name === fault.call && left-- === 0;
    if (!isMet || (fault.kind === 'ENOSPC' && freeCalls.has(call))) return undefined;
    return fault.kind === 'short' && call !== 'write' ? undefined : fault.kind;
  };
  const guard = (call: DiskCall, what: string | number) => {
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
      const file = good.open(path, mode);
      paths.set(file, path);
      return file;
    },
    write(file, bytes) {
      const isFirst = !isMet;
      const kind = meetsFault('write', file);
      // What fits is written before the rest does not, where that is for long.
      const isCut = kind === 'short' || (kind === 'ENOSPC' && isFirst && fault?.isLasting);
      if (isCut) return good.write(file, bytes.subarray(0, Math.ceil(bytes.length / 2)));
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
      guard('rename', to);
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
