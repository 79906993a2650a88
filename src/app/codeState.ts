import type { BlobHash, CodeState } from '../core/run/run';
import { runGit } from './git';

/** Where the code of a run lies, and what may be asked about it. */
export interface CodePlace {
  /** Folder that git is asked in; undefined where git may not be run, as in an untrusted workspace. */
  readonly gitFolder: string | undefined;
  /** The script as it was when the run began, byte-exact. */
  readonly script: Uint8Array | undefined;
}

/** Collects what is needed to know later which code a run ran. */
export async function collectCodeState(
  place: CodePlace,
  putBlob: (bytes: Uint8Array) => Promise<BlobHash>,
): Promise<CodeState | undefined> {
  const [git, script] = await Promise.all([
    place.gitFolder === undefined ? undefined : readGit(place.gitFolder, putBlob),
    place.script && putBlob(place.script),
  ]);
  if (!git && script === undefined) return undefined;
  return { ...git, ...(script === undefined ? {} : { script }) };
}

/** All of the work tree, in the form that `git apply` takes, however the user likes diffs shown. */
const wholeDiff = [
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--no-relative',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--unified=3',
  '--submodule=short',
  '--binary',
] as const;

async function readGit(
  folder: string,
  putBlob: (bytes: Uint8Array) => Promise<BlobHash>,
): Promise<CodeState | undefined> {
  const [commit, branch, diff] = await Promise.all([
    runGit(folder, ['rev-parse', '--verify', 'HEAD']),
    runGit(folder, ['symbolic-ref', '--short', 'HEAD']),
    runGit(folder, ['diff', ...wholeDiff, 'HEAD']),
  ]);
  if (!commit) return undefined;
  // What is too large to be kept has names all the same.
  const changed =
    diff ??
    (await runGit(folder, ['diff', '--name-only', '--no-ext-diff', '--no-textconv', 'HEAD']));
  const dirty = changed !== undefined && changed.length > 0;
  return {
    commit: commit.toString('utf8').trim(),
    // A detached HEAD has no branch.
    ...(branch ? { branch: branch.toString('utf8').trim() } : {}),
    ...(changed === undefined ? {} : { dirty }),
    ...(dirty && diff !== undefined ? { diff: await putBlob(diff) } : {}),
    ...(dirty && diff === undefined ? { diffLeftOut: true } : {}),
  };
}
