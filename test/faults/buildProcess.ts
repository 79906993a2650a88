import { basename, join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..', '..');

/** Bundles a script, so that a process or thread of it starts fast; returns where it is. */
async function bundle(script: string): Promise<string> {
  const outfile = join(root, 'out', 'faults', `${basename(script, '.ts')}.cjs`);
  await build({
    entryPoints: [join(root, script)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
  return outfile;
}

/** A script of this folder, and the thread that takes snapshots for it as in the product. */
export async function buildProcess(name: string) {
  return {
    script: await bundle(join('test', 'faults', `${name}.ts`)),
    snapshotWorkerPath: await bundle(join('src', 'workers', 'snapshotWorker.ts')),
  };
}
