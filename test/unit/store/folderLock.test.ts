import { spawnSync } from 'node:child_process';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Disk, nodeDisk } from '../../../src/store/disk/disk';
import { tryLock } from '../../../src/store/disk/folderLock';
import { makeFolder } from './openTestStore';

const lock = (path: string) => tryLock(nodeDisk, path, Date.now());

test('one holds a lock until it releases it', () => {
  const path = join(makeFolder(), 'store.lock');
  const held = lock(path);
  expect(held?.isHeld()).toBe(true);
  expect(lock(path)).toBeUndefined();
  held?.release();
  expect(held?.isHeld()).toBe(false);
  expect(lock(path)).toBeDefined();
});

test('the lock of a process that is gone is taken over', () => {
  const folder = makeFolder();
  const path = join(folder, 'store.lock');
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(path, JSON.stringify({ pid, host: hostname(), token: 'gone' }));
  const held = lock(path);
  expect(held?.isHeld()).toBe(true);
  expect(readdirSync(folder)).toEqual(['store.lock']);
});

test('the lock of another machine is taken over only once it is old', () => {
  const path = join(makeFolder(), 'store.lock');
  writeFileSync(path, JSON.stringify({ pid: 1, host: 'elsewhere', token: 'far' }));
  expect(lock(path)).toBeUndefined();
  const tenMinutesAgo = new Date(Date.now() - 600_000);
  utimesSync(path, tenMinutesAgo, tenMinutesAgo);
  expect(lock(path)?.isHeld()).toBe(true);
});

test('a lock that says nothing is taken over after two seconds, and who made it does not have it then', () => {
  const folder = makeFolder();
  const path = join(folder, 'store.lock');
  const threeSecondsAgo = new Date(Date.now() - 3000);
  writeFileSync(path, '');
  expect(lock(path)).toBeUndefined();
  utimesSync(path, threeSecondsAgo, threeSecondsAgo);
  const held = lock(path);
  expect(held?.isHeld()).toBe(true);
  held?.release();

  // One is suspended after it made the file, so long that another takes over.
  let other: ReturnType<typeof lock>;
  const disk: Disk = {
    ...nodeDisk,
    write(file, bytes) {
      utimesSync(path, threeSecondsAgo, threeSecondsAgo);
      other ??= lock(path);
      return nodeDisk.write(file, bytes);
    },
  };
  expect(tryLock(disk, path, Date.now())).toBeUndefined();
  expect(other?.isHeld()).toBe(true);
});

test.each([
  ['write', 1],
  ['read', 1],
  ['read', 9],
] as const)('a %s that fails %i times leaves no lock behind', (call, times) => {
  const folder = makeFolder();
  const path = join(folder, 'store.lock');
  let failures: number = times;
  const fail = () => {
    if (failures-- > 0) throw Object.assign(new Error('EIO: no'), { code: 'EIO' });
  };
  const disk: Disk = {
    ...nodeDisk,
    [call]: (...args: never) => {
      fail();
      // SAFETY: these are the arguments of that very call.
      return (nodeDisk[call] as (...args: never) => unknown)(...args);
    },
  };
  try {
    tryLock(disk, path, Date.now())?.release();
  } catch (error) {
    expect(error).toMatchObject({ code: 'EIO' });
  }
  failures = 0;
  expect(lock(path)).toBeDefined();
});

test('who lost the lock does not release it for who has it', () => {
  const path = join(makeFolder(), 'store.lock');
  const held = lock(path);
  writeFileSync(path, JSON.stringify({ pid: 1, host: 'elsewhere', token: 'new' }));
  held?.release();
  expect(lock(path)).toBeUndefined();
});
