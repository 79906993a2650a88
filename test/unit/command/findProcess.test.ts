import { expect, test } from 'vitest';
import { findProcess, type RunningProcess } from '../../../src/core/command/findProcess';
import { parseCommand } from '../../../src/core/command/parseCommand';

const processes: readonly RunningProcess[] = [
  { pid: 10, parentPid: 1, args: ['bash'], startedAtMs: 0 },
  { pid: 11, parentPid: 10, args: ['python', 'train.py', '--old'], startedAtMs: 1000 },
  { pid: 20, parentPid: 10, args: ['bash'], startedAtMs: 50_000 },
  { pid: 21, parentPid: 20, args: ['python', 'train.py'], startedAtMs: 50_010 },
  { pid: 22, parentPid: 21, args: ['python', 'train.py'], startedAtMs: 51_000 },
  { pid: 30, parentPid: 1, args: ['python', '-m', 'pkg.train'], startedAtMs: 50_000 },
];
const find = (line: string, shellPid = 10) =>
  findProcess(processes, shellPid, parseCommand(line), 50_000);

test('below the shell, with what the shell waits for', () => {
  expect(find('( python train.py ) > a.log &')).toEqual({ pid: 21, jobPid: 20 });
});

test('that left the shell, if it began with the command', () => {
  expect(find('setsid python -m pkg.train')).toEqual({ pid: 30, jobPid: 30 });
});

test('not that of an earlier command, nor of another one', () => {
  expect(findProcess(processes.slice(0, 2), 10, parseCommand('python train.py'), 50_000)).toBe(
    undefined,
  );
  expect(find('python eval.py')).toBeUndefined();
  expect(find('')).toBeUndefined();
});
