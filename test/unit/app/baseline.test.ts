import { expect, test, vi } from 'vitest';
import { createBaseline } from '../../../src/app/baseline';
import type { RunId } from '../../../src/core/run/run';
import { createMemory } from './createMemory';

const [one, two] = ['r1', 'r2'] as [RunId, RunId];

test('is the same in the next window, until it is taken away', () => {
  const memory = createMemory();
  const baseline = createBaseline(memory, vi.fn());
  expect(baseline.get()).toBeUndefined();
  baseline.set(one);
  expect(createBaseline(memory, vi.fn()).get()).toBe(one);
  baseline.set(undefined);
  expect(createBaseline(memory, vi.fn()).get()).toBeUndefined();
});

test('tells who listens, once a change', () => {
  const baseline = createBaseline(createMemory(), vi.fn());
  const told = vi.fn();
  const stop = baseline.onDidChange(told);
  baseline.set(one);
  baseline.set(one);
  baseline.set(two);
  stop();
  baseline.set(undefined);
  expect(told.mock.calls).toEqual([[one], [two]]);
});

test('says what went wrong when it could not be kept', async () => {
  const failed = vi.fn();
  const error = new Error('no room');
  const memory = { ...createMemory(), update: () => Promise.reject(error) };
  const baseline = createBaseline(memory, failed);
  baseline.set(one);
  await vi.waitFor(() => expect(failed).toHaveBeenCalledWith('Keeping the baseline', error));
  expect(baseline.get()).toBe(one);
});
