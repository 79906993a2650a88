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

export function isAbsolutePath(path: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path);
}

export function folderOf(path: string): string {
  return path.replace(/[/\\][^/\\]*$/, '') || '/';
}
