import { describe, expect, it } from 'vitest';
import { CellHistory } from '../../../src/core/notebook/cellHistory';

function historyOf(...runs: readonly (readonly [string, number | undefined])[]): CellHistory {
  const history = new CellHistory();
  for (const [source, order] of runs) history.started(source, order);
  return history;
}

describe('what a notebook ran', () => {
  it('is in the order in which it ran, each where it ran last', () => {
    const history = historyOf(['b', 1], ['a', 2], ['b', 3], ['c', 4]);
    expect(history.ran(['a', 'x'])).toEqual(['a', 'b', 'c']);
  });

  it('has what an edited cell said before', () => {
    expect(historyOf(['lr = 1', 1], ['lr = 2', 2], ['fit', 3]).ran([])).toEqual([
      'lr = 1',
      'lr = 2',
      'fit',
    ]);
  });

  it('begins with the cells above where nobody saw its beginning', () => {
    expect(historyOf(['b', 7], ['fit', 8]).ran(['a', 'b'])).toEqual(['a', 'b', 'fit']);
    expect(historyOf(['b', undefined], ['fit', undefined]).ran(['a'])).toEqual(['a', 'b', 'fit']);
  });

  it('forgets what it ran where the kernel was started anew', () => {
    expect(historyOf(['a', 1], ['b', 2], ['c', 1], ['fit', 2]).ran(['a'])).toEqual(['c', 'fit']);
    expect(historyOf(['a', 5], ['b', 6], ['fit', 2]).ran(['x'])).toEqual(['x', 'fit']);
  });
});
