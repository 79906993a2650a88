import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { isRunning } from '../../../src/app/processes/commandProcesses';
import { exited, openBench, soon } from './recordingBench';

const epochs = ['epoch 1/2 loss=0.5\n', 'epoch 2/2 loss=0.25\n'];
const python = 'python3';
const trainer = `import sys, time
for epoch in (1, 2):
    print(f"epoch {epoch}/2 loss={1 / 2**epoch}", flush=True)
    time.sleep(0.2)
if "--fail" in sys.argv:
    raise ValueError("no data")
`;
const shells: ChildProcess[] = [];
afterEach(() => {
  for (const shell of shells.splice(0)) shell.kill('SIGKILL');
});

/** A shell that runs a command line and lives on, as one in a terminal does. */
function startShell(commandLine: string, cwd: string): number {
  const shell = spawn('bash', ['-c', `${commandLine}\nread`], {
    cwd,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shells.push(shell);
  if (shell.pid === undefined) throw new Error('No shell');
  return shell.pid;
}

describe('output that goes to a file', () => {
  test('is read from there while the command runs, and kept in its log', async () => {
    const bench = await openBench();
    const handle = bench.commands.start(`${python} train.py > train.log 2>&1`, bench.root);
    const log = bench.write('train.log', epochs[0] ?? '');
    await soon(async () => expect((await bench.onlyRun()).metrics[0]?.last).toBe(0.5));
    appendFileSync(log, epochs[1] ?? '');
    expect(await handle?.end(exited(0))).toBe(true);
    const run = await bench.onlyRun();
    expect(run).toMatchObject({
      status: 'finished',
      exitCode: 0,
      source: { kind: 'terminal', logFile: log },
      metrics: [{ key: 'loss', last: 0.25, count: 2 }],
    });
    expect(Buffer.from(await bench.store.readLog(run.id)).toString()).toBe(epochs.join(''));
    expect(bench.errors).toEqual([]);
  });

  test('of a command before it is not read again', async () => {
    const bench = await openBench();
    const log = bench.write('train.log', 'epoch 1 loss=99\n');
    utimesSync(log, new Date(0), new Date(0));
    const first = bench.commands.start(`${python} train.py > train.log`, bench.root);
    writeFileSync(log, epochs.join(''));
    await first?.end(exited(0));
    const second = bench.commands.start(`${python} train.py >> train.log`, bench.root);
    // A program needs a moment until it writes; the file is looked at when the command begins.
    await new Promise((resolve) => setTimeout(resolve, 50));
    appendFileSync(log, 'epoch 3 loss=0.125\n');
    await second?.end(exited(0));
    const runs = await bench.store.listRuns();
    expect(runs.map(({ metrics }) => metrics[0]?.count).sort()).toEqual([1, 2]);
    expect(runs.flatMap(({ metrics }) => metrics.map(({ max }) => max)).sort()).toEqual([
      0.125, 0.5,
    ]);
  });

  test('is one text with what its terminal shows', async () => {
    const bench = await openBench();
    const handle = bench.commands.start(`${python} train.py > train.log`, bench.root);
    handle?.push('loading');
    bench.write('train.log', epochs.join(''));
    await soon(async () => expect((await bench.onlyRun()).metrics[0]?.count).toBe(2));
    handle?.push(' done\r\n');
    await handle?.end(exited(0));
    const { id } = await bench.onlyRun();
    expect(Buffer.from(await bench.store.readLog(id)).toString()).toBe(
      `loading\r\n${epochs.join('')} done\r\n`,
    );
  });

  test('is not read where the command line was guessed', async () => {
    const bench = await openBench();
    bench.write('train.log', epochs.join(''));
    const handle = bench.commands.start(`${python} train.py > train.log`, bench.root, {
      kind: 'terminal',
      isGuessed: true,
    });
    expect(await handle?.end(exited(0))).toBe(false);
  });
});

test('a run whose output went to a file ends as VS Code says after a reload', async () => {
  const bench = await openBench();
  const commandLine = `${python} train.py > train.log`;
  bench.commands.start(commandLine, bench.root);
  bench.write('train.log', epochs[0] ?? '');
  await soon(async () => expect((await bench.onlyRun()).status).toBe('running'));
  await bench.recorder.endAll({ kind: 'lost' });
  expect(await bench.onlyRun()).toMatchObject({ status: 'interrupted' });
  const guessed = { kind: 'terminal', isGuessed: true } as const;
  await bench.commands.start(commandLine, bench.root, guessed)?.end(exited(0));
  expect(await bench.onlyRun()).toMatchObject({ status: 'finished', exitCode: 0 });
});

describe('a command that is told of only when it is over', () => {
  test('is no run, as nothing is known of it', async () => {
    const bench = await openBench();
    bench.write('train.py', `import torch\n${trainer}`);
    const handle = bench.commands.start(`( ${python} train.py )`, bench.root);
    expect(await handle?.end(exited(undefined))).toBe(false);
  });

  test('is one by the file that it wrote into', async () => {
    const bench = await openBench();
    bench.write('train.log', epochs.join(''));
    const handle = bench.commands.start(`( ${python} train.py > train.log )`, bench.root);
    expect(await handle?.end(exited(undefined))).toBe(true);
    expect(await bench.onlyRun()).toMatchObject({ status: 'finished', metrics: [{ count: 2 }] });
  });
});

describe('a command that runs behind its shell', () => {
  test('is read until it is gone, and its count says that it finished', async () => {
    const bench = await openBench();
    bench.write('train.py', trainer);
    const commandLine = `nohup ${python} train.py > train.log 2>&1 &`;
    const shellPid = startShell(commandLine, bench.root);
    const handle = bench.commands.start(commandLine, bench.root, {
      kind: 'terminal',
      processId: Promise.resolve(shellPid),
    });
    expect(handle?.isBackground).toBe(true);
    // As the shell says at once.
    expect(await handle?.end(exited(0))).toBe(true);
    const run = await bench.onlyRun();
    expect(run).toMatchObject({
      status: 'finished',
      metrics: [{ key: 'loss', count: 2, last: 0.25 }],
    });
    expect(run.exitCode).toBeUndefined();
    expect((run.endedAtMs ?? 0) - run.startedAtMs).toBeGreaterThan(300);
    expect(await isRunning(shellPid)).toBe(true);
  });

  test('fails by its traceback', async () => {
    const bench = await openBench();
    bench.write('train.py', trainer);
    const commandLine = `${python} train.py --fail > train.log 2>&1 &`;
    const processId = Promise.resolve(startShell(commandLine, bench.root));
    const handle = bench.commands.start(commandLine, bench.root, { kind: 'terminal', processId });
    await handle?.end(exited(0));
    expect(await bench.onlyRun()).toMatchObject({ status: 'failed' });
    expect(readFileSync(join(bench.root, 'train.log'), 'utf8')).toContain('ValueError');
  });

  test('ends as its shell says later', async () => {
    const bench = await openBench();
    bench.write('train.py', `${trainer}time.sleep(1)\nraise SystemExit(3)\n`);
    const commandLine = `${python} train.py > "$LOG" 2>&1 &`;
    process.env.LOG = join(bench.root, 'from variable.log');
    const processId = Promise.resolve(startShell(commandLine, bench.root));
    const handle = bench.commands.start(commandLine, bench.root, { kind: 'terminal', processId });
    await handle?.end(exited(0));
    expect((await bench.onlyRun()).metrics).toMatchObject([{ count: 2 }]);
    await handle?.jobEnded(3);
    expect(await bench.onlyRun()).toMatchObject({ status: 'failed', exitCode: 3 });
  });

  test('that trains is a run though nothing of its output can be seen', async () => {
    const bench = await openBench();
    bench.write('train.py', `try:\n    import torch\nexcept ImportError: pass\n${trainer}`);
    const commandLine = `${python} train.py &`;
    const processId = Promise.resolve(startShell(commandLine, bench.root));
    const handle = bench.commands.start(commandLine, bench.root, { kind: 'terminal', processId });
    const end = handle?.end(exited(0));
    await soon(async () => expect((await bench.onlyRun()).status).toBe('running'));
    expect(await end).toBe(true);
    // Nobody saw how.
    expect((await bench.onlyRun()).status).toBe('interrupted');
  });

  test('is let go when the window closes, with what it wrote by then', async () => {
    const bench = await openBench();
    bench.write('train.py', trainer.replace('0.2', '60'));
    const commandLine = `${python} train.py > train.log &`;
    const processId = Promise.resolve(startShell(commandLine, bench.root));
    const handle = bench.commands.start(commandLine, bench.root, { kind: 'terminal', processId });
    const end = handle?.end(exited(0));
    await soon(async () =>
      expect(readFileSync(join(bench.root, 'train.log'), 'utf8')).not.toBe(''),
    );
    await bench.recorder.endAll({ kind: 'lost' });
    await end;
    expect(await bench.onlyRun()).toMatchObject({ status: 'interrupted', metrics: [{ count: 1 }] });
  });
});
