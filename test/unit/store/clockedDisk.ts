import { utimesSync } from 'node:fs';
import { type Disk, nodeDisk } from '../../../src/store/disk/disk';

export interface ClockedDisk extends Disk {
  /** Called before each call that names a path; what it throws is what the call throws. */
  beforeCall: ((call: string, path: string) => void) | undefined;
}

/** Real files whose times are those of the test's own clock. */
export function clockedDisk(now: () => number): ClockedDisk {
  const open = new Map<number, string>();
  const stamp = (path: string) => utimesSync(path, now() / 1000, now() / 1000);
  const disk: ClockedDisk = {
    ...nodeDisk,
    beforeCall: undefined,
    open(path, mode) {
      disk.beforeCall?.('open', path);
      const file = nodeDisk.open(path, mode);
      open.set(file, path);
      return file;
    },
    write(file, bytes) {
      const path = open.get(file) ?? '';
      disk.beforeCall?.('write', path);
      const taken = nodeDisk.write(file, bytes);
      stamp(path);
      return taken;
    },
    close(file) {
      open.delete(file);
      nodeDisk.close(file);
    },
    touch(path) {
      disk.beforeCall?.('touch', path);
      // As the real one, it fails if there is no such file.
      stamp(path);
    },
    stat(path) {
      disk.beforeCall?.('stat', path);
      return nodeDisk.stat(path);
    },
    list(path) {
      disk.beforeCall?.('list', path);
      return nodeDisk.list(path);
    },
    read(path) {
      disk.beforeCall?.('read', path);
      return nodeDisk.read(path);
    },
    readRange(path, offset, lengthBytes) {
      disk.beforeCall?.('readRange', path);
      return nodeDisk.readRange(path, offset, lengthBytes);
    },
    rename(from, to) {
      disk.beforeCall?.('rename', from);
      nodeDisk.rename(from, to);
    },
    remove(path) {
      disk.beforeCall?.('remove', path);
      nodeDisk.remove(path);
    },
  };
  return disk;
}
