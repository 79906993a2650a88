import { type DiskOperation, type Inode, type NameOperation, rootInode } from './memoryDisk';

/**
 * What a disk may hold after the power was cut, in a model that promises no more than POSIX does and
 * allows what was seen on ext2, ext4, btrfs and xfs (Pillai et al., "All File Systems Are Not Created
 * Equal", OSDI 2014; Chidambaram et al., "Optimistic Crash Consistency", SOSP 2013):
 *
 * - What was written to a file before a sync of it began, and its size then, is there once that sync
 *   has returned. A sync of a file says nothing of its name, nor of other files.
 * - Of what was written since, any subset of sectors of 512 bytes is there: a sector is old or new,
 *   never half. Where the file grew but the sector did not come, there are zeros or stale bytes. The
 *   size may or may not have followed.
 * - A name that was made, renamed or removed is so for good once its folder was synced (of a rename:
 *   either folder). Of those since, any subset has happened, each wholly or not at all: later ones may
 *   be there without earlier ones, as long as what they need is there.
 */
export interface PowerCut {
  /** Decides what of the unsynced is there, each from 0 (nothing) to 1 (all). */
  readonly keptNames: number;
  /** The same of names that were removed. */
  readonly keptRemovals: number;
  readonly keptSectors: number;
  /** Whether sizes grow without the data; the rest is zeros or, with `stale`, what lay there before. */
  readonly grownSizes: number;
  readonly stale: boolean;
  readonly random: () => number;
}

const sectorBytes = 512;

/** The files and folders, by path, after the first `count` operations and a power cut. */
export function afterPowerCut(
  operations: readonly DiskOperation[],
  count: number,
  cut: PowerCut,
): Map<string, Uint8Array | 'folder'> {
  const done = operations.slice(0, count);
  const tree = buildNames(done, cut);
  const files = new Map<string, Uint8Array | 'folder'>();
  const visit = (folder: Inode, path: string) => {
    for (const [name, { inode, isFolder }] of tree.get(folder) ?? []) {
      const at = `${path}/${name}`;
      files.set(at, isFolder ? 'folder' : fileContent(done, inode, cut));
      if (isFolder) visit(inode, at);
    }
  };
  visit(rootInode, '');
  return files;
}

type Entries = Map<string, { readonly inode: Inode; readonly isFolder: boolean }>;

function buildNames(done: readonly DiskOperation[], cut: PowerCut): Map<Inode, Entries> {
  const syncedAt = new Map<Inode, number>();
  for (const [index, operation] of done.entries()) {
    if (operation.kind === 'folderSynced') syncedAt.set(operation.folder, index);
  }
  const tree = new Map<Inode, Entries>();
  const isFolder = new Map<Inode, boolean>();
  const entries = (folder: Inode) => {
    const found = tree.get(folder) ?? new Map();
    tree.set(folder, found);
    return found;
  };
  for (const [index, operation] of done.entries()) {
    if (!isName(operation)) continue;
    if (operation.kind === 'link') isFolder.set(operation.inode, operation.isFolder);
    const folders =
      operation.kind === 'rename' ? [operation.folder, operation.toFolder] : [operation.folder];
    const isDurable = folders.some((folder) => (syncedAt.get(folder) ?? -1) > index);
    const kept = operation.kind === 'unlink' ? cut.keptRemovals : cut.keptNames;
    if (!isDurable && cut.random() >= kept) continue;
    const { inode } = operation;
    if (operation.kind !== 'link') {
      const from = entries(operation.folder);
      if (from.get(operation.name)?.inode === inode) from.delete(operation.name);
    }
    if (operation.kind === 'unlink') continue;
    const [to, name] =
      operation.kind === 'link'
        ? [operation.folder, operation.name]
        : [operation.toFolder, operation.toName];
    entries(to).set(name, { inode, isFolder: isFolder.get(inode) ?? false });
  }
  return tree;
}

function isName(operation: DiskOperation): operation is NameOperation {
  return operation.kind === 'link' || operation.kind === 'unlink' || operation.kind === 'rename';
}

function fileContent(done: readonly DiskOperation[], inode: Inode, cut: PowerCut): Uint8Array {
  let syncedFrom = 0;
  for (const operation of done) {
    if (operation.kind === 'synced' && operation.inode === inode) {
      syncedFrom = Math.max(syncedFrom, operation.from);
    }
  }
  let content: Uint8Array = new Uint8Array();
  let fullBytes = 0;
  let syncedBytes = 0;
  for (const [index, operation] of done.entries()) {
    if (operation.kind === 'truncate' && operation.inode === inode) {
      fullBytes = operation.sizeBytes;
      if (index < syncedFrom || cut.random() < cut.keptSectors) {
        content = content.slice(0, operation.sizeBytes);
      }
      syncedBytes = Math.min(syncedBytes, content.length);
    } else if (operation.kind === 'write' && operation.inode === inode) {
      fullBytes = operation.offset + operation.bytes.length;
      content =
        index < syncedFrom
          ? overwrite(content, operation.offset, operation.bytes, cut)
          : writeSectors(content, operation.offset, operation.bytes, cut);
      if (index < syncedFrom) syncedBytes = content.length;
    }
  }
  return withSize(content, syncedBytes, fullBytes, cut);
}

/** Each sector that the write touches comes or does not. */
function writeSectors(
  before: Uint8Array,
  offset: number,
  bytes: Uint8Array,
  cut: PowerCut,
): Uint8Array {
  let content = before;
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + sectorBytes - ((offset + from) % sectorBytes));
    if (cut.random() < cut.keptSectors) {
      content = overwrite(content, offset + from, bytes.subarray(from, to), cut);
    }
    from = to;
  }
  return content;
}

function overwrite(
  content: Uint8Array,
  offset: number,
  bytes: Uint8Array,
  cut: PowerCut,
): Uint8Array {
  const end = offset + bytes.length;
  const written = content.length >= end ? content.slice() : grow(content, end, cut);
  written.set(bytes, offset);
  return written;
}

/** The size follows what came, goes on to what it was in memory, or stays as it was synced. */
function withSize(
  content: Uint8Array,
  syncedBytes: number,
  fullBytes: number,
  cut: PowerCut,
): Uint8Array {
  if (content.length < fullBytes && cut.random() < cut.grownSizes) {
    return grow(content, fullBytes, cut);
  }
  const mayStay = content.length > syncedBytes && cut.keptSectors < 1;
  if (mayStay && cut.random() >= cut.grownSizes) {
    const left = content.length - syncedBytes;
    return content.slice(0, syncedBytes + Math.floor(cut.random() * (left + 1)));
  }
  return content;
}

function grow(content: Uint8Array, sizeBytes: number, cut: PowerCut): Uint8Array {
  const grown = new Uint8Array(sizeBytes);
  grown.set(content);
  if (!cut.stale) return grown;
  for (let at = content.length; at < sizeBytes; at++) grown[at] = Math.floor(cut.random() * 256);
  return grown;
}
