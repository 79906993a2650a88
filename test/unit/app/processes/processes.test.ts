import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { listLinuxProcesses } from '../../../../src/app/processes/linuxProcesses';
import { NvidiaSmi, parseGpus } from '../../../../src/app/processes/nvidiaSmi';
import { type ListedProcess, processTree } from '../../../../src/app/processes/processTable';
import { listPsProcesses, parsePs } from '../../../../src/app/processes/psProcesses';
import { SystemSampler } from '../../../../src/app/processes/systemSampler';
import { soon } from '../recordingBench';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function startPython(script: string): number {
  const child = spawn('python3', ['-c', script], { stdio: 'ignore' });
  started.push(child);
  return child.pid ?? 0;
}

const listed = (fields: Partial<ListedProcess>): ListedProcess => ({
  ...{ processId: 1, parentId: 0, name: 'python', cpuMs: 0, startedAtMs: 0, memoryBytes: 0 },
  ...fields,
});

describe('processTree', () => {
  const ids = (all: readonly ListedProcess[], rootId: number, sinceMs = 0) =>
    processTree(all, rootId, sinceMs).map(({ processId }) => processId);

  test('all below, the nearest first, and the root unless it is a shell', () => {
    const all = [
      listed({ processId: 10, name: 'bash' }),
      listed({ processId: 13, parentId: 12 }),
      listed({ processId: 11, parentId: 10, name: 'make' }),
      listed({ processId: 12, parentId: 11, name: 'sh' }),
      listed({ processId: 99, parentId: 1 }),
    ];
    expect(ids(all, 10)).toEqual([11, 12, 13]);
    expect(ids(all, 11)).toEqual([11, 12, 13]);
    expect(ids(all, 12)).toEqual([13]);
    expect(ids(all, 7)).toEqual([]);
  });

  test('what the shell started before is left out with all below it', () => {
    const all = [
      listed({ processId: 10, name: '-zsh' }),
      listed({ processId: 11, parentId: 10, startedAtMs: 100 }),
      listed({ processId: 12, parentId: 11, startedAtMs: 900 }),
      listed({ processId: 13, parentId: 10, startedAtMs: 800 }),
    ];
    expect(ids(all, 10, 500)).toEqual([13]);
  });

  test('a circle, as a number that is used again can give, comes to an end', () => {
    const all = [listed({ processId: 1, parentId: 2 }), listed({ processId: 2, parentId: 1 })];
    expect(ids(all, 1)).toEqual([1, 2]);
  });
});

const usedCpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

describe.skipIf(process.platform !== 'linux')('listing', () => {
  test('/proc and ps agree on a process, and with the process itself', async () => {
    const before = usedCpuMs();
    const [proc, ps] = [listLinuxProcesses(), await listPsProcesses()].map((all) =>
      all.find(({ processId }) => processId === process.pid),
    );
    expect(proc?.parentId).toBe(process.ppid);
    expect(ps?.parentId).toBe(process.ppid);
    const startedAtMs = Date.now() - process.uptime() * 1000;
    expect(Math.abs((proc?.startedAtMs ?? 0) - startedAtMs)).toBeLessThan(2000);
    expect(Math.abs((ps?.startedAtMs ?? 0) - startedAtMs)).toBeLessThan(3000);
    const after = usedCpuMs();
    // The kernel counts in ticks, ps in whole seconds.
    expect(proc?.cpuMs).toBeGreaterThan(before - 100);
    expect(proc?.cpuMs).toBeLessThan(after + 100);
    expect(ps?.cpuMs).toBeGreaterThan(before - 1100);
    expect(ps?.cpuMs).toBeLessThan(after + 100);
    const rss = process.memoryUsage.rss();
    expect((proc?.memoryBytes ?? 0) / rss).toBeCloseTo(1, 0);
    expect((ps?.memoryBytes ?? 0) / rss).toBeCloseTo(1, 0);
  });

  test('names that hold brackets and blanks are read', async () => {
    const processId = startPython(
      "import time; open('/proc/self/comm', 'w').write('a) R 1 (b'); time.sleep(60)",
    );
    await soon(async () => {
      const found = listLinuxProcesses().find((each) => each.processId === processId);
      expect(found).toMatchObject({ name: 'a) R 1 (b', parentId: process.pid });
    });
  });
});

test('ps as macOS prints it', () => {
  const text = `    1     0  12345   1:02.50 10-03:04:05 /sbin/launchd
  501   400   2048   0:00.04      00:01 -zsh
  502   501 409600 01:10:00    02:00:00 /Library/My Python/bin/python3.11
nonsense
`;
  expect(parsePs(text, 1e9)).toEqual([
    listed({
      name: '/sbin/launchd',
      cpuMs: 62_500,
      startedAtMs: 1e9 - 875_045_000,
      memoryBytes: 12_345 * 1024,
    }),
    listed({
      processId: 501,
      parentId: 400,
      name: '-zsh',
      cpuMs: 40,
      startedAtMs: 1e9 - 1000,
      memoryBytes: 2 ** 21,
    }),
    listed({
      processId: 502,
      parentId: 501,
      name: '/Library/My Python/bin/python3.11',
      cpuMs: 4_200_000,
      startedAtMs: 1e9 - 7_200_000,
      memoryBytes: 400 * 2 ** 20,
    }),
  ]);
});

describe.skipIf(process.platform !== 'linux')('sampling real processes', () => {
  test('two busy ones that hold memory, and then idle ones', async () => {
    const startedAtMs = Date.now();
    const script = `
import os, time
held = b'x' * (100 * 2**20)
child = os.fork()
end = time.process_time() + 1.2
while time.process_time() < end: pass
time.sleep(60)
`;
    const processId = startPython(script);
    const sampler = new SystemSampler(new NvidiaSmi(), startedAtMs);
    const tree = () => processTree(listLinuxProcesses(), processId, 0);
    const sample = async () => Object.fromEntries(await sampler.sample(tree(), Date.now()));
    let busyMs = 0;
    let sampledAtMs = startedAtMs;
    const take = async () => {
      const values = await sample();
      const nowMs = Date.now();
      busyMs += ((values['system/cpu_percent'] ?? 0) / 100) * (nowMs - sampledAtMs);
      sampledAtMs = nowMs;
      return values;
    };
    await soon(async () => expect((await take())['system/memory_mb']).toBeGreaterThan(100));
    await soon(async () => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect((await take())['system/cpu_percent']).toBeLessThan(20);
    });
    // Both used 1.2 s, and some to begin.
    expect(busyMs).toBeGreaterThan(2200);
    expect(busyMs).toBeLessThan(5000);
  }, 30_000);

  test('what a kernel used before it was watched does not count', async () => {
    const sampler = new SystemSampler(new NvidiaSmi(), 1_000_000);
    const kernel = (cpuMs: number) => [listed({ processId: 5, cpuMs, startedAtMs: 1000 })];
    const cpu = async (cpuMs: number, nowMs: number) =>
      new Map(await sampler.sample(kernel(cpuMs), nowMs)).get('system/cpu_percent');
    expect(await cpu(600_000, 1_001_000)).toBe(0);
    expect(await cpu(601_500, 1_002_000)).toBe(150);
    // Another process under the same number.
    expect(await cpu(10, 1_003_000)).toBe(0);
  });

  test('nothing is said of no process', async () => {
    expect(await new SystemSampler(new NvidiaSmi(), 0).sample([], 1000)).toEqual([]);
  });
});

test('GPUs as nvidia-smi lists them', () => {
  const text = `0, NVIDIA H100 80GB HBM3, 535.129.03, 87, 40321, 81559
1, NVIDIA A100-SXM4-40GB MIG 1g.5gb, 535.129.03, [N/A], [Not Supported], 4864
No devices were found
`;
  expect(parseGpus(text)).toEqual([
    {
      index: 0,
      name: 'NVIDIA H100 80GB HBM3',
      driver: '535.129.03',
      usedPercent: 87,
      usedBytes: 40_321 * 2 ** 20,
      totalBytes: 81_559 * 2 ** 20,
    },
    expect.objectContaining({ index: 1, usedPercent: undefined, usedBytes: undefined }),
  ]);
});
