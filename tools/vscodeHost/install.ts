import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runCommand, SetupError, step } from '../start/step.cjs';
import { installChromium } from './chromium';
import {
  codeServerDir,
  codeServerEntry,
  codeServerRoot,
  codeServerVersion,
  hostDir,
  nodeDir,
  nodePackage,
  nodePackageRoot,
  nodeProgram,
  nodeVersion,
  npmDir,
  npmVersion,
} from './hostPaths';
import { withLock } from './installLock';

/**
 * What a window and its terminals load. Not built: `@vscode/sqlite3`, which takes a minute and which
 * only the hosts of AI agents load, and Kerberos.
 */
const nativeModules = [
  'node-pty',
  '@vscode/spdlog',
  '@vscode/native-watchdog',
  '@parcel/watcher',
  '@vscode/fs-copyfile',
  '@vscode/deviceid',
];

const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];

/** Makes VS Code in the browser ready, and a Chromium to drive it. Returns the Chromium program. */
export async function installBrowserHost(): Promise<string> {
  const [, chromium] = await Promise.all([installServer(), installChromium()]);
  return chromium;
}

/**
 * Makes VS Code in the browser ready under `.vscode-test/`: a Node of its own and code-server. Each
 * stage leaves a marker, so that an interrupted installation goes on where it was and a complete one
 * costs nothing.
 */
export async function installServer(): Promise<void> {
  if (process.platform === 'win32') {
    throw new SetupError(
      'VS Code in the browser does not run on Windows.',
      'use desktop VS Code: leave out --browser, or name its program in VSCODE_EXECUTABLE.',
    );
  }
  const lockFile = join(hostDir, 'install.lock');
  const onWait = () => console.log('  … waiting for another installation into .vscode-test to end');
  return withLock(lockFile, onWait, installCodeServer);
}

async function installCodeServer(): Promise<void> {
  if (existsSync(join(codeServerDir, '.stages', 'verified'))) return;
  const npm = await findNpm();
  await Promise.all([
    stage(nodeDir, 'node', `Install Node ${nodeVersion} for VS Code`, () =>
      npm(nodeDir, ['install', `${nodePackage}@${nodeVersion}`, '--ignore-scripts']),
    ),
    // Without install scripts: one of them needs a C library (Kerberos) that nothing here uses.
    stage(codeServerDir, 'package', `Install VS Code (code-server ${codeServerVersion})`, () =>
      npm(codeServerDir, ['install', `code-server@${codeServerVersion}`, '--ignore-scripts']),
    ),
  ]);
  const vscodeDir = join(codeServerRoot, 'lib', 'vscode');
  const production = ['install', '--omit=dev', '--ignore-scripts'];
  await Promise.all([
    stage(codeServerDir, 'extensions', "Install VS Code's built-in extensions", () =>
      npm(join(vscodeDir, 'extensions'), production),
    ),
    stage(codeServerDir, 'vscode', "Install VS Code's packages", () => npm(vscodeDir, production)),
  ]);
  await stage(codeServerDir, 'native', "Build VS Code's native modules", async () => {
    await npm(vscodeDir, ['rebuild', ...nativeModules]);
    await npm(codeServerRoot, ['rebuild', 'argon2']);
  });
  await stage(codeServerDir, 'verified', 'Try a terminal of that VS Code', () =>
    tryTerminal(vscodeDir),
  );
}

/** Runs `work` unless the marker of an earlier, complete run of this stage is there. */
async function stage(
  dir: string,
  name: string,
  title: string,
  work: () => Promise<void>,
): Promise<void> {
  const marker = join(dir, '.stages', name);
  if (existsSync(marker)) return;
  mkdirSync(dirname(marker), { recursive: true });
  const manifest = join(dir, 'package.json');
  // Without a manifest of its own, npm would install into the repository above.
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true }\n');
  await step(
    title,
    work,
    'check the network and the free disk space (about 1 GB), then run the command again: it goes on from here. If it keeps failing, delete .vscode-test.',
  );
  writeFileSync(marker, `${new Date().toISOString()}\n`);
}

type Npm = (cwd: string, args: readonly string[]) => Promise<void>;

/** code-server's own dependency lists need npm 11; another major is not trusted with them. */
async function findNpm(): Promise<Npm> {
  const version = (await runCommand('npm', ['--version'])).trim().split('\n').at(-1) ?? '';
  const own = join(npmDir, 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const hasOwn = !version.startsWith('11.');
  if (hasOwn) {
    await stage(npmDir, 'npm', `Install npm ${npmVersion} for VS Code`, async () => {
      await runCommand('npm', ['install', `npm@${npmVersion}`, ...quiet], {
        cwd: npmDir,
        env: npmEnvironment(),
      });
    });
  }
  return async (cwd, args) => {
    const [command, ...first] = hasOwn ? [process.execPath, own] : ['npm'];
    await runCommand(command ?? 'npm', [...first, ...args, ...quiet], {
      cwd,
      env: npmEnvironment(),
    });
  };
}

/**
 * The environment without what an npm script adds about *this* project, with the compiler pointed
 * at the headers of the Node that will load the modules (so that none are downloaded).
 */
function npmEnvironment(): NodeJS.ProcessEnv {
  const ours =
    /^npm_(package|lifecycle|command|execpath|node_execpath|config_(local|global)_prefix)/;
  const inherited = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return {
    ...Object.fromEntries(inherited),
    npm_config_nodedir: nodePackageRoot,
    npm_config_jobs: 'max',
    PATH: `${dirname(nodeProgram)}${delimiter}${process.env.PATH ?? ''}`,
  };
}

async function tryTerminal(vscodeDir: string): Promise<void> {
  const probe = `
    const pty = require('node-pty').spawn('sh', ['-c', 'echo terminal-$((40 + 2))'], {});
    pty.onData((data) => process.stdout.write(data));
    pty.onExit(({ exitCode }) => process.exit(exitCode));`;
  const output = await runCommand(nodeProgram, ['-e', probe], {
    cwd: vscodeDir,
    timeoutMs: 20_000,
  });
  if (!output.includes('terminal-42')) throw new Error(`The terminal printed: ${output}`);
  const version = await runCommand(nodeProgram, [codeServerEntry, '--version'], {
    timeoutMs: 20_000,
  });
  if (!version.includes(codeServerVersion)) throw new Error(`code-server printed: ${version}`);
}
