import { expect, test } from 'vitest';
import {
  cleanUpItems,
  cleanUpSteps,
  confirmCleanUp,
  describeCleanUp,
  describeNothing,
  describeUsage,
} from '../../../src/core/space/cleanUpItems';
import type { SpaceUsage } from '../../../src/core/space/spaceUsage';

const none = { count: 0, bytes: 0 };
const empty: SpaceUsage = {
  totalBytes: 3_000_000,
  snapshotBytes: 2_000_000,
  previousSnapshotBytes: 900_000,
  journals: { count: 2, bytes: 100_000 },
  logs: none,
  checkpointContents: none,
  codeStates: none,
  unreferenced: none,
  setAside: none,
  deletedRuns: none,
  deletedCheckpoints: none,
  oldLogs: none,
};

test('where nothing can go, that is said with what the store takes', () => {
  expect(cleanUpItems(empty)).toEqual([]);
  expect(describeNothing(empty)).toBe('Nothing to clean up: the store takes 3 MB.');
});

test('what nobody can miss is chosen from the start; damaged copies and logs never are', () => {
  const one = { count: 1, bytes: 1000 };
  const items = cleanUpItems({
    ...empty,
    deletedRuns: { count: 1200, bytes: 60_000_000 },
    ...{ deletedCheckpoints: one, unreferenced: one, setAside: one, oldLogs: one },
  });
  expect(items.map(({ label, isPicked }) => [label, isPicked])).toEqual([
    ['1,200 deleted runs', true],
    ['1 deleted checkpoint', true],
    ['1 content that nothing refers to', true],
    ['1 log of runs that began more than 90 days ago', false],
    ['1 copy of damaged files', false],
  ]);
  expect(items[2]?.detail).toMatch(/Stays until the copies of damaged files go too/);
  expect(cleanUpItems({ ...empty, unreferenced: one })[0]?.detail).not.toMatch(/damaged/);
});

test('what takes space is named, the largest first', () => {
  expect(describeUsage({ ...empty, logs: { count: 4, bytes: 12_000_000 } })).toBe(
    'logs 12 MB · tables 2 MB · older tables, kept for safety 900 kB · journals 100 kB',
  );
});

test('before anything goes it is said what, how much, and that there is no way back', () => {
  const items = cleanUpItems({
    ...empty,
    deletedRuns: { count: 2, bytes: 60_000_000 },
    setAside: { count: 3, bytes: 12_000_000 },
  });
  expect(confirmCleanUp(items)).toEqual({
    message: 'Remove about 72 MB for good?',
    detail:
      '• 2 deleted runs (60 MB)\n• 3 copies of damaged files (12 MB)\n\nThis cannot be undone.',
  });
});

test('what is deleted takes its contents and its space in the tables with it', () => {
  expect(cleanUpSteps(['oldLogs'])).toEqual(['oldLogs']);
  expect(cleanUpSteps(['setAside', 'deletedRuns'])).toEqual([
    'deletedRuns',
    'setAside',
    'unreferenced',
    'snapshot',
  ]);
});

test('the result is a size', () => {
  expect(describeCleanUp(72_000_000, false)).toBe('72 MB freed.');
  expect(describeCleanUp(1_500_000, true)).toBe('Stopped: 1.5 MB freed.');
  expect(describeCleanUp(0, false)).toBe('Nothing could be freed.');
});
