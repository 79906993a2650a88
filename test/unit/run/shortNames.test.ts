import { describe, expect, it } from 'vitest';
import { shortNames } from '../../../src/core/run/shortNames';

describe('the names of runs that are shown together', () => {
  it('leave out the script that all have', () => {
    expect(shortNames(['train.py · lr=0.1', 'train.py · lr=0.01 · b'])).toEqual({
      shared: 'train.py',
      names: ['lr=0.1', 'lr=0.01 · b'],
    });
  });

  it.each([
    [[]],
    [['train.py · lr=0.1']],
    [['train.py · lr=0.1', 'train.py']],
    [['train.py · lr=0.1', 'eval.py · lr=0.1']],
    [['train.py', 'train.py']],
    [[' · a', ' · b']],
  ])('are whole where they share no script: %j', (names) => {
    expect(shortNames(names)).toEqual({ shared: undefined, names });
  });
});
