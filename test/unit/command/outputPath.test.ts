import { expect, test } from 'vitest';
import { outputPath } from '../../../src/core/command/outputPath';

test.each([
  ['train.log', '/w/exp/train.log'],
  ['../logs/train.log', '/w/exp/../logs/train.log'],
  ['/tmp/train.log', '/tmp/train.log'],
  ['~/logs/a.log', '/home/u/logs/a.log'],
  ['$HOME/a.log', '/home/u/a.log'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as a shell has it.
  ['${HOME}/a.log', '/home/u/a.log'],
  ['$PWD/a.log', '/w/exp/a.log'],
  ['C:\\logs\\a.log', 'C:\\logs\\a.log'],
  ['~a.log', '/w/exp/~a.log'],
])('%s', (typed, path) => {
  expect(outputPath(typed, '/w/exp', '/home/u')).toBe(path);
});

test.each(['log_$i.txt', '$LOG', '`date`.log', 'a*.log', ''])(
  '%s is the shell’s to say',
  (typed) => {
    expect(outputPath(typed, '/w/exp', '/home/u')).toBeUndefined();
  },
);

test('a path that is relative to nothing is unknown', () => {
  expect(outputPath('a.log', undefined, '/home/u')).toBeUndefined();
});
