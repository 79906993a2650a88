import { expect, it } from 'vitest';
import { readMediaPaths } from '../../../src/core/media/mediaPath';

it.each([
  ['samples_e12.png', 'samples', 12],
  ['step=300/attn.png', 'attn', 300],
  ['out/epoch_3/sample_7.png', 'out/sample_7', 3],
  ['images/iter-000100.jpg', 'images', 100],
  ['fig/epoch=4-step=800.png', 'fig/epoch=4', 800],
  ['plots/roc_curve.png', 'plots/roc_curve', undefined],
  ['name12.png', 'name12', undefined],
  ['lr_0.01/loss.png', 'lr_0.01/loss', undefined],
  ['Epoch 5.png', 'images', 5],
  ['gen/ep05_grid.png', 'gen/grid', 5],
])('%s', (path, tag, step) => {
  expect(readMediaPaths([path])).toEqual([{ tag, ...(step !== undefined && { step }) }]);
});

it('takes a number at the end for a step where several files differ in it alone', () => {
  expect(
    readMediaPaths(['s/fake_100.png', 's/fake_200.png', 's/confusion_2.png', '1.png', '2.png']),
  ).toEqual([
    { tag: 's/fake', step: 100 },
    { tag: 's/fake', step: 200 },
    { tag: 's/confusion_2' },
    { tag: '1' },
    { tag: '2' },
  ]);
});
