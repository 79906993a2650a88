import { expect, test } from 'vitest';
import type { Checkpoint } from '../../../src/core/checkpoint/checkpoint';
import { describeDeletion } from '../../../src/core/present/describeDeletion';
import { makeRun } from '../run/runs';
import { checkpointId, runId, taken } from '../store/sampleChanges';

const checkpoint: Checkpoint = { ...taken('c1').checkpoint, tags: {}, starred: false };

test('it is said what goes, and that there is no way back', () => {
  const { message, detail } = describeDeletion([makeRun({ name: 'first try' })], [], []);
  expect(message).toBe('Delete first try for good?');
  expect(detail).toBe(
    'Params, metrics, tags, notes, logs and code of the runs go.\nThis cannot be undone.',
  );
});

test('runs that were made with a checkpoint that goes are counted, those that go too are not', () => {
  const checkpointOf = { checkpointId: checkpointId('c1') };
  const [gone, left, other] = [
    makeRun({ id: runId('gone'), ...checkpointOf }),
    makeRun({ id: runId('left'), ...checkpointOf }),
    makeRun({ id: runId('other') }),
  ];
  const { message, detail } = describeDeletion([gone, other], [checkpoint], [gone, left, other]);
  expect(message).toMatch(/^Delete 2 runs and the checkpoint explore\.ipynb · .* for good\?$/);
  expect(detail).toContain('1 run loses the notebook that it was made with.');
});
