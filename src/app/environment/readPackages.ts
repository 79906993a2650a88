import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Package,
  parseCondaRecord,
  parseFolderName,
  parseMetadata,
} from '../../core/environment/packages';

/** Name and version stand in the first lines; a description of any length follows. */
const headBytes = 4096;
/** More than any environment has; a folder with more is something else. */
const maxPackages = 5000;
const atOnce = 16;

interface Known {
  readonly modifiedAtMs: number;
  readonly packages: readonly Package[];
}

/**
 * Reads what is installed in folders such as `site-packages` or `conda-meta`, from metadata alone.
 * Installing and removing changes a folder's time, so one that is the same is not read again.
 */
export class PackageReader {
  readonly #known = new Map<string, Known>();

  /** Empty if there is no such folder. */
  async read(folder: string): Promise<readonly Package[]> {
    const modifiedAtMs = await modified(folder);
    if (modifiedAtMs === undefined) return [];
    const known = this.#known.get(folder);
    if (known?.modifiedAtMs === modifiedAtMs) return known.packages;
    const packages = await readFolder(folder);
    this.#known.set(folder, { modifiedAtMs, packages });
    return packages;
  }
}

async function modified(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return undefined;
  }
}

async function readFolder(folder: string): Promise<readonly Package[]> {
  const names = await readdir(folder).catch(() => []);
  if (folder.endsWith('conda-meta')) {
    return names.slice(0, maxPackages).flatMap((name) => parseCondaRecord(name) ?? []);
  }
  const infos = names.filter((name) => /\.(?:dist|egg)-info$/.test(name)).slice(0, maxPackages);
  const packages: (Package | undefined)[] = [];
  for (let at = 0; at < infos.length; at += atOnce) {
    const some = infos.slice(at, at + atOnce);
    packages.push(...(await Promise.all(some.map((name) => readPackage(folder, name)))));
  }
  return packages.filter((found) => found !== undefined);
}

async function readPackage(folder: string, name: string): Promise<Package | undefined> {
  const files = name.endsWith('.dist-info')
    ? [join(folder, name, 'METADATA')]
    : // A folder by setuptools, a file by distutils.
      [join(folder, name, 'PKG-INFO'), join(folder, name)];
  for (const file of files) {
    const head = await readHead(file);
    const found = head === undefined ? undefined : parseMetadata(head);
    if (found !== undefined) return found;
  }
  return parseFolderName(name);
}

async function readHead(path: string): Promise<string | undefined> {
  try {
    // What is no file, such as a pipe, would be waited for.
    if (!(await stat(path)).isFile()) return undefined;
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
