import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareLogs } from '../../../src/core/compare/compareLogs';
import { foldVolatile } from '../../../src/core/compare/foldVolatile';

describe('foldVolatile', () => {
  it.each([
    ['2024-05-01 10:11:12,123 INFO start', '2025-06-02 01:02:03,456 INFO start'],
    ['epoch 3 took 12.3s', 'epoch 3 took 14.0s'],
    ['Epoch 1/5 - 3s 12ms/step', 'Epoch 1/5 - 4s 15ms/step'],
    ['100%|██| 10/10 [00:12<00:00, 1.2it/s]', '100%|██| 10/10 [00:15<00:01, 1.3it/s]'],
    ['train 1,024 samples/sec', 'train 998 samples/sec'],
    ["{'train_runtime': 12.3}", "{'train_runtime': 9.8}"],
    ['<Model object at 0x7f12ab34cd56>', '<Model object at 0x7f99ab34cd56>'],
    ['elapsed: 3.2', 'elapsed: 4.1'],
    ['ETA 1:02:03', 'ETA 0:59:01'],
  ])('takes %s for %s', (one, other) => {
    expect(foldVolatile(one)).toBe(foldVolatile(other));
  });

  it.each([
    ['epoch 3 loss=0.25 val_acc=0.91', 'epoch 3 loss=0.26 val_acc=0.91'],
    ['lr 0.01', 'lr 0.001'],
    ['loss 0.5 (12.3s)', 'loss 0.6 (12.3s)'],
    ['step 10/100', 'step 11/100'],
    ['timestep 5', 'timestep 6'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(foldVolatile(one)).not.toBe(foldVolatile(other));
  });

  it('is quick on any line', () => {
    const hostile = [
      '1'.repeat(2_000),
      '1:'.repeat(1_000),
      '1.'.repeat(1_000),
      'a_per_'.repeat(300),
    ];
    const started = performance.now();
    for (const line of hostile) foldVolatile(line);
    expect(performance.now() - started).toBeLessThan(200);
  });
});

describe('compareLogs', () => {
  it('shows the lines that differ as they were, and counts those of other timings', () => {
    const log = (lr: string, seconds: string) =>
      `start\r\n\u001b[32mlr ${lr}\u001b[0m\r\nepoch 1 in ${seconds}s\r\ndone\r\n`;
    const compared = compareLogs(log('0.1', '3.1'), log('0.01', '4.2'));
    expect(compared).toEqual({
      hunks: [{ oldStart: 1, oldLines: ['lr 0.1'], newStart: 1, newLines: ['lr 0.01'] }],
      ...{ linesLeftOut: 0, sameLines: 2, volatileLines: 1 },
    });
  });

  it('says where it stopped', () => {
    const long = 'x\n'.repeat(20_005);
    expect(compareLogs(long, `${long}y\n`).cutAtLine).toBe(20_000);
    expect(compareLogs('a\n', 'a\n').cutAtLine).toBeUndefined();
  });

  it('counts each line of the old log once, whatever is printed', () => {
    const line = fc.constantFrom('a', 'b', 'epoch 1 in 3.1s', 'epoch 1 in 4.2s', 'loss 0.5', '');
    fc.assert(
      fc.property(fc.array(line), fc.array(line), (old, fresh) => {
        const { hunks, sameLines, volatileLines } = compareLogs(old.join('\n'), fresh.join('\n'));
        const removed = hunks.reduce((sum, { oldLines }) => sum + oldLines.length, 0);
        const lines = compareLogs(old.join('\n'), old.join('\n')).sameLines;
        expect(sameLines + volatileLines + removed).toBe(lines);
      }),
      { numRuns: 200 },
    );
  });
});
