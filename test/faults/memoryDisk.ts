import type { Disk } from '../../src/store/disk/disk';

/** A file or folder, whatever its name is now. */
export type Inode = number;

/**
 * What was done to a disk. `synced` says that what was written to the file before the operation
 * numbered `from` is on the medium; `folderSynced` the same of all names in the folder.
 */
export type DiskOperation = DataOperation | NameOperation | SyncOperation;

export type DataOperation =
  | {
      readonly kind: 'write';
      readonly inode: Inode;
      readonly offset: number;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'truncate'; readonly inode: Inode; readonly sizeBytes: number };

export type NameOperation =
  | {
      readonly kind: 'link';
      readonly folder: Inode;
      readonly name: string;
      readonly inode: Inode;
      readonly isFolder: boolean;
    }
  | {
      readonly kind: 'unlink';
      readonly folder: Inode;
      readonly name: string;
      readonly inode: Inode;
    }
  | {
      readonly kind: 'rename';
      readonly folder: Inode;
      readonly name: string;
      readonly toFolder: Inode;
      readonly toName: string;
      readonly inode: Inode;
    };

type SyncOperation =
  | { readonly kind: 'synced'; readonly inode: Inode; readonly from: number }
  | { readonly kind: 'folderSynced'; readonly folder: Inode };

export const rootInode: Inode = 0;

/** Bytes that grow at the end without being copied each time. */
class FileContent {
  #bytes = new Uint8Array(256);
  #sizeBytes = 0;

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#sizeBytes);
  }

  append(bytes: Uint8Array): void {
    const sizeBytes = this.#sizeBytes + bytes.length;
    if (sizeBytes > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(sizeBytes, 2 * this.#bytes.length));
      larger.set(this.bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#sizeBytes);
    this.#sizeBytes = sizeBytes;
  }

  truncate(sizeBytes: number): void {
    const kept = this.bytes.slice(0, sizeBytes);
    this.#bytes = new Uint8Array(sizeBytes);
    this.#bytes.set(kept);
    this.#sizeBytes = sizeBytes;
  }
}

interface FileNode {
  readonly kind: 'file';
  readonly inode: Inode;
  readonly content: FileContent;
  modifiedAtMs: number;
}

interface FolderNode {
  readonly kind: 'folder';
  readonly inode: Inode;
  readonly entries: Map<string, FileNode | FolderNode>;
  modifiedAtMs: number;
}

/**
 * A disk in memory that means what a POSIX file system means (an open file outlives its name, a rename
 * replaces) and keeps a log of all that changed it.
 */
export class MemoryDisk implements Disk {
  readonly operations: DiskOperation[] = [];
  readonly now: () => number;
  readonly #root: FolderNode;
  readonly #openFiles = new Map<number, FileNode>();
  #nextInode = rootInode + 1;
  #nextFile = 3;

  constructor(now: () => number = Date.now) {
    this.now = now;
    this.#root = { kind: 'folder', inode: rootInode, entries: new Map(), modifiedAtMs: 0 };
  }

  /** A disk on which these files and folders, by their paths, are for good. */
  static holding(
    files: ReadonlyMap<string, Uint8Array | 'folder'>,
    now: () => number = Date.now,
  ): MemoryDisk {
    const disk = new MemoryDisk(now);
    for (const [path, content] of files) {
      if (content === 'folder') disk.makeFolder(path);
      else {
        disk.makeFolder(path.slice(0, path.lastIndexOf('/')));
        const file = disk.open(path, 'create');
        disk.write(file, content);
        disk.close(file);
      }
    }
    const from = disk.operations.length;
    for (const { inode, kind } of disk.#all(disk.#root)) {
      if (kind === 'file') disk.operations.push({ kind: 'synced', inode, from });
      else disk.operations.push({ kind: 'folderSynced', folder: inode });
    }
    return disk;
  }

  makeFolder(path: string): void {
    let folder = this.#root;
    for (const name of parts(path)) {
      let next = folder.entries.get(name);
      if (next === undefined) {
        next = {
          kind: 'folder',
          inode: this.#nextInode++,
          entries: new Map(),
          modifiedAtMs: this.now(),
        };
        this.#link(folder, name, next);
      }
      if (next.kind !== 'folder') throw diskError('ENOTDIR', path);
      folder = next;
    }
  }

  list(path: string): string[] {
    const found = this.#find(path);
    // In no order that has to do with when they were made.
    return found?.kind === 'folder' ? [...found.entries.keys()].sort() : [];
  }

  stat(path: string): { sizeBytes: number; modifiedAtMs: number } | undefined {
    const found = this.#find(path);
    if (found === undefined) return undefined;
    const sizeBytes = found.kind === 'file' ? found.content.bytes.length : 0;
    return { sizeBytes, modifiedAtMs: found.modifiedAtMs };
  }

  read(path: string): Uint8Array {
    return this.#file(path).content.bytes.slice();
  }

  readRange(path: string, offset: number, lengthBytes: number): Uint8Array {
    return this.#file(path).content.bytes.slice(offset, offset + lengthBytes);
  }

  open(path: string, mode: 'create' | 'append'): number {
    const [folder, name] = this.#place(path);
    let node = folder.entries.get(name);
    if (node !== undefined && mode === 'create') throw diskError('EEXIST', path);
    if (node === undefined) {
      node = {
        kind: 'file',
        inode: this.#nextInode++,
        content: new FileContent(),
        modifiedAtMs: this.now(),
      };
      this.#link(folder, name, node);
    }
    if (node.kind !== 'file') throw diskError('EISDIR', path);
    const file = this.#nextFile++;
    this.#openFiles.set(file, node);
    return file;
  }

  write(file: number, bytes: Uint8Array): number {
    const node = this.#opened(file);
    const offset = node.content.bytes.length;
    node.content.append(bytes);
    node.modifiedAtMs = this.now();
    this.operations.push({ kind: 'write', inode: node.inode, offset, bytes: bytes.slice() });
    return bytes.length;
  }

  async sync(file: number): Promise<void> {
    const { inode } = this.#opened(file);
    const from = this.operations.length;
    // As on a real disk, other things happen meanwhile; what is written in this time is not included.
    await new Promise((resolve) => setImmediate(resolve));
    this.operations.push({ kind: 'synced', inode, from });
  }

  syncFolder(path: string): void {
    const folder = this.#find(path);
    if (folder?.kind !== 'folder') throw diskError('ENOENT', path);
    this.operations.push({ kind: 'folderSynced', folder: folder.inode });
  }

  truncate(file: number, sizeBytes: number): void {
    const { inode, content } = this.#opened(file);
    content.truncate(sizeBytes);
    this.operations.push({ kind: 'truncate', inode, sizeBytes });
  }

  close(file: number): void {
    this.#opened(file);
    this.#openFiles.delete(file);
  }

  rename(from: string, to: string): void {
    const [folder, name] = this.#place(from);
    const [toFolder, toName] = this.#place(to);
    const node = folder.entries.get(name);
    if (node === undefined) throw diskError('ENOENT', from);
    folder.entries.delete(name);
    toFolder.entries.set(toName, node);
    this.operations.push({
      kind: 'rename',
      folder: folder.inode,
      name,
      toFolder: toFolder.inode,
      toName,
      inode: node.inode,
    });
  }

  remove(path: string): void {
    const [folder, name] = this.#placeOrNone(path) ?? [];
    const node = name === undefined ? undefined : folder?.entries.get(name);
    if (folder === undefined || name === undefined || node === undefined) return;
    if (node.kind === 'folder') throw diskError('EISDIR', path);
    folder.entries.delete(name);
    this.operations.push({ kind: 'unlink', folder: folder.inode, name, inode: node.inode });
  }

  touch(path: string): void {
    const node = this.#find(path);
    if (node === undefined) throw diskError('ENOENT', path);
    node.modifiedAtMs = this.now();
  }

  #link(folder: FolderNode, name: string, node: FileNode | FolderNode): void {
    folder.entries.set(name, node);
    const isFolder = node.kind === 'folder';
    this.operations.push({ kind: 'link', folder: folder.inode, name, inode: node.inode, isFolder });
  }

  #find(path: string): FileNode | FolderNode | undefined {
    let node: FileNode | FolderNode | undefined = this.#root;
    for (const name of parts(path)) {
      node = node?.kind === 'folder' ? node.entries.get(name) : undefined;
    }
    return node;
  }

  #file(path: string): FileNode {
    const node = this.#find(path);
    if (node === undefined) throw diskError('ENOENT', path);
    if (node.kind !== 'file') throw diskError('EISDIR', path);
    return node;
  }

  #place(path: string): [FolderNode, string] {
    const place = this.#placeOrNone(path);
    if (place === undefined) throw diskError('ENOENT', path);
    return place;
  }

  #placeOrNone(path: string): [FolderNode, string] | undefined {
    const names = parts(path);
    const name = names.pop();
    const folder = this.#find(names.join('/'));
    return name !== undefined && folder?.kind === 'folder' ? [folder, name] : undefined;
  }

  #opened(file: number): FileNode {
    const node = this.#openFiles.get(file);
    if (node === undefined) throw diskError('EBADF', String(file));
    return node;
  }

  *#all(node: FileNode | FolderNode): Generator<FileNode | FolderNode> {
    yield node;
    if (node.kind === 'folder') for (const child of node.entries.values()) yield* this.#all(child);
  }
}

/** As Node gives it for a system call that failed. */
export function diskError(code: string, what: string): Error {
  return Object.assign(new Error(`${code}: ${what}`), { code });
}

/** Of Windows paths too, as `node:path` makes them there. */
function parts(path: string): string[] {
  return path.split(/[\\/]/).filter((name) => name !== '');
}
