import { readFileSync, type Stats, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { sep } from 'node:path';
import { fileType } from '../../core/files/fileType';
import { isInput } from '../../core/files/isInput';
import { pathsInArguments, pathsInParams } from '../../core/files/namedPaths';
import { type PathLiteral, pathLiterals } from '../../core/files/pathLiterals';
import { reachingSource } from '../../core/python/assignments';
import type { Learned } from '../companion';
import type { FileHashes } from './fileHashes';
import { hashFolder, listFolder } from './folderHash';
import { isWithin, possiblePaths, type RunPlaces } from './placePaths';
import type { SeenFile } from './writtenFiles';

const maxInputs = 200;
const maxSourceBytes = 1024 * 1024;

/** Everything that names files of a run before it has written any. */
export interface InputHints extends RunPlaces {
  readonly args: readonly string[];
  readonly notebookSources: readonly string[] | undefined;
}

/** The paths that the source of a run names: of its script, or of the cell and what reaches it. */
export function pathsInSource({ scriptPath, notebookSources }: InputHints): readonly PathLiteral[] {
  if (notebookSources !== undefined) {
    return pathLiterals(reachingSource(notebookSources, notebookSources.length - 1));
  }
  if (scriptPath === undefined || !/\.py$/i.test(scriptPath)) return [];
  try {
    if (statSync(scriptPath).size > maxSourceBytes) return [];
    return pathLiterals(readFileSync(scriptPath, 'utf8'));
  } catch {
    // The command itself will say that there is no such script.
    return [];
  }
}

export function pathsInHints(
  { args }: InputHints,
  params: Learned['params'],
): readonly PathLiteral[] {
  return [...pathsInArguments(args), ...pathsInParams(params)];
}

/** Files and folders that are there, that a run names and does not write. */
export function findInputs(
  paths: readonly PathLiteral[],
  hints: InputHints,
  isOutput: (path: string) => boolean,
): readonly FoundInput[] {
  const found = new Map<string, FoundInput>();
  const written = paths.filter(({ use }) => use === 'write').map(({ path }) => path);
  for (const literal of paths) {
    if (found.size >= maxInputs) break;
    if (written.includes(literal.path)) continue;
    for (const path of possiblePaths(literal.path, hints)) {
      const stats = statOf(path);
      if (stats === undefined || found.has(path)) continue;
      const isFolder = stats.isDirectory();
      if (!isFolder && !stats.isFile()) continue;
      if (path === hints.scriptPath || isOutput(path) || (isFolder && isTooWide(path, hints)))
        break;
      if (isInput({ ...literal, path }, isFolder)) found.set(path, { path, stats });
      break;
    }
  }
  return [...found.values()];
}

export interface FoundInput {
  readonly path: string;
  readonly stats: Stats;
}

/** Files larger than this are hashed once the run is over, to leave the disk to it. */
const largeBytes = 2 * 1024 ** 3;

/**
 * An input as it is recorded, with its hash: of a file its content's, of a folder as `hashFolder` says.
 *
 * @param isOver whether the run is, so that reading much disturbs nobody.
 */
export async function describeInput(
  { path, stats }: FoundInput,
  hashes: FileHashes,
  isOver: boolean,
): Promise<SeenFile | undefined> {
  if (stats.isFile()) {
    const state = { sizeBytes: stats.size, modifiedAtMs: stats.mtimeMs };
    const isLarge = state.sizeBytes > largeBytes && !isOver;
    const hash = isLarge ? hashes.lookUp(path, state) : await hashes.hash(path, state);
    return { role: 'input', path, type: fileType(path), ...state, ...(hash && { hash }) };
  }
  const content = await listFolder(path);
  const base = { role: 'input', path: `${path}${sep}`, type: 'data' } as const;
  if (content === undefined) return { ...base, sizeBytes: 0, modifiedAtMs: stats.mtimeMs };
  const { sizeBytes, modifiedAtMs } = content;
  const isLarge = sizeBytes > largeBytes && !isOver;
  const hash = isLarge
    ? hashes.lookUp(`${path}${sep}#${content.fingerprint}`, content)
    : await hashFolder(path, content, hashes);
  return { ...base, sizeBytes, modifiedAtMs, ...(hash && { hash }) };
}

/** The project itself, or what holds it, is no data set. */
function isTooWide(folder: string, { folder: runsIn, scriptPath }: RunPlaces): boolean {
  return (
    isWithin(runsIn, folder) ||
    (scriptPath !== undefined && isWithin(scriptPath, folder)) ||
    isWithin(homedir(), folder)
  );
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
