import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { runCommand } from '../../../tools/start/step.cjs';
import { benchDir } from './product';
import { type Figures, readReport } from './report';

/**
 * Runs a script of this folder in a Node of its own and returns what it reports. Bundled first, so
 * that no loader of TypeScript lies in its memory or slows it down.
 */
export async function runFresh(script: string, ...args: readonly string[]): Promise<Figures> {
  const outfile = join(benchDir, `${script}.js`);
  buildSync({
    entryPoints: [join(__dirname, `${script}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
  });
  return readReport(await runCommand(process.execPath, [outfile, ...args]));
}
