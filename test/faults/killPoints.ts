import type { Disk } from '../../src/store/disk/disk';

/** Where a process dies: at a call on a file or folder of this kind, counted in its life. */
export interface KillPoint {
  readonly name: string;
  readonly call: 'open' | 'write' | 'sync' | 'syncFolder' | 'rename' | 'remove' | 'truncate';
  /** Of the path that the call is about; of a rename, `from to`. */
  readonly path: RegExp;
  /** `half`: of a write only the first half is done; of a sync, it has begun. */
  readonly when: 'before' | 'half' | 'after';
}

const journal = /journal\/[^/]+\.log$/;
const lease = /writers\/[^/]+\.json/;
const lock = /store\.lock$/;
const log = /logs\/[^/]+\.log$/;
const newSnapshot = /store\.db\.tmp-\w+$/;
const newBlob = /blobs\/.*\.tmp-\w+$/;
const damagedCopy = /damaged\/.*\.tmp-\w+$/;

export const killPoints: readonly KillPoint[] = [
  { name: 'a commit half written', call: 'write', path: journal, when: 'half' },
  { name: 'between write and sync of a commit', call: 'sync', path: journal, when: 'before' },
  { name: 'while a commit is synced', call: 'sync', path: journal, when: 'half' },
  { name: 'before the acknowledgement', call: 'sync', path: journal, when: 'after' },
  { name: 'a journal made and empty', call: 'open', path: journal, when: 'after' },
  {
    name: 'a journal whose name is not synced',
    call: 'syncFolder',
    path: /journal$/,
    when: 'before',
  },
  { name: 'a lease made and empty', call: 'open', path: lease, when: 'after' },
  { name: 'a lease half written', call: 'write', path: lease, when: 'half' },
  { name: 'a lock made and empty', call: 'open', path: lock, when: 'after' },
  { name: 'a lock half written', call: 'write', path: lock, when: 'half' },
  { name: 'a lock held', call: 'write', path: lock, when: 'after' },
  { name: 'before a lock is released', call: 'remove', path: lock, when: 'before' },
  { name: 'a snapshot half written', call: 'write', path: newSnapshot, when: 'half' },
  { name: 'before the sync of a snapshot', call: 'sync', path: newSnapshot, when: 'before' },
  { name: 'after the sync of a snapshot', call: 'sync', path: newSnapshot, when: 'after' },
  {
    name: 'before the older snapshot is renamed',
    call: 'rename',
    path: /store\.db \S+\.previous$/,
    when: 'before',
  },
  {
    name: 'between the two renames',
    call: 'rename',
    path: /store\.db \S+\.previous$/,
    when: 'after',
  },
  {
    name: 'after the rename of a snapshot',
    call: 'rename',
    path: /\.tmp-\w+ \S+store\.db$/,
    when: 'after',
  },
  { name: 'before a journal is removed', call: 'remove', path: journal, when: 'before' },
  { name: 'after a journal is removed', call: 'remove', path: journal, when: 'after' },
  { name: 'a log half written', call: 'write', path: log, when: 'half' },
  { name: 'between write and sync of a log', call: 'sync', path: log, when: 'before' },
  { name: 'a blob half written', call: 'write', path: newBlob, when: 'half' },
  { name: 'before the sync of a blob', call: 'sync', path: newBlob, when: 'before' },
  { name: 'before the rename of a blob', call: 'rename', path: /blobs/, when: 'before' },
  { name: 'after the rename of a blob', call: 'rename', path: /blobs/, when: 'after' },
];

/** Only met where the life before left half a commit. */
export const repairPoints: readonly KillPoint[] = [
  { name: 'half a copy of a torn journal', call: 'write', path: damagedCopy, when: 'half' },
  { name: 'before a torn journal is cut back', call: 'truncate', path: journal, when: 'before' },
  { name: 'after a torn journal is cut back', call: 'truncate', path: journal, when: 'after' },
];

/** The disk of a process that ends when it comes to the `count`-th such call; `end` does not return. */
export function dyingDisk(disk: Disk, point: KillPoint, count: number, end: () => never): Disk {
  const paths = new Map<number, string>();
  let left = count;
  const isNow = (call: KillPoint['call'], path: string, when: KillPoint['when']) =>
    call === point.call &&
    when === point.when &&
    point.path.test(path.replaceAll('\\', '/')) &&
    --left === 0;
  const around = <T>(
    call: KillPoint['call'],
    path: string,
    work: () => T,
    half?: () => void,
  ): T => {
    if (isNow(call, path, 'before')) end();
    if (isNow(call, path, 'half')) {
      half?.();
      end();
    }
    const result = work();
    if (isNow(call, path, 'after')) end();
    return result;
  };
  const pathOf = (file: number) => paths.get(file) ?? '';
  return {
    ...disk,
    open(path, mode) {
      return around('open', path, () => {
        const file = disk.open(path, mode);
        paths.set(file, path);
        return file;
      });
    },
    write: (file, bytes) =>
      around(
        'write',
        pathOf(file),
        () => disk.write(file, bytes),
        () => disk.write(file, bytes.subarray(0, Math.ceil(bytes.length / 2))),
      ),
    async sync(file) {
      const path = pathOf(file);
      if (isNow('sync', path, 'before')) end();
      const syncing = disk.sync(file);
      if (isNow('sync', path, 'half')) end();
      await syncing;
      if (isNow('sync', path, 'after')) end();
    },
    syncFolder: (folder) => around('syncFolder', folder, () => disk.syncFolder(folder)),
    truncate: (file, sizeBytes) =>
      around('truncate', pathOf(file), () => disk.truncate(file, sizeBytes)),
    rename: (from, to) => around('rename', `${from} ${to}`, () => disk.rename(from, to)),
    remove: (path) => around('remove', path, () => disk.remove(path)),
  };
}
