import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { _electron } from '@playwright/test';
import { resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { runCommand } from '../start/step.cjs';
import { cleanEnvironment } from './cleanEnvironment';
import { helperExtensionDir } from './hostPaths';
import { Rpc } from './rpc';
import type { SessionOptions, VsCodeSession } from './vscodeSession';
import { baseSettings, windowSize } from './windowDefaults';
import { Workbench } from './workbench';

/** What makes desktop menus, dialogs and file pickers part of the page, as in the browser. */
const desktopSettings = {
  'window.titleBarStyle': 'custom',
  'window.menuStyle': 'custom',
  'window.dialogStyle': 'custom',
  'files.simpleDialog.enable': true,
};

/** Desktop VS Code, driven through Electron. `executable` is the program or its `code` script. */
export async function openDesktopSession(
  executable: string,
  options: SessionOptions,
): Promise<VsCodeSession> {
  const program = findElectronProgram(executable);
  const dir = mkdtempSync(join(tmpdir(), 'epochlog-desktop-'));
  const userDataDir = join(dir, 'user');
  const extensionsDir = join(dir, 'extensions');
  mkdirSync(join(userDataDir, 'User'), { recursive: true });
  writeFileSync(
    join(userDataDir, 'User', 'settings.json'),
    JSON.stringify({ ...baseSettings, ...desktopSettings, ...options.settings }, undefined, 2),
  );
  const places = [`--user-data-dir=${userDataDir}`, `--extensions-dir=${extensionsDir}`];
  if (options.vsix) {
    const [cli = program, ...cliArgs] = resolveCliArgsFromVSCodeExecutablePath(program, {
      reuseMachineInstall: true,
    });
    await runCommand(cli, [...cliArgs, ...places, '--install-extension', options.vsix]);
  }
  const rpc = new Rpc();
  const size = options.size ?? windowSize;
  const app = await _electron.launch({
    executablePath: program,
    args: [...desktopArgs(places, options), options.folder],
    env: { ...cleanEnvironment(), ...options.env, ...rpc.env },
    timeout: 60_000,
  });
  const stop = async () => {
    await app.close();
    rpc.dispose();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const page = await app.firstWindow();
    await app.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
    }, size);
    const workbench = new Workbench(page, rpc);
    await workbench.untilReady();
    return { page, workbench, rpc, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The options of a quiet window that loads our extensions from their folders. */
export function desktopArgs(
  places: readonly string[],
  options: Pick<SessionOptions, 'extensions' | 'trust'>,
): string[] {
  const extensions = [...options.extensions, helperExtensionDir];
  return [
    ...places,
    ...extensions.map((folder) => `--extensionDevelopmentPath=${folder}`),
    ...(options.trust === 'ask' ? [] : ['--disable-workspace-trust']),
    ...['--skip-welcome', '--skip-release-notes', '--disable-updates', '--disable-telemetry'],
    '--new-window',
    // Root has no sandbox.
    ...(process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

/** The Electron program behind a `code` script: Electron cannot be driven through the script. */
export function findElectronProgram(executable: string): string {
  if (!/^code(-insiders)?(\.cmd)?$/.test(basename(executable))) return executable;
  const above = dirname(dirname(executable));
  const candidates = [
    join(above, 'code'),
    join(above, 'code-insiders'),
    join(above, 'Code.exe'),
    join(above, 'Code - Insiders.exe'),
    // …/Visual Studio Code.app/Contents/Resources/app/bin/code
    join(above, '..', '..', 'MacOS', 'Electron'),
    join(above, '..', '..', 'MacOS', 'Code'),
  ];
  const isScript = basename(dirname(executable)) === 'bin';
  return (isScript && candidates.find((candidate) => existsSync(candidate))) || executable;
}
