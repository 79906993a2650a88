// Plain JavaScript: it runs before the project's packages are there.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findMissing, probeMachine } from './prerequisites.mjs';
import { runCommand, SetupError, step } from './step.cjs';

export const repoRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Checks the machine, installs the project's packages if they are stale, and builds. */
export async function bootstrap() {
  await step('Check what this machine has', checkMachine);
  await installPackages();
  await step(
    'Build Epochlog',
    () => runCommand(process.execPath, [join(repoRoot, 'esbuild.mjs')], { cwd: repoRoot }),
    'the messages above name the file; `npm run check` says more.',
  );
}

function checkMachine() {
  const missing = findMissing(probeMachine());
  if (missing.length === 0) return;
  const lines = missing.map(({ name, remedy }) => `  ${name}\n      ${remedy}`);
  throw new SetupError(
    `Missing on this machine:\n${lines.join('\n')}`,
    'install what is named above, then run the command again.',
  );
}

/** `npm ci`, unless node_modules was installed from this very lock file. */
async function installPackages() {
  const lockFile = join(repoRoot, 'package-lock.json');
  const marker = join(repoRoot, 'node_modules', '.epochlog-lock');
  const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  if (!isInstalledFrom(lockFile)) {
    await step(
      "Install the project's packages",
      installFromLock,
      'check the network, then run the command again.',
    );
  }
  mkdirSync(dirname(marker), { recursive: true });
  writeFileSync(marker, wanted);
}

async function installFromLock() {
  const npm = (...args) =>
    runCommand('npm', [...args, '--no-audit', '--no-fund'], { cwd: repoRoot });
  try {
    await npm('ci');
  } catch (error) {
    // A registry that lacks a package of some other platform makes `npm ci` refuse the lock file;
    // `npm install` takes the same versions from it and leaves out what is not for this machine.
    if (!error.message.includes('EUSAGE')) throw error;
    await npm('install', '--no-save');
  }
}

/** Whether npm itself, run by hand, has already put these versions there. */
function isInstalledFrom(lockFile) {
  const installed = join(repoRoot, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const there = readPackages(installed);
  return Object.entries(readPackages(lockFile)).every(
    ([path, entry]) => path === '' || entry.optional || there[path]?.version === entry.version,
  );
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}
