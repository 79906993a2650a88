import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { formatBytes } from '../src/core/format/formatBytes';
import { repoRoot } from './vscodeHost/hostPaths';

/** `npm run package`: builds and writes the one .vsix for all platforms. */
export async function packageExtension(packagePath: string): Promise<void> {
  const build = spawnSync(process.execPath, [join(repoRoot, 'esbuild.mjs'), '--clean'], {
    cwd: repoRoot,
    stdio: 'inherit',
  });
  if (build.status !== 0) throw new Error('The build failed.');
  mkdirSync(join(repoRoot, 'out'), { recursive: true });
  rmSync(packagePath, { force: true });
  // Everything is bundled: nothing of node_modules is needed.
  await createVSIX({ cwd: repoRoot, packagePath, dependencies: false });
}

export const vsixPath = join(repoRoot, 'out', 'epochlog.vsix');

if (require.main === module) {
  packageExtension(vsixPath).then(
    () => console.log(`${vsixPath}: ${formatBytes(statSync(vsixPath).size)}`),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
