import { describe, expect, it } from 'vitest';
import { maskMagics } from '../../../src/core/python/maskMagics';

describe('maskMagics', () => {
  it('keeps every offset and line', () => {
    const source = '%matplotlib inline\n  !ls -l \\\n   | head\nx?\ny = %env A\n%time z = 1\n';
    const masked = maskMagics(source);
    expect(masked).toHaveLength(source.length);
    expect(masked.split('\n').map((line) => line.trim())).toEqual([
      '',
      '',
      '',
      '',
      '',
      'z = 1',
      '',
    ]);
  });

  it('leaves Python alone', () => {
    const source = 'print("50 %"\n      % x)\ny = 7 % 3\nz = a != b  # why?\n';
    expect(maskMagics(source)).toBe(source);
  });

  it('blanks a cell that another program runs, and keeps one that Python does', () => {
    expect(maskMagics('%%bash\nls').trim()).toBe('');
    expect(maskMagics('%%capture out\nx = 1').trim()).toBe('x = 1');
  });
});
