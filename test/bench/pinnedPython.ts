import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonCommand } from '../../tools/start/prerequisites.mjs';
import { runCommand, step } from '../../tools/start/step.cjs';
import { benchDir } from './store/product';

/** Packages that a benchmark measures against, in a virtual environment of their own. */
export interface PinnedPackages {
  /** Of the environment's folder. */
  readonly name: string;
  /** Shown while it is made, such as `Install MLflow (about 600 MB)`. */
  readonly title: string;
  /** Path of the file that pip reads. */
  readonly requirements: string;
  /** What to do if it fails. */
  readonly remedy: string;
}

/** The Python that has these packages; made again only if the pins change. */
export async function ensurePython(packages: PinnedPackages): Promise<string> {
  const venv = join(benchDir, packages.name);
  const python =
    process.platform === 'win32'
      ? join(venv, 'Scripts', 'python.exe')
      : join(venv, 'bin', 'python');
  const marker = join(venv, 'epochlog-requirements');
  const wanted = createHash('sha256').update(readFileSync(packages.requirements)).digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return python;
  await step(
    packages.title,
    async () => {
      rmSync(venv, { recursive: true, force: true });
      await runCommand(pythonCommand(), ['-m', 'venv', venv]);
      const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
      await runCommand(python, [...install, '-r', packages.requirements]);
    },
    packages.remedy,
  );
  writeFileSync(marker, wanted);
  return python;
}
