import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { findUnseenProgram } from '../../../src/app/processes/unseenProgram';

const folder = mkdtempSync(join(tmpdir(), 'epochlog-unseen-'));
const shells: ChildProcess[] = [];
afterEach(() => {
  for (const shell of shells.splice(0)) {
    if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGKILL');
  }
  rmSync(folder, { recursive: true, force: true });
});

function startShell(commandLine: string): number {
  const shell = spawn('sh', ['-c', `${commandLine}; :`], {
    cwd: folder,
    detached: true,
    stdio: 'ignore',
  });
  shells.push(shell);
  if (shell.pid === undefined) throw new Error('No shell');
  return shell.pid;
}

test('finds a script that runs below a shell, however deep, and nothing that cannot train', async () => {
  writeFileSync(join(folder, 'train.py'), 'import time\ntime.sleep(60)\n');
  const training = startShell('sh -c "python3 train.py --lr 1; :"');
  const waiting = startShell('sleep 60');
  await expect.poll(() => findUnseenProgram(training), { timeout: 10_000 }).toBe('train.py');
  expect(await findUnseenProgram(waiting)).toBeUndefined();
});
