import { expect, test } from 'vitest';
import { ExecutionBatch } from '../../../src/core/notebook/executionBatch';
import { KernelSessions } from '../../../src/core/notebook/kernelSessions';

const execution = (cellIndex: number) => ({
  cellIndex,
  source: `cell ${cellIndex}`,
  startedAtMs: 0,
});

test('cells that run one after the other are one batch, due when nothing runs', () => {
  const batch = new ExecutionBatch<string>();
  expect(batch.dueAtMs()).toBeUndefined();
  batch.started('a', execution(0));
  expect(batch.dueAtMs()).toBeUndefined();
  batch.ended('a', { endedAtMs: 1000, succeeded: true }, 1000);
  expect(batch.dueAtMs()).toBe(1400);
  batch.started('b', execution(1));
  expect(batch.dueAtMs()).toBe(61_000);
  batch.ended('b', { endedAtMs: 5000, succeeded: false }, 5000);
  expect(batch.dueAtMs()).toBe(5400);
  expect(batch.take()).toEqual([
    { ...execution(0), endedAtMs: 1000, succeeded: true },
    { ...execution(1), endedAtMs: 5000, succeeded: false },
  ]);
  expect(batch.dueAtMs()).toBeUndefined();
  expect(batch.take()).toEqual([]);
});

test('an end without a start counts for nothing, and what runs goes into the next batch', () => {
  const batch = new ExecutionBatch<string>();
  batch.ended('a', {}, 10);
  expect(batch.take()).toEqual([]);
  batch.started('a', execution(0));
  batch.started('b', execution(1));
  batch.ended('b', {}, 20);
  expect(batch.take()).toEqual([execution(1)]);
  batch.ended('a', {}, 30);
  expect(batch.take()).toEqual([execution(0)]);
});

test('what a cell was given last is known until it is in a checkpoint', () => {
  const batch = new ExecutionBatch<string>();
  batch.started('a', { ...execution(0), source: 'old' });
  expect(batch.sources().size).toBe(0);
  batch.ended('a', { succeeded: true }, 10);
  batch.started('a', { ...execution(0), source: 'new' });
  expect([...batch.sources()]).toEqual([['a', 'old']]);
  batch.ended('a', { succeeded: true }, 20);
  expect([...batch.sources()]).toEqual([['a', 'new']]);
  batch.take();
  expect(batch.sources().size).toBe(0);
});

test('a kernel that counts from the beginning again is another session', () => {
  let count = 0;
  const sessions = new KernelSessions<object>(() => `s${++count}`);
  const [one, other] = [{}, {}];
  expect([1, 2, undefined, 5].map((order) => sessions.started(one, order))).toEqual([
    's1',
    's1',
    's1',
    's1',
  ]);
  expect(sessions.started(other, 6)).toBe('s2');
  expect(sessions.started(one, 1)).toBe('s3');
  expect(sessions.started(one, 2)).toBe('s3');
});
