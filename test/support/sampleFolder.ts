import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** What a run leaves beside a sample, and what must not travel into a fresh copy of it. */
const leftBehind = new Set(['.venv', '.epochlog', '__pycache__', '.ipynb_checkpoints']);

export interface SampleFolder {
  readonly dir: string;
  remove(): void;
}

/** A fresh copy of a sample project in a temporary folder, with the sample's `.venv` linked in. */
export function copySample(sampleDir: string): SampleFolder {
  const parent = mkdtempSync(join(realpathSync(tmpdir()), 'epochlog-sample-'));
  const dir = join(parent, basename(sampleDir));
  copySampleTo(sampleDir, dir);
  return { dir, remove: () => rmSync(parent, { recursive: true, force: true, maxRetries: 5 }) };
}

/** As `copySample`, into a folder that is named and must not be there. */
export function copySampleTo(sampleDir: string, dir: string): void {
  cpSync(sampleDir, dir, {
    recursive: true,
    filter: (source) => !leftBehind.has(basename(source)),
  });
  const venv = join(sampleDir, '.venv');
  // A junction needs no rights on Windows; elsewhere the type is ignored.
  if (existsSync(venv)) symlinkSync(venv, join(dir, '.venv'), 'junction');
}
