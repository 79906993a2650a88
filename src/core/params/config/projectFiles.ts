/** The files of a run's project, as far as they may be read; paths are absolute or end up so. */
export interface ProjectFiles {
  /** The text of a configuration file, which is then kept with the run; undefined if there is none. */
  readConfig(path: string): string | undefined;
  /** The text of a Python module. */
  readModule(path: string): string | undefined;
  isFolder(path: string): boolean;
}

/** Joined with `/`, which every system takes; `..` is left to who reads it. */
export function joinPath(folder: string, path: string): string {
  return isAbsolutePath(path) ? path : `${folder.replace(/[/\\]$/, '')}/${path}`;
}

/** Also of what begins in the home folder. */
export function isAbsolutePath(path: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:[/\\]|~[/\\])/.test(path);
}

/** Whether a path lies in a folder, once its `..` are gone. Of the names alone: links are not followed. */
export function isWithin(path: string, folder: string): boolean {
  const [inner, outer] = [partsOf(path), partsOf(folder)];
  return outer.every((part, index) => inner[index] === part);
}

/** Whether a path that a file names stays near it: relative, a few folders up at most. */
export function isNearby(path: string): boolean {
  return !isAbsolutePath(path) && path.split(/[/\\]/).filter((part) => part === '..').length <= 3;
}

function partsOf(path: string): string[] {
  const parts: string[] = [];
  for (const part of path.split(/[/\\]/)) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts;
}

export function folderOf(path: string): string {
  return path.replace(/[/\\][^/\\]*$/, '') || '/';
}
