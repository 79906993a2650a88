import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FileHashes, type FileState } from '../../../src/app/files/fileHashes';
import { hashFolder, listFolder } from '../../../src/app/files/folderHash';
import { makeWorkspaceFolder } from './recordingBench';

const megabyte = 1024 * 1024;
const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

function stateOf(path: string): FileState {
  const { size, mtimeMs } = statSync(path);
  return { sizeBytes: size, modifiedAtMs: mtimeMs };
}

async function folderHash(folder: string, hashes: FileHashes): Promise<string | undefined> {
  const content = await listFolder(folder);
  return content && hashFolder(folder, content, hashes);
}

test('what did not change is read once, also by later sessions', async () => {
  const root = makeWorkspaceFolder();
  const path = join(root, 'data.bin');
  const content = new Uint8Array(9 * megabyte).fill(3);
  writeFileSync(path, content);
  const cache = join(root, 'store', 'cache', 'fileHashes');
  const first = new FileHashes(cache);
  const both = await Promise.all([
    first.hash(path, stateOf(path)),
    first.hash(path, stateOf(path)),
  ]);
  expect(both).toEqual([sha256(content), sha256(content)]);
  expect(first.bytesRead).toBe(content.length);
  const later = new FileHashes(cache);
  expect(await later.hash(path, stateOf(path))).toBe(sha256(content));
  expect(later.bytesRead).toBe(0);
  // The same size, written later.
  content[5] = 4;
  writeFileSync(path, content);
  utimesSync(path, 1, 2);
  expect(await later.hash(path, stateOf(path))).toBe(sha256(content));
  expect(later.bytesRead).toBe(content.length);
});

test('a cache that is damaged costs no more than to read once more', async () => {
  const root = makeWorkspaceFolder();
  const path = join(root, 'data.bin');
  writeFileSync(path, new Uint8Array(2 * megabyte));
  const cache = join(root, 'fileHashes');
  const hash = await new FileHashes(cache).hash(path, stateOf(path));
  appendFileSync(cache, `\0garbage\n${'f'.repeat(63)} 1 2 "x"\n${'a'.repeat(64)}`);
  const again = new FileHashes(cache);
  expect(await again.hash(path, stateOf(path))).toBe(hash);
  expect(again.bytesRead).toBe(0);
  mkdirSync(join(root, 'folder'));
  const unwritable = new FileHashes(join(root, 'folder'));
  expect(await unwritable.hash(path, stateOf(path))).toBe(hash);
});

test('a file that is not as it was said to be has no hash', async () => {
  const root = makeWorkspaceFolder();
  const path = join(root, 'x.bin');
  writeFileSync(path, 'now');
  const hashes = new FileHashes(undefined);
  expect(await hashes.hash(path, { ...stateOf(path), sizeBytes: 2 })).toBeUndefined();
  expect(await hashes.hash(join(root, 'none'), stateOf(path))).toBeUndefined();
  expect(await hashes.hash(root, stateOf(root))).toBeUndefined();
});

test('a folder has one hash wherever it lies, and of it only what changed is read again', async () => {
  const root = makeWorkspaceFolder();
  const folder = join(root, 'data');
  mkdirSync(join(folder, 'sub', '.hidden'), { recursive: true });
  for (const [name, value] of [
    ['a.bin', 1],
    ['sub/b.bin', 2],
  ] as const) {
    writeFileSync(join(folder, name), new Uint8Array(3 * megabyte).fill(value));
  }
  writeFileSync(join(folder, 'sub/small.txt'), 'small');
  writeFileSync(join(folder, 'sub/.hidden/x'), 'x');
  const cache = join(root, 'fileHashes');
  const first = new FileHashes(cache);
  const hash = await folderHash(folder, first);
  const line = (path: string, content: Uint8Array | string) =>
    `${path}\0${content.length}\0${sha256(content)}\n`;
  expect(hash).toBe(
    sha256(
      line('a.bin', new Uint8Array(3 * megabyte).fill(1)) +
        line('sub/b.bin', new Uint8Array(3 * megabyte).fill(2)) +
        line('sub/small.txt', 'small'),
    ),
  );
  const later = new FileHashes(cache);
  expect(await folderHash(folder, later)).toBe(hash);
  expect(later.bytesRead).toBe(0);
  writeFileSync(join(folder, 'sub/small.txt'), 'other');
  expect(await folderHash(folder, later)).not.toBe(hash);
  expect(later.bytesRead).toBe('other'.length);
  writeFileSync(join(folder, 'sub/small.txt'), 'small');
  const moved = join(root, 'moved');
  renameSync(folder, moved);
  expect(await folderHash(moved, later)).toBe(hash);
});
