// `npm run check`: types of every project, then lint and format.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

const commands = [
  ...['src/core', '.', 'webviews', 'test'].map((project) => [tsc, '-p', project]),
  [biome, 'check', '--error-on-warnings', '.'],
];
const failed = commands.filter((args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  return status !== 0;
});
process.exit(failed.length > 0 ? 1 : 0);
