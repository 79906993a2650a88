import { join } from 'node:path';
import { build } from 'esbuild';
import type { TestPage } from './pageTest';

const root = join(__dirname, '../../..');

/** Builds `test/page/<name>/main.tsx`, a page around one shared piece. Resolves to its folder. */
export async function buildTestPage(name: TestPage): Promise<string> {
  // One a process: tests run side by side.
  const outdir = join(root, 'out/test/pages', String(process.pid));
  await build({
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryPoints: [{ in: join(root, 'test/page', name, 'main.tsx'), out: name }],
    outdir,
    logLevel: 'warning',
  });
  return outdir;
}
