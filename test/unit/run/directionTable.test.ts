import { describe, expect, it } from 'vitest';
import { createDirectionOf, readDirectionRules } from '../../../src/core/run/directionTable';

const directionOf = (setting: unknown) => createDirectionOf(readDirectionRules(setting));

describe('the table of directions', () => {
  it('takes the word of the user before that of the name', () => {
    const of = directionOf({ my_score: 'min', loss: 'max', speed: 'max' });
    expect(['my_score', 'loss', 'speed', 'val_loss', 'flops'].map(of)).toEqual([
      'lower',
      'higher',
      'higher',
      'lower',
      undefined,
    ]);
  });

  it('takes a glob, for the last part of a name unless it has parts itself', () => {
    const of = directionOf({ 'train/*': 'max', 'qq_*': 'min' });
    expect(['qq_a', 'val/qq_b', 'qq', 'train/loss', 'val/loss'].map(of)).toEqual([
      'lower',
      'lower',
      undefined,
      'higher',
      'lower',
    ]);
  });

  it('takes the first of two that fit', () => {
    expect(directionOf({ 'a*': 'min', '*b': 'max' })('ab')).toBe('lower');
  });

  it.each([undefined, null, 7, 'max', ['max'], { a: 'up' }, { a: null }, { a: { b: 'max' } }])(
    'is empty for %j',
    (setting) => expect(readDirectionRules(setting)).toEqual([]),
  );
});
