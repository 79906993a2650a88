import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a repository's own configuration could make git execute is switched off for each call. */
export const harmless = [
  '-c',
  `core.hooksPath=${devNull}`,
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.pager=cat',
  '-c',
  'diff.external=',
  '-c',
  'core.sshCommand=false',
  '-c',
  'protocol.allow=never',
  // It would run `gpg.program`, and mix what that says into the log.
  '-c',
  'log.showSignature=false',
] as const;

/** A huge diff is left out rather than kept in part: handing it on would hold up the window. */
export const maxOutputBytes = 16 * 1024 * 1024;

/**
 * Runs git in a folder without hooks, external diff, fsmonitor, pager or locks.
 *
 * @returns its output, byte-exact, or undefined if git is missing, fails, says more than `maxBytes`, or this is no
 *   repository.
 */
export async function runGit(
  cwd: string,
  args: readonly string[],
  maxBytes = maxOutputBytes,
): Promise<Buffer | undefined> {
  try {
    const { stdout } = await run('git', [...harmless, ...args], {
      cwd,
      encoding: 'buffer',
      maxBuffer: maxBytes,
      timeout: 20_000,
      windowsHide: true,
      env: gitEnvironment(),
    });
    return stdout;
  } catch {
    return undefined;
  }
}

/** Git takes no locks for our sake, and asks nobody anything. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' };
}
