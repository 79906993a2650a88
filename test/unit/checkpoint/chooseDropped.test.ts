import { expect, test } from 'vitest';
import { chooseDropped, type RetainedVersion } from '../../../src/core/checkpoint/chooseDropped';
import type { BlobHash, CheckpointId } from '../../../src/core/run/run';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** At the beginning of a day. */
const nowMs = 1000 * dayMs;
const noQuota = { maxBytes: 0, bytesOf: () => 1 };

function version(
  id: string,
  ageMs: number,
  outputs: readonly string[],
  rest: Partial<RetainedVersion> = {},
): RetainedVersion {
  return {
    id: id as CheckpointId,
    notebook: 'a.ipynb',
    takenAtMs: nowMs - ageMs,
    isProtected: false,
    isDeleted: false,
    outputs: outputs as readonly BlobHash[],
    ...rest,
  };
}

const dropped = (versions: readonly RetainedVersion[], quota = noQuota) =>
  [...chooseDropped(versions, nowMs, quota)].sort();

test('all outputs stay a week, then those of the last of each hour, then of each day', () => {
  const newest = version('newest', 0, ['n']);
  const minutes = (ageMs: number, name: string) =>
    [3, 2, 1].map((minute) =>
      version(`${name}${minute}`, ageMs + minute * 60_000, [name + minute]),
    );
  expect(dropped([...minutes(dayMs, 'week'), newest])).toEqual([]);
  expect(dropped([...minutes(10 * dayMs, 'h'), newest])).toEqual(['h2', 'h3']);
  // Each the last of its hour, and one of them the last of its day.
  const hours = [3, 2, 1].map((hour) =>
    version(`${hour}`, 40 * dayMs + hour * hourMs, [`d${hour}`]),
  );
  expect(dropped([...hours, newest])).toEqual(['d2', 'd3']);
  expect(
    dropped([
      ...hours.map((each) => ({ ...each, takenAtMs: each.takenAtMs + 30 * dayMs })),
      newest,
    ]),
  ).toEqual([]);
});

test('what a checkpoint that stays whole has too is not dropped from another', () => {
  const old = version('old', 50 * dayMs + 2, ['shared', 'own']);
  const later = version('later', 50 * dayMs + 1, ['shared']);
  expect(dropped([old, later])).toEqual(['own']);
  expect(dropped([later, old])).toEqual(['own']);
});

test('a protected checkpoint and the newest of each notebook stay whole, whatever the quota', () => {
  const versions = [
    version('old', 60 * dayMs + 5, ['a']),
    version('linked', 60 * dayMs + 4, ['b'], { isProtected: true }),
    version('newest', 60 * dayMs + 3, ['c']),
    version('other', 90 * dayMs, ['d'], { notebook: 'b.ipynb' }),
  ];
  expect(dropped(versions, { maxBytes: 1, bytesOf: () => 10 })).toEqual(['a']);
});

test('past the quota those go first that were seen last the longest ago', () => {
  const versions = [
    version('1', 5000, ['a', 'b']),
    version('2', 4000, ['b', 'c']),
    version('3', 3000, ['d']),
    version('4', 2000, ['e']),
  ];
  expect(dropped(versions, { maxBytes: 30, bytesOf: () => 10 })).toEqual(
    ['a', 'b', 'c'].slice(0, 2),
  );
  expect(dropped(versions, { maxBytes: 50, bytesOf: () => 10 })).toEqual([]);
});

test('a deleted checkpoint takes the place of none that is there', () => {
  const deleted = { isDeleted: true };
  expect(
    dropped([version('there', 40 * dayMs, ['t']), version('gone', 0, ['g'], deleted)]),
  ).toEqual([]);
  const ofOneHour = [
    version('early', 40 * dayMs + 3 * 60_000, ['e']),
    version('there', 40 * dayMs + 2 * 60_000, ['t']),
    version('gone', 40 * dayMs + 60_000, ['g'], deleted),
  ];
  expect(dropped([...ofOneHour, version('newest', 0, ['n'])])).toEqual(['e']);
  // Past the quota it goes, be it the newest.
  expect(
    dropped([version('there', dayMs, ['t']), version('gone', 0, ['g'], deleted)], {
      ...{ maxBytes: 1, bytesOf: () => 1 },
    }),
  ).toEqual(['g']);
});
