import type { Disk } from './disk';

/** The same disk, on which nothing can be changed: for looking at a store that may be damaged. */
export function readOnlyDisk(disk: Disk): Disk {
  const refuse = (): never => {
    throw Object.assign(new Error('opened for reading'), { code: 'EROFS' });
  };
  return {
    list: disk.list,
    stat: disk.stat,
    read: disk.read,
    readRange: disk.readRange,
    makeFolder: refuse,
    open: refuse,
    write: refuse,
    sync: refuse,
    syncFolder: refuse,
    truncate: refuse,
    close: refuse,
    rename: refuse,
    remove: refuse,
    touch: refuse,
  };
}
