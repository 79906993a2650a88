import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonCommand } from '../../../tools/start/prerequisites.mjs';
import { runCommand, step } from '../../../tools/start/step.cjs';
import { benchDir } from './product';

export const requirements = join(__dirname, '..', 'mlflow', 'requirements.txt');
export const fillScript = join(__dirname, '..', 'mlflow', 'fill.py');

/** The Python that has the pinned MLflow; made again only if the pins change. */
export async function ensureMlflow(): Promise<string> {
  const venv = join(benchDir, 'mlflow');
  const python =
    process.platform === 'win32'
      ? join(venv, 'Scripts', 'python.exe')
      : join(venv, 'bin', 'python');
  const marker = join(venv, 'epochlog-requirements');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return python;
  await step(
    'Install MLflow (about 600 MB)',
    async () => {
      rmSync(venv, { recursive: true, force: true });
      await runCommand(pythonCommand(), ['-m', 'venv', venv]);
      const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
      await runCommand(python, [...install, '-r', requirements]);
    },
    'check the network and that Python is 3.11 or newer, or measure only ours with --ours.',
  );
  writeFileSync(marker, wanted);
  return python;
}
