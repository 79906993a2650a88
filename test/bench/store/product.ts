import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, step } from '../../../tools/start/step.cjs';
import { repoRoot } from '../../../tools/vscodeHost/hostPaths';

/** What is kept between runs of the benchmark, and its temporary folders, all on one disk. */
export const benchDir = join(repoRoot, 'out', 'bench');

/** The workers as they ship, copied so that a build meanwhile does not change what is measured. */
export async function buildWorkers(folder: string): Promise<string> {
  await step('Build', () => runCommand(process.execPath, ['esbuild.mjs'], { cwd: repoRoot }));
  const workers = join(folder, 'workers');
  cpSync(join(repoRoot, 'dist', 'workers'), workers, { recursive: true });
  return join(workers, 'storeWorker.js');
}

/** Gives `work` an empty folder on the disk that is measured, removed after it. One at a time. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(benchDir, 'temporary');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // One that was stopped leaves its own.
  remove();
  mkdirSync(folder, { recursive: true });
  try {
    return await work(folder);
  } finally {
    remove();
  }
}
