import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import {
  type LaunchPaths,
  launchPaths,
  type Program,
  writeJson,
} from '../../../src/app/launch/launchFolder';

const root = join(import.meta.dirname, '..', '..', '..');
const outfile = join(root, 'out', 'launcher', `launcher-${process.pid}.cjs`);
let building: Promise<unknown> | undefined;

/** Whether this system gives programs terminals of their own, as util-linux and macOS do. */
export const hasTerminals =
  process.platform === 'darwin' ||
  spawnSync('script', ['--version']).stdout?.includes('util-linux') === true;

/** The launcher, bundled as it ships. */
export async function builtLauncher(): Promise<string> {
  building ??= build({
    entryPoints: [join(root, 'src/workers/launcher.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
  await building;
  return outfile;
}

export interface Launched {
  readonly paths: LaunchPaths;
  readonly process: ChildProcess;
  /** What the terminal shows, up to now. */
  shown(): string;
  /** Resolves to its exit code. */
  readonly ended: Promise<number | null>;
}

/** Starts a command as "Run with Epochlog" does, without the terminal around it. */
export async function launch(
  launches: string,
  runId: string,
  cwd: string,
  program: Program,
  env: NodeJS.ProcessEnv = {},
): Promise<Launched> {
  const paths = launchPaths(join(launches, runId));
  mkdirSync(paths.folder, { recursive: true });
  const commandLine = program.kind === 'shell' ? program.commandLine : program.words.join(' ');
  writeJson(paths.request, { commandLine, cwd, program });
  const child = spawn(process.execPath, [await builtLauncher(), 'run', paths.folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(paths.folder, { recursive: true, force: true, maxRetries: 5 });
  });
  let text = '';
  child.stdout.on('data', (bytes) => {
    text += bytes;
  });
  child.stderr.on('data', (bytes) => {
    text += bytes;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { paths, process: child, shown: () => text, ended };
}

export const shell = (commandLine: string): Program => ({
  kind: 'shell',
  shell: '/bin/bash',
  commandLine,
});
