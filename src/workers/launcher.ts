import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type LaunchPaths,
  type LaunchRequest,
  launchPaths,
  parseRequest,
  readRequest,
} from '../app/launch/launchFolder';
import { runProgram } from '../app/launch/runProgram';

/**
 * The program that "Run with Epochlog" starts in a terminal, under which the user's own runs:
 *
 * - `launcher.js run FOLDER`: what `request.json` in that folder says, once, and then waits for a key;
 * - `launcher.js task FOLDER REQUEST`: what the JSON says, in a new folder under that one.
 */
async function main([mode, folder = '', json = '{}']: readonly string[]): Promise<number> {
  if (mode === 'task') {
    const paths = launchPaths(join(folder, randomUUID()));
    mkdirSync(paths.folder, { recursive: true, mode: 0o700 });
    return runProgram(parseRequest(JSON.parse(json)), paths);
  }
  const paths = launchPaths(folder);
  const request = takeRequest(paths);
  if (!request) {
    say('This command has been started already. Start it again with Run with Epochlog.');
    return waitForKey();
  }
  const exitCode = await runProgram(request, paths);
  say(`Ended with exit code ${exitCode}.`);
  return waitForKey();
}

/** VS Code starts the program of a terminal that it restores again; the user's must not be. */
function takeRequest(paths: LaunchPaths): LaunchRequest | undefined {
  const taken = `${paths.request}.taken`;
  try {
    renameSync(paths.request, taken);
  } catch {
    return undefined;
  }
  try {
    return readRequest(taken);
  } finally {
    // It may hold a secret.
    rmSync(taken, { force: true });
  }
}

function say(text: string): void {
  process.stdout.write(
    `\r\n\x1b[2m[Epochlog] ${text} Press any key to close this terminal.\x1b[0m\r\n`,
  );
}

/** So that the terminal can be read; what the exit code was it says. */
function waitForKey(): Promise<number> {
  if (!process.stdin.isTTY) return Promise.resolve(0);
  process.stdin.setRawMode(true);
  return new Promise((resolve) => {
    process.stdin.once('data', () => resolve(0));
    process.stdin.once('end', () => resolve(0));
    process.once('SIGHUP', () => resolve(0));
  });
}

main(process.argv.slice(2)).then(
  (exitCode) => process.exit(exitCode),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
