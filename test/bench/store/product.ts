import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, step } from '../../../tools/start/step.cjs';
import { repoRoot } from '../../../tools/vscodeHost/hostPaths';

/** What is kept between runs of the benchmark, and its temporary folders, all on one disk. */
export const benchDir = join(repoRoot, 'out', 'bench');

/** The store's worker as it ships, copied so that a build meanwhile does not change what is measured. */
export async function buildWorker(folder: string): Promise<string> {
  await step('Build', () => runCommand(process.execPath, ['esbuild.mjs'], { cwd: repoRoot }));
  for (const file of ['storeWorker.js', 'sql-wasm.wasm']) {
    copyFileSync(join(repoRoot, 'dist', 'workers', file), join(folder, file));
  }
  return join(folder, 'storeWorker.js');
}

/** Gives `work` a folder of its own on the disk that is measured, removed after it. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  mkdirSync(benchDir, { recursive: true });
  const folder = mkdtempSync(join(benchDir, 'temporary-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
