import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import type { RunContextService } from '../../src/app/runContextService';
import { connectWorker } from '../../src/app/workerConnection';
import type { RunId } from '../../src/core/run/run';
import type { Benchmark } from '../../tools/bench';
import { repoRoot } from '../../tools/vscodeHost/hostPaths';

const packageCount = 300;
const moduleCount = 400;
const sampleCount = 60;

/**
 * The worker as it ships, asked from this thread as from an extension host: what a run's code,
 * environment and samples cost there and here. `host…` is this thread's own part; `sampleCpuMs` is that
 * of both, in CPU time. A machine that is busy otherwise makes the longest block longer.
 */
export const benchmark: Benchmark = {
  what: `what a run runs on: ${moduleCount} modules, ${packageCount} packages, and a sample, in ms`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'epochlog-context-'));
    const worker = connectWorker<RunContextService>(buildWorker(folder));
    const shell = spawn('bash', ['-c', `${makeVenv(folder)} -c 'while True: pass'; true`], {
      detached: true,
      stdio: 'ignore',
    });
    try {
      return await measure(worker.remote, makeProject(folder), folder, shell.pid ?? 0);
    } finally {
      process.kill(-(shell.pid ?? 0), 'SIGKILL');
      await worker.dispose();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(
  service: ReturnType<typeof connectWorker<RunContextService>>['remote'],
  script: string,
  folder: string,
  processId: number,
): Promise<Readonly<Record<string, number>>> {
  // SAFETY: any text is an id to the worker.
  const runId = 'bench' as RunId;
  const block = monitorEventLoopDelay({ resolution: 1 });
  await delay(200);
  block.enable();
  const started = await timed(() =>
    service.watch(runId, { kind: 'process', processId, startedAtMs: Date.now() }),
  );
  const places = { folder, workspaceFolder: folder };
  const code = await timed(() => service.readCode(runId, { kind: 'script', path: script }, places));
  let files = 0;
  const handing = await timed(async () => {
    for (;;) {
      const some = await service.takeCode(runId);
      if (some.length === 0) break;
      files += some.length;
    }
  });
  const environment = await timed(() => service.readEnvironment(runId, {}));
  const again = await timed(() => service.readEnvironment(runId, {}));
  const samples: number[] = [];
  const cpu = process.cpuUsage();
  const loop = performance.eventLoopUtilization();
  for (let index = 0; index < sampleCount; index += 1) {
    samples.push((await timed(() => service.sample(runId))).ms);
    await delay(20);
  }
  samples.sort((a, b) => a - b);
  const cpuMs = process.cpuUsage(cpu);
  const { active } = performance.eventLoopUtilization(loop);
  return {
    workerStartMs: started.ms,
    codeMs: code.ms,
    codeFiles: files,
    codeHandingMs: handing.ms,
    environmentFirstMs: environment.ms,
    environmentAgainMs: again.ms,
    sampleP50Ms: round(samples[Math.floor(samples.length / 2)] ?? Number.NaN),
    sampleMaxMs: round(samples.at(-1) ?? Number.NaN),
    sampleCpuMs: round((cpuMs.user + cpuMs.system) / 1000 / sampleCount),
    hostSampleMs: round(active / sampleCount),
    hostLongestBlockMs: round(block.max / 1e6 - 1),
  };
}

async function timed(action: () => Promise<unknown>): Promise<{ readonly ms: number }> {
  const startedAtMs = performance.now();
  await action();
  return { ms: round(performance.now() - startedAtMs) };
}

function buildWorker(folder: string): string {
  const outfile = join(folder, 'runContextWorker.js');
  buildSync({
    entryPoints: [join(repoRoot, 'src', 'workers', 'runContextWorker.ts')],
    ...{ outfile, bundle: true, minify: true, platform: 'node', format: 'cjs', target: 'node20' },
  });
  return outfile;
}

/** Its interpreter; the packages have descriptions as long as real ones. */
function makeVenv(folder: string): string {
  const venv = join(folder, '.venv');
  execFileSync('python3', ['-m', 'venv', '--without-pip', venv]);
  const python = join(venv, 'bin', 'python');
  const site = execFileSync(python, ['-c', 'import site; print(site.getsitepackages()[0])'], {
    encoding: 'utf8',
  }).trim();
  for (let index = 0; index < packageCount; index += 1) {
    const info = join(site, `package_${index}-1.${index}.dist-info`);
    mkdirSync(info);
    writeFileSync(
      join(info, 'METADATA'),
      `Metadata-Version: 2.1\nName: package-${index}\nVersion: 1.${index}\n\n${'text '.repeat(4000)}`,
    );
  }
  return python;
}

/** A script, and modules of some hundred lines that import one another. */
function makeProject(folder: string): string {
  mkdirSync(join(folder, 'project'));
  writeFileSync(join(folder, 'project', '__init__.py'), '');
  for (let index = 0; index < moduleCount; index += 1) {
    const body = `def f${index}(x):\n    y = [each * ${index} for each in x]\n    return sum(y)\n\n\n`;
    writeFileSync(
      join(folder, 'project', `m${index}.py`),
      `import json\nimport numpy as np\nfrom . import m${(index + 1) % moduleCount}\nfrom .m${(index * 7) % moduleCount} import f${(index * 7) % moduleCount}\n\n\n${body.repeat(50)}`,
    );
  }
  const script = join(folder, 'train.py');
  writeFileSync(script, 'from project import m0\n');
  return script;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
