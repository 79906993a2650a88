import { describe, expect, test } from 'vitest';
import { readLastWords } from '../../../src/core/command/lastWords';

const traceback = `Traceback (most recent call last):
  File "/home/a/train.py", line 12, in <module>
    main()
  File "/home/a/train.py", line 8, in main
    raise ValueError("no data")
`;

describe('a program that fails', () => {
  test.each([
    ['a traceback', `epoch 1/3 loss=0.5\n${traceback}ValueError: no data\n`],
    ['an error without a message', `${traceback}AssertionError\n`],
    [
      'an error of several lines',
      `${traceback}torch.OutOfMemoryError: CUDA out of memory.\nTried to allocate\n`,
    ],
    ['an error behind its last epoch', `epoch 3/3 loss=0.5\n${traceback}ValueError: no data\n`],
    [
      'JavaScript',
      'Uncaught Error: no data\n    at main (/home/a/train.js:3:9)\n    at node:internal/main:12:1\n',
    ],
    ['a signal', 'epoch 1/3\nSegmentation fault (core dumped)\n'],
  ])('%s', (_name, text) => {
    expect(readLastWords(text)).toBe('failed');
  });

  test('because of the user, is killed', () => {
    expect(readLastWords(`${traceback}KeyboardInterrupt\n`)).toBe('killed');
    expect(readLastWords('epoch 1/3\nTerminated\n')).toBe('killed');
    expect(readLastWords('epoch 3/3\nKilled\n')).toBe('killed');
  });
});

describe('a program that counted up to its end', () => {
  test.each([
    'epoch 1/3 loss=1\nepoch 2/3 loss=0.5\nepoch 3/3 loss=0.3\n',
    'Epoch 9/10\n313/313 - 1s - loss: 0.5\nEpoch 10/10\n313/313 - 1s - loss: 0.4\nsaved model.keras\n',
    'Epoch [5/5], Step [600/600], Loss: 0.05\nTest accuracy: 98.1 %\n',
    'Iteration 200 of 200: loss 0.1\n',
  ])('%s', (text) => {
    expect(readLastWords(text)).toBe('finished');
  });
});

describe('nothing is known', () => {
  test.each([
    ['of an epoch before the last', 'epoch 1/3 loss=1\nepoch 2/3 loss=0.5\n'],
    ['in the middle of the last epoch', 'Epoch 10/10\n100/313 [===>...] - loss: 0.4\n'],
    ['without counts', 'loss 0.5\nloss 0.4\n'],
    ['of silence', ''],
    ['of a date and a ratio', 'done on 12/12 with 7/7\n'],
    ['of an error it went on from', `${traceback}ValueError: retry\nepoch 2/3 loss=0.5\n`],
  ])('%s', (_name, text) => {
    expect(readLastWords(text)).toBeUndefined();
  });
});
