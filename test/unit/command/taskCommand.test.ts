import { expect, test } from 'vitest';
import { taskCommand } from '../../../src/core/command/taskCommand';

test('is the line of a shell task', () => {
  expect(taskCommand({ commandLine: 'python train.py | tee a.log' }, 'anything')).toBe(
    'python train.py | tee a.log',
  );
});

test('is put together from words, quoted where need be', () => {
  const args = ['train.py', '--name', { value: 'two words' }];
  expect(taskCommand({ command: 'python', args }, '')).toBe("python train.py --name 'two words'");
  const shown = ' *  Executing task: python train.py --name two words ';
  expect(taskCommand({ process: 'python', args }, shown)).toBe(
    "python train.py --name 'two words'",
  );
});

test('is what its terminal shows where VS Code fills in variables', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as VS Code has it.
  const execution = { process: 'python', args: ['${file}'] };
  expect(taskCommand(execution, ' *  Executing task: python /w/train.py ')).toBe(
    'python /w/train.py',
  );
  expect(taskCommand(execution, ' *  Executing task in folder w: python /w/train.py ')).toBe(
    'python /w/train.py',
  );
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as VS Code has it.
  expect(taskCommand(execution, '')).toBe("python '${file}'");
});

test('is unknown of a task that is no command', () => {
  expect(taskCommand({}, '')).toBeUndefined();
});
