import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../vscodeHost/installLock';
import { pythonCommand } from './prerequisites.mjs';
import { runCommand, step } from './step.cjs';

/** Makes the sample project's virtual environment, or finds it made. Returns its Python. */
export async function ensureSampleVenv(repoRoot: string): Promise<string> {
  const project = join(repoRoot, 'examples', 'digits');
  const lockFile = join(repoRoot, '.vscode-test', 'sample-venv.lock');
  const onWait = () => console.log('  … waiting for another process that makes the environment');
  return withLock(lockFile, onWait, () => ensureVenv(project));
}

async function ensureVenv(project: string): Promise<string> {
  const venv = join(project, '.venv');
  const python = venvPython(project);
  const requirements = join(project, 'requirements.txt');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const marker = join(venv, 'epochlog-requirements');
  if (existsSync(python) && existsSync(marker) && readFileSync(marker, 'utf8') === wanted) {
    return python;
  }
  await step(
    "Make the sample project's Python environment",
    async () => {
      rmSync(venv, { recursive: true, force: true });
      await runCommand(pythonCommand(), ['-m', 'venv', venv]);
      const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
      await runCommand(python, [...install, '-r', requirements], { cwd: project });
    },
    'check the network and that Python is 3.10 to 3.14, then run the command again.',
  );
  writeFileSync(marker, wanted);
  return python;
}

/** The Python of a project's `.venv`. */
export function venvPython(project: string): string {
  return process.platform === 'win32'
    ? join(project, '.venv', 'Scripts', 'python.exe')
    : join(project, '.venv', 'bin', 'python');
}
