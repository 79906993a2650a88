import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment } from '../vscodeHost/cleanEnvironment';
import { desktopArgs } from '../vscodeHost/desktopSession';
import { helperExtensionDir, hostDir, repoRoot } from '../vscodeHost/hostPaths';
import { installServer } from '../vscodeHost/install';
import { startServer } from '../vscodeHost/server';
import { findDesktopVsCode } from './desktopVsCode';
import { ensureSampleVenv } from './sampleVenv';
import { step } from './step.cjs';

/** What a person wants of a window, where the tests want it bare. */
const comfortable = {
  'git.enabled': true,
  // What to do in the first minute.
  'workbench.startupEditor': 'readme',
  'terminal.integrated.gpuAcceleration': 'auto',
  'chat.disableAIFeatures': true,
};

const project = join(repoRoot, 'examples', 'digits');

export interface InteractiveOptions {
  /** Do not look for a desktop VS Code. */
  readonly browser: boolean;
  /** Port of the browser's VS Code; default one that is free. */
  readonly port: number | undefined;
}

/** Opens VS Code on the sample project and stays until it is closed or Ctrl+C is pressed. */
export async function openInteractive(options: InteractiveOptions): Promise<void> {
  const desktop = options.browser ? undefined : await findDesktopVsCode();
  await Promise.all([ensureSampleVenv(repoRoot), desktop ? undefined : installServer()]);
  if (desktop) await openDesktop(desktop);
  else await openBrowser(options.port);
}

async function openBrowser(port: number | undefined): Promise<void> {
  const stopped = untilStopped();
  const server = await step(
    'Start VS Code',
    () =>
      startServer({
        extensions: [repoRoot, helperExtensionDir],
        settings: comfortable,
        home: homedir(),
        // A laptop may sleep.
        graceSeconds: 3600,
        port,
      }),
    'if the port is taken, choose another: npm start -- --port 8123',
  );
  console.log(`\nVS Code with Epochlog is at\n\n    ${server.url(project)}\n`);
  console.log('Its README says what to do in the first minute: train twice in the terminal with');
  console.log('.venv/bin/python train.py --lr 0.01 --epochs 8, and see both runs under Epochlog.');
  console.log('Ctrl+C stops it.');
  await stopped;
  await server.stop();
}

async function openDesktop(program: string): Promise<void> {
  const userDataDir = join(hostDir, 'user-data');
  const settingsDir = join(userDataDir, 'User');
  mkdirSync(settingsDir, { recursive: true });
  writeFileSync(join(settingsDir, 'settings.json'), JSON.stringify(comfortable, undefined, 2));
  const places = [
    `--user-data-dir=${userDataDir}`,
    `--extensions-dir=${join(hostDir, 'extensions')}`,
  ];
  const args = [...desktopArgs(places, { extensions: [repoRoot] }), project];
  const child = spawn(program, args, { env: cleanEnvironment(), stdio: 'ignore' });
  console.log('\nVS Code with Epochlog is open. Close its window, or press Ctrl+C here, to stop.');
  const closed = untilExit(child);
  await Promise.race([closed, untilStopped()]);
  child.kill();
  await closed;
}

function untilExit(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => resolve());
    }
  });
}
