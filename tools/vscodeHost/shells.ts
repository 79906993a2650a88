import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installDebianPackage } from './debianPackage';

/** @returns the path of a shell of this machine, or undefined if it has none of that name. */
export function findShell(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Installs zsh where it is missing and that can be done: without it, its tests are skipped. */
export async function installZsh(): Promise<void> {
  if (findShell('zsh') !== undefined) return;
  try {
    await installDebianPackage('zsh');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.log(`  … zsh is not there and could not be installed: its tests are skipped (${why})`);
  }
}
