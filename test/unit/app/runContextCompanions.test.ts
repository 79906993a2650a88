import { spawn } from 'node:child_process';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Companion } from '../../../src/app/companion';
import { createRunContextCompanions } from '../../../src/app/runContextCompanions';
import { createRunContextService } from '../../../src/app/runContextService';
import { mainMetric } from '../../../src/core/run/mainMetric';
import { serveInMemory } from './memoryRpc';
import { exited, openBench, soon } from './recordingBench';

async function openContextBench(sampleEveryMs: number) {
  const companions: Companion[] = [];
  const bench = await openBench({ companions });
  const service = serveInMemory(createRunContextService());
  companions.push(
    ...createRunContextCompanions(service, bench.store, bench.workspace, {
      sampleEveryMs: () => sampleEveryMs,
      now: Date.now,
    }),
  );
  return bench;
}

/** A shell that runs a command as a terminal's does: it stays when that is over. */
function startShell(commandLine: string, cwd: string) {
  const shell = spawn('bash', ['-c', `${commandLine}; sleep 60`], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  onTestFinished(() => {
    if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGKILL');
  });
  return shell;
}

const script = `
import platform, time
print('epoch 1 loss=0.5', flush=True)
time.sleep(3)
print('epoch 2 loss=0.4', flush=True)
time.sleep(30)
`;

describe.skipIf(process.platform !== 'linux')('a training in a shell', () => {
  test('has its interpreter, its packages, its machine, and what it used of that', async () => {
    const bench = await openContextBench(500);
    bench.write('train.py', script);
    const shell = startShell('python3 train.py', bench.root);
    const handle = bench.commands.start('python3 train.py', bench.root, {
      kind: 'terminal',
      processId: Promise.resolve(shell.pid),
    });
    shell.stdout.on('data', (chunk) => handle?.push(String(chunk)));
    await soon(async () => {
      const cpu = (await bench.onlyRun()).metrics.find(({ key }) => key === 'system/cpu_percent');
      expect(cpu?.count).toBeGreaterThan(2);
    });
    await handle?.end(exited(0));
    const run = await bench.onlyRun();
    expect(run.environment).toMatchObject({
      os: expect.stringMatching(/^Linux \d/),
      cpu: { cores: expect.any(Number) },
      memoryBytes: expect.any(Number),
      python: {
        executable: expect.stringMatching(/^\/.*\/python3/),
        version: expect.stringMatching(/^3\.\d+/),
        packages: expect.stringMatching(/^\w{64}$/),
      },
    });
    const memory = await bench.store.readSeries(run.id, 'system/memory_mb');
    expect(Math.max(...memory.values)).toBeGreaterThan(5);
    expect(Math.max(...memory.values)).toBeLessThan(500);
    expect([...memory.steps].every(Number.isNaN)).toBe(true);
    expect(Math.min(...memory.timesMs)).toBeGreaterThanOrEqual(run.startedAtMs);
    expect(mainMetric(run.metrics)?.key).toBe('loss');
    expect(bench.errors).toEqual([]);
  });

  test('is not made by what the machine does, and leaves nothing if it is none', async () => {
    const bench = await openContextBench(500);
    bench.write('tool.py', 'import time\ntime.sleep(30)\n');
    const shell = startShell('python3 tool.py', bench.root);
    const handle = bench.commands.start('python3 tool.py', bench.root, {
      kind: 'terminal',
      processId: Promise.resolve(shell.pid),
    });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await handle?.end(exited(0))).toBe(false);
    expect(bench.store.changes).toEqual([]);
  });

  test('is not sampled where that is turned off, nor is a log or another machine', async () => {
    const bench = await openContextBench(0);
    bench.write('train.py', script);
    const shell = startShell('python3 train.py', bench.root);
    const start = (origin: Parameters<typeof bench.commands.start>[2]) =>
      bench.commands.start('python3 train.py', bench.root, origin);
    const handle = start({ kind: 'terminal', processId: Promise.resolve(shell.pid) });
    handle?.push('epoch 1 loss=0.5\n');
    await new Promise((resolve) => setTimeout(resolve, 1200));
    await handle?.end(exited(0));
    const run = await bench.onlyRun();
    expect(run.metrics.map(({ key }) => key)).toEqual(['loss']);
    expect(run.environment?.python?.version).toBeDefined();

    const other = await openContextBench(500);
    const log = other.commands.start('', other.root, { kind: 'logFile', isWanted: true });
    log?.push('epoch 1 loss=0.5\n');
    await log?.end(exited(0));
    expect((await other.onlyRun()).environment).toBeUndefined();

    const remote = await openContextBench(500);
    await remote.play('ssh box python train.py', ['epoch 1 loss=0.5\n']);
    expect((await remote.onlyRun()).environment).toBeUndefined();
  });
});
