import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findCommandInterpreter } from '../../../../src/app/environment/commandInterpreter';
import { findKernelProcess } from '../../../../src/app/environment/findKernel';
import { findRunningInterpreter } from '../../../../src/app/environment/processInterpreter';
import { listLinuxProcesses } from '../../../../src/app/processes/linuxProcesses';
import { processTree } from '../../../../src/app/processes/processTable';
import { makeWorkspaceFolder, soon } from '../recordingBench';

let root: string;
let venv: string;
beforeAll(() => {
  root = mkdtempSync(join(realpathSync(tmpdir()), 'epochlog-interpreter-'));
  venv = join(root, '.venv');
  execFileSync('python3', ['-m', 'venv', '--without-pip', venv]);
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const started: ChildProcess[] = [];
afterEach(() => {
  for (const { pid } of started.splice(0)) {
    try {
      // With all that it started.
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // It is over.
    }
  }
});

function start(program: string, args: readonly string[], cwd = root, env = process.env): number {
  const child = spawn(program, args, { cwd, env, stdio: 'ignore', detached: true });
  started.push(child);
  return child.pid ?? 0;
}

const sleep = 'import time; time.sleep(60)';
const python = (name = 'python') => join(venv, 'bin', name);

/** The interpreter that is seen below a process, once there is one. */
const seenBelow = (processId: number) =>
  soon(async () => {
    const found = await findRunningInterpreter(processTree(listLinuxProcesses(), processId, 0));
    expect(found).toBeDefined();
    return found;
  });

describe.skipIf(process.platform !== 'linux')('a running process tells its interpreter', () => {
  test('by the path that was typed', async () => {
    const shell = start('bash', ['-c', `.venv/bin/python -c '${sleep}'; true`]);
    expect(await seenBelow(shell)).toBe(python());
  });

  test('in an environment that was activated in the shell', async () => {
    const shell = start('bash', ['-c', `source .venv/bin/activate; python3 -c '${sleep}'; true`]);
    expect(await seenBelow(shell)).toBe(python('python3'));
  });

  test('below another program', async () => {
    const make = `train:\n\t.venv/bin/python -c '${sleep}'\n`;
    writeFileSync(join(root, 'Makefile'), make);
    expect(await seenBelow(start('make', ['train']))).toBe(python());
  });

  test('behind a starter that is written in Python itself', async () => {
    const conda = join(root, 'conda');
    writeFileSync(conda, `import subprocess, sys\nsubprocess.run(sys.argv[2:])\n`);
    const id = start('python3', [conda, 'run', python(), '-c', sleep]);
    expect(await seenBelow(id)).toBe(python());
  });

  test('also where it gave itself another name', async () => {
    const rename = `import ctypes, sys; ${sleep}`;
    const shell = start('bash', [
      '-c',
      `source .venv/bin/activate; exec -a ray::train python -c '${rename}'`,
    ]);
    expect(await seenBelow(shell)).toBe(python());
  });

  test('what the same shell started before is not of the run', async () => {
    const shell = start('bash', ['-c', `python3 -c '${sleep}' & sleep 60; true`]);
    await seenBelow(shell);
    expect(processTree(listLinuxProcesses(), shell, Date.now() + 1000)).toEqual([]);
  });
});

describe.skipIf(process.platform !== 'linux')('the kernel of a notebook', () => {
  // A module of this name, as the real one is called; the e2e tests have the real one.
  const startKernel = (folder: string, name?: string) => {
    writeFileSync(join(root, 'ipykernel_launcher.py'), sleep);
    return start(python(), ['-m', 'ipykernel_launcher', '-f', 'x.json'], folder, {
      ...process.env,
      PYTHONPATH: root,
      ...(name === undefined ? {} : { JPY_SESSION_NAME: name }),
    });
  };
  const find = (notebookPath: string) =>
    findKernelProcess(listLinuxProcesses(), notebookPath, process.pid);

  test('is the only one in its folder, and none of two', async () => {
    const folder = makeWorkspaceFolder();
    const notebook = join(folder, 'a.ipynb');
    expect(await find(notebook)).toBeUndefined();
    const kernel = startKernel(folder);
    startKernel(makeWorkspaceFolder());
    await soon(async () => expect(await find(notebook)).toBe(kernel));
    startKernel(folder);
    await soon(async () => expect(await find(notebook)).toBeUndefined());
  });

  test('is the one that names it', async () => {
    const folder = makeWorkspaceFolder();
    startKernel(folder);
    const named = startKernel(folder, join(folder, 'a-jvsc-1234.ipynb'));
    await soon(async () => expect(await find(join(folder, 'a.ipynb'))).toBe(named));
  });
});

describe.skipIf(process.platform === 'win32')('a command line alone names its interpreter', () => {
  const find = (commandLine: string) => findCommandInterpreter(commandLine, root);
  const script = (name: string, content: string) => {
    writeFileSync(join(root, name), content);
    chmodSync(join(root, name), 0o755);
  };

  test('by a path, and by the first line of what it calls', async () => {
    expect(await find('.venv/bin/python train.py')).toBe(python());
    expect(await find(`cd x && CUDA_VISIBLE_DEVICES=0 ${python('python3')} -m train`)).toBe(
      python('python3'),
    );
    script('torchrun', `#!${python()}\nimport torch\n`);
    expect(await find('./torchrun --nproc_per_node 2 train.py')).toBe(python());
    script('accelerate', `#!/bin/sh\n'''exec' "${python()}" "$0" "$@"\n' '''\n`);
    expect(await find('./accelerate launch train.py')).toBe(python());
  });

  test('by the environment of the project', async () => {
    expect(await find('uv run train.py')).toBe(python());
    expect(await findCommandInterpreter('poetry run python a.py', join(root, 'deep', 'er'))).toBe(
      python(),
    );
    expect(await find(`conda run -p ${venv} python train.py`)).toBe(python());
  });

  test('and not where it could be any', async () => {
    script('train.py', '#!/usr/bin/env python3\n');
    for (const line of [
      'python train.py',
      './train.py',
      'make train',
      './gone/python a.py',
      'conda run -n none-such python a.py',
      '',
    ]) {
      expect(await find(line), line).toBeUndefined();
    }
    expect(await findCommandInterpreter('uv run a.py', dirname(root))).toBeUndefined();
  });
});
