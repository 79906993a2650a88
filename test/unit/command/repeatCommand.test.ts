import { expect, test } from 'vitest';
import { repeatCommand } from '../../../src/core/command/repeatCommand';
import { maskText } from '../../../src/core/secrets/maskText';

const masked = (commandLine: string) => repeatCommand(maskText(commandLine).text);

test('a command without a secret is run as it was', () => {
  for (const commandLine of ['python t.py', 'a \\\n b', 'a\nb', 'python t.py --token $HF_TOKEN']) {
    expect(masked(commandLine)).toEqual({ text: commandLine, isComplete: true });
  }
});

test('one whose secret was masked is not run, on whatever lines it stood', () => {
  expect(masked('python t.py --token hunter2')).toEqual({
    text: 'python t.py --token ••••',
    isComplete: false,
  });
  expect(masked('python t.py \\\n  --token hunter2 \\\r\n  --lr 1\n')).toEqual({
    text: 'python t.py --token •••• --lr 1',
    isComplete: false,
  });
  expect(masked('export HF_TOKEN=hunter2\npython t.py')).toBeUndefined();
});
