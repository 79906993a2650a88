import { expect, test } from 'vitest';
import { keptOutputs } from '../../../src/core/notebook/keptOutputs';

test.each([
  ['all where all fit', [1, 2, 3], 0, 6, [0, 1, 2]],
  ['those of the cell that ran before smaller ones', [1, 5, 1], 1, 6, [0, 1]],
  ['the small ones where that of the cell that ran is too large', [1, 50, 2], 1, 6, [0, 2]],
  ['only cells that have none with a limit of nothing', [0, 5, 0], 1, 0, [0, 2]],
])('%s are kept', (_, sizes, ran, max, kept) => {
  expect([...keptOutputs(sizes, ran, max)].sort()).toEqual(kept);
});
