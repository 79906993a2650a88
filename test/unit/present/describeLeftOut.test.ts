import { expect, test } from 'vitest';
import { describeCheckpoint } from '../../../src/core/present/describeCheckpoint';
import { describeLeftOut, describeLogLeftOut } from '../../../src/core/present/describeLeftOut';
import { taken } from '../store/sampleChanges';

test('what was left out is said with its size and the setting that did it', () => {
  expect(describeLogLeftOut({ bytes: 12_000_000, why: 'maxLogMB' })).toMatch(
    /^12 MB .* epochlog\.store\.maxLogMB /,
  );
  expect(describeLogLeftOut({ bytes: 5, why: 'maxTotalGB' })).toMatch(/maxTotalGB/);
  expect(describeLogLeftOut({ bytes: 5, why: 'cleanUp' })).toMatch(/Clean Up Store/);
  expect(describeLeftOut({ what: 'content', bytes: 5 })).toMatch(/not kept.*maxTotalGB/);
  expect(describeLeftOut({ what: 'outputs', bytes: 5e6 })).toMatch(/5 MB.*maxOutputMB/);
});

test('a checkpoint in a list shows that something is missing of it', () => {
  const { checkpoint } = taken('c1');
  const shown = (leftOut: { what: 'content' | 'outputs'; bytes: number }) =>
    describeCheckpoint({ ...checkpoint, leftOut, tags: {}, starred: false });
  expect(shown({ what: 'content', bytes: 1 })).toBe('first, 7 cells · content not kept');
  expect(shown({ what: 'outputs', bytes: 1 })).toBe('first, 7 cells · large outputs left out');
});
