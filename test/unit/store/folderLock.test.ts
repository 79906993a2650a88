import { spawnSync } from 'node:child_process';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeDisk } from '../../../src/store/disk';
import { tryLock } from '../../../src/store/folderLock';
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

test('who lost the lock does not release it for who has it', () => {
  const path = join(makeFolder(), 'store.lock');
  const held = lock(path);
  writeFileSync(path, JSON.stringify({ pid: 1, host: 'elsewhere', token: 'new' }));
  held?.release();
  expect(lock(path)).toBeUndefined();
});
