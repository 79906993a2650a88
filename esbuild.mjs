// Builds everything that ships (dist/) and, with --tests, the suite that runs inside VS Code (out/).
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import * as esbuild from 'esbuild';

const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');
const production = !watch && !process.argv.includes('--dev');

/** @type {esbuild.BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
};

/** @type {esbuild.BuildOptions} */
const node = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode', 'mocha'],
};

const pages = readdirSync('webviews', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`webviews/${entry.name}/main.tsx`))
  .map((entry) => entry.name);

/** @type {esbuild.BuildOptions[]} */
const builds = [
  { ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js' },
  {
    ...node,
    entryPoints: readdirSync('src/workers').map((file) => `src/workers/${file}`),
    outdir: 'dist/workers',
  },
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryPoints: pages.map((name) => ({ in: `webviews/${name}/main.tsx`, out: name })),
    outdir: 'dist/webviews',
  },
];
if (tests) {
  builds.push({
    ...node,
    minify: false,
    entryPoints: ['test/host/index.ts'],
    outfile: 'out/test/host/index.js',
  });
}

// Otherwise files are overwritten in place, so that a window that runs this build keeps working.
if (process.argv.includes('--clean')) rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/workers', { recursive: true });
copyFileSync('node_modules/sql.js/dist/sql-wasm.wasm', 'dist/workers/sql-wasm.wasm');

if (watch) {
  for (const build of builds) await (await esbuild.context(build)).watch();
} else {
  await Promise.all(builds.map((build) => esbuild.build(build)));
}
