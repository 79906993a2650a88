import { join } from 'node:path';
import { build } from 'esbuild';

const outFolder = join(import.meta.dirname, '..', '..', 'out', 'faults');

/** Bundles a script of this folder, so that a process of it starts fast; returns where it is. */
export async function buildProcess(name: string): Promise<string> {
  const outfile = join(outFolder, `${name}.cjs`);
  await build({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
  return outfile;
}
