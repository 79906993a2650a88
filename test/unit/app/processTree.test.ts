import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { killProcess } from '../../../src/app/killProcess';
import { killDescendants } from '../../../src/app/processTree';

test('kills what a process started, deep down, and not the process', async () => {
  const shell = spawn('sh', ['-c', 'sh -c "echo \\$\\$; sleep 60; :"; echo left $?; read wait'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => void shell.kill('SIGKILL'));
  await once(shell.stdout, 'data');
  await killDescendants(shell.pid ?? 0);
  const [said] = await once(shell.stdout, 'data');
  expect(String(said)).toMatch(/left 137/);
  expect(shell.exitCode).toBeNull();
});

test('takes a process that is gone for stopped', async () => {
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  expect(killProcess(gone.pid ?? 0, 'SIGKILL')).toBe(false);
});
