import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { mergePackages, packagesJson } from '../../core/environment/packages';
import { type PyvenvConfig, parsePyvenvConfig } from '../../core/environment/pyvenvConfig';
import type { PythonEnvironment } from '../../core/run/run';
import { firstLines } from './firstLines';
import type { PackageReader } from './readPackages';

export interface PythonFacts {
  readonly python: Omit<PythonEnvironment, 'packages'>;
  /** What `packages` is the hash of; undefined if there are none. */
  readonly packagesJson: string | undefined;
}

/** A configuration file larger than this is none. */
const maxConfigBytes = 64 * 1024;

/**
 * Reads what an interpreter is and what is installed for it, from files alone: it is not executed.
 *
 * @param executable absolute path, as it was called: through a link of a virtual environment, not
 *   what that leads to.
 * @returns undefined if there is no such program.
 */
export async function readPython(
  executable: string,
  reader: PackageReader,
): Promise<PythonFacts | undefined> {
  const real = await realpath(executable).catch(() => undefined);
  // A script in its place, as pyenv has one, can start any.
  if (real === undefined || (await firstLines(real)) !== undefined) return undefined;
  const place = await findPlace(executable, real);
  const { folders, series } = await packageFolders(place, real);
  const lists = await Promise.all(folders.map((folder) => reader.read(folder)));
  const packages = mergePackages(lists);
  const version =
    place.config?.version ??
    (await condaVersion(place.prefix)) ??
    (await baseVersion(real, series));
  return {
    python: {
      executable,
      ...(version === undefined ? {} : { version }),
      ...(place.isEnvironment ? { prefix: place.prefix } : {}),
      ...(packages.length === 0 ? {} : { packageCount: packages.length }),
    },
    packagesJson: packages.length === 0 ? undefined : packagesJson(packages),
  };
}

interface Place {
  readonly prefix: string;
  /** Whether it is a virtual or a conda environment. */
  readonly isEnvironment: boolean;
  readonly config: PyvenvConfig | undefined;
}

async function findPlace(executable: string, real: string): Promise<Place> {
  // Python looks beside itself, then one folder up (site.py).
  for (const prefix of [dirname(dirname(executable)), dirname(executable)]) {
    const text = await readText(join(prefix, 'pyvenv.cfg'));
    if (text !== undefined) return { prefix, isEnvironment: true, config: parsePyvenvConfig(text) };
  }
  const prefix = prefixOf(real);
  const isEnvironment = await isFolder(join(prefix, 'conda-meta'));
  return { prefix, isEnvironment, config: undefined };
}

/** On Windows the interpreter lies in its prefix, elsewhere in `bin` below. */
function prefixOf(executable: string): string {
  const folder = dirname(executable);
  return /^(?:s?bin|Scripts)$/i.test(basename(folder)) ? dirname(folder) : folder;
}

/** Where packages are, in the order in which Python looks, and the `3.11` that the folders name. */
async function packageFolders(
  { prefix, isEnvironment, config }: Place,
  real: string,
): Promise<{ readonly folders: readonly string[]; readonly series: string | undefined }> {
  const own = await libraryFolders(prefix, seriesOf(real));
  const isAlone = isEnvironment && config?.includesSystemPackages !== true;
  const base = config === undefined ? prefix : prefixOf(real);
  const series = own.series ?? seriesOf(real) ?? (await libraryFolders(base, undefined)).series;
  const system = isAlone
    ? []
    : [
        ...(series === undefined
          ? []
          : [join(homedir(), '.local', 'lib', `python${series}`, 'site-packages')]),
        ...(base === prefix ? [] : (await libraryFolders(base, series)).folders),
        // Debian and Ubuntu keep what is installed by hand and by apt apart.
        ...(base === '/usr' && series !== undefined
          ? [`/usr/local/lib/python${series}/dist-packages`, '/usr/lib/python3/dist-packages']
          : []),
      ];
  return {
    folders: [...new Set([...own.folders, ...system, join(prefix, 'conda-meta')])],
    series,
  };
}

async function libraryFolders(
  prefix: string,
  series: string | undefined,
): Promise<{ readonly folders: readonly string[]; readonly series: string | undefined }> {
  const lib = join(prefix, 'lib');
  const names = (await readdir(lib).catch(() => [])).filter((name) =>
    /^(?:python|pypy)\d/.test(name),
  );
  // Several interpreters may share a prefix such as /usr; `python3` alone is one that all share.
  const named = names.filter((name) => series === undefined || name.endsWith(series));
  const chosen = named
    .filter((name) => /\d\.\d/.test(name))
    .sort()
    .slice(-1);
  const folders = [
    ...chosen.flatMap((name) => [
      join(lib, name, 'site-packages'),
      join(prefix, 'lib64', name, 'site-packages'),
    ]),
    join(prefix, 'Lib', 'site-packages'),
  ];
  return { folders: await distinct(folders), series: /\d+\.\d+/.exec(chosen[0] ?? '')?.[0] };
}

/** `lib64` is often a link to `lib`. */
async function distinct(folders: readonly string[]): Promise<readonly string[]> {
  const reals = await Promise.all(folders.map((folder) => realpath(folder).catch(() => undefined)));
  return [...new Set(reals.filter((folder) => folder !== undefined))];
}

/** The `3.11` of `python3.11`. */
function seriesOf(executable: string): string | undefined {
  return /(?:python|pypy)(\d+\.\d+)/i.exec(basename(executable))?.[1];
}

/** Conda's own record of the interpreter names its version. */
async function condaVersion(prefix: string): Promise<string | undefined> {
  for (const name of await readdir(join(prefix, 'conda-meta')).catch(() => [])) {
    const version = /^python-(\d+\.\d+\.\d+[a-z0-9]*)-/.exec(name)?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}

/** From the headers that come with an interpreter; else `3.11` alone. */
async function baseVersion(real: string, series: string | undefined): Promise<string | undefined> {
  const include = join(prefixOf(real), 'include');
  const header =
    series === undefined
      ? undefined
      : await readText(join(include, `python${series}`, 'patchlevel.h'));
  return /^#define\s+PY_VERSION\s+"([\w.+]+)"/m.exec(header ?? '')?.[1] ?? series;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > maxConfigBytes) return undefined;
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
