import { expect, it } from 'vitest';
import { textTable } from '../../../tools/start/textTable';

it('aligns words left and numbers right, also where a number is not there', () => {
  const rows = [
    ['train.py', '0.9704', '5 s'],
    ['explore.ipynb [5]', '–', '12 s'],
    ['tiny', '1e-7', ''],
  ];
  expect(textTable(['run', 'val_acc', 'took'], rows)).toBe(
    [
      'run                val_acc  took',
      '─────────────────  ───────  ────',
      'train.py            0.9704  5 s',
      'explore.ipynb [5]        –  12 s',
      'tiny                  1e-7',
    ].join('\n'),
  );
});
