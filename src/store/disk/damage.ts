import { basename, join } from 'node:path';
import type { StorePaths } from '../storePaths';
import type { Disk } from './disk';
import { durableWrite } from './durableWrite';

/** Moves a damaged file out of the way, under a name with the date; returns that name. */
export function moveAside(disk: Disk, paths: StorePaths, path: string, nowMs: number): string {
  const aside = asidePath(paths, path, nowMs);
  disk.makeFolder(paths.damaged);
  disk.rename(path, aside);
  return aside;
}

/** The same, but leaves the file where it is. */
export async function copyAside(
  disk: Disk,
  paths: StorePaths,
  path: string,
  nowMs: number,
): Promise<string> {
  const aside = asidePath(paths, path, nowMs);
  disk.makeFolder(paths.damaged);
  await durableWrite(disk, aside, [disk.read(path)]);
  return aside;
}

function asidePath(paths: StorePaths, path: string, nowMs: number): string {
  const date = new Date(nowMs).toISOString().replaceAll(':', '-');
  return join(paths.damaged, `${basename(path)}.${date}`);
}
