import { open, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describeGitOperation } from '../core/notebook/gitOperation';

const tailBytes = 16_384;
const lockWaits = 30;
const lockWaitMs = 300;

/**
 * What git did that changed a file, in words; undefined if nothing fits. Reads git's own log, runs nothing, and waits
 * while git is at work.
 *
 * @param path absolute.
 */
export async function findGitOperation(
  path: string,
  changedAtMs: number,
): Promise<string | undefined> {
  const gitFolder = await findGitFolder(dirname(path));
  if (gitFolder === undefined) return undefined;
  for (let waits = 0; waits < lockWaits && (await exists(join(gitFolder, 'index.lock'))); waits++) {
    await delay(lockWaitMs);
  }
  const reflog = await readTail(join(gitFolder, 'logs', 'HEAD'));
  return reflog === undefined ? undefined : describeGitOperation(reflog, changedAtMs);
}

/** A worktree has a file in its place that names it (https://git-scm.com/docs/gitrepository-layout). */
async function findGitFolder(from: string): Promise<string | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, '.git');
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) return path;
    if (found?.isFile()) {
      const named = /^gitdir: (.+)$/m.exec(await readFile(path, 'utf8'))?.[1];
      return named === undefined ? undefined : resolve(folder, named.trim());
    }
    if (dirname(folder) === folder) return undefined;
  }
}

async function readTail(path: string): Promise<string | undefined> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const length = Math.min(size, tailBytes);
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
      return buffer.toString('utf8');
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
