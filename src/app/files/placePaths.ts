import { realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, normalize, relative, sep } from 'node:path';

/** Folders that a path of a run can be relative to. */
export interface RunPlaces {
  readonly folder: string;
  readonly scriptPath: string | undefined;
}

/** Absolute paths that a text of a command or a source can mean, the likeliest first. */
export function possiblePaths(text: string, { folder, scriptPath }: RunPlaces): readonly string[] {
  const path = text.startsWith('~/') ? join(homedir(), text.slice(2)) : text;
  if (isAbsolute(path)) return [withoutEndSeparator(normalize(path))];
  const bases = scriptPath === undefined ? [folder] : [folder, dirname(scriptPath)];
  return [...new Set(bases.map((base) => withoutEndSeparator(join(base, path))))];
}

/** Whether a path is a folder, or lies in it at any depth. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The names that lead from a folder to a path in it; undefined where it is elsewhere. */
export function namesBelow(path: string, folder: string): readonly string[] | undefined {
  return isWithin(path, folder) ? relative(folder, path).split(sep) : undefined;
}

/** Where a folder really is, as the system says of open files; itself where it is not there. */
export function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function withoutEndSeparator(path: string): string {
  return path.length > 1 && path.endsWith(sep) ? path.slice(0, -1) : path;
}
