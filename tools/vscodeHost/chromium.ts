import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { runCommand, SetupError, step } from '../start/step.cjs';
import { installDebianPackage } from './debianPackage';
import { repoRoot } from './hostPaths';

/** No sandbox: containers and root have none. The rest keeps the browser from the network. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chromium of this machine: EPOCHLOG_CHROMIUM, then the system's, then Playwright's download. */
export function findChromium(): string | undefined {
  const named = process.env.EPOCHLOG_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new SetupError(`EPOCHLOG_CHROMIUM names a file that is not there: ${named}`);
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    chromium.executablePath(),
  ];
  return candidates.find((candidate) => existsSync(candidate));
}

/** Finds Chromium, or installs one: Playwright's download first, Debian's package after it. */
export async function installChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  return step('Install Chromium', async () => {
    const failures: string[] = [];
    for (const install of [installFromPlaywright, () => installDebianPackage('chromium')]) {
      try {
        await install();
        const installed = findChromium();
        if (installed) return installed;
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
    throw new SetupError(
      `No Chromium was found, and none could be installed.\n${failures.join('\n')}`,
      'install Chromium or Chrome, or name one in the environment variable EPOCHLOG_CHROMIUM.',
    );
  });
}

async function installFromPlaywright(): Promise<void> {
  const cli = join(repoRoot, 'node_modules', '@playwright', 'test', 'cli.js');
  await runCommand(process.execPath, [cli, 'install', 'chromium'], { timeoutMs: 240_000 });
}
