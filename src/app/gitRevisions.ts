import { basename, dirname } from 'node:path';
import { UserError } from '../core/userError';
import { runGit } from './git';

/** A commit that touched a file. */
export interface FileRevision {
  readonly hash: string;
  readonly author: string;
  readonly atMs: number;
  readonly subject: string;
  /** Where the file was then, relative to the repository's root, with `/`. */
  readonly path: string;
}

const maxRevisions = 200;
/** A notebook of this size is still worth a diff. */
const maxFileBytes = 256 * 1024 * 1024;

/**
 * The commits that touched a file, newest first, also from before it was renamed; at most 200.
 *
 * @param file absolute.
 * @returns undefined where there is no git, or the file is in no repository.
 */
export async function listFileRevisions(file: string): Promise<FileRevision[] | undefined> {
  const output = await runGit(dirname(file), [
    ...['-c', 'core.quotePath=false', 'log', '--follow', `--max-count=${maxRevisions}`],
    ...['--name-only', '--format=%x01%H%x00%an%x00%at%x00%s%x00', '--', basename(file)],
  ]);
  return output
    ?.toString('utf8')
    .split('\u0001')
    .flatMap((entry) => {
      const [hash = '', author = '', at, subject = '', names = ''] = entry.split('\0');
      const path = names.trim().split('\n')[0] ?? '';
      return hash === '' || path === ''
        ? []
        : [{ hash, author, atMs: Number(at) * 1000, subject, path }];
    });
}

/**
 * A file as it was at a commit, byte by byte.
 *
 * @param file absolute; where it is now.
 * @param path where it was then, relative to the repository's root; the same place if left out.
 * @throws UserError if there is no such revision, or no such file in it.
 */
export async function readFileRevision(
  file: string,
  revision: string,
  path?: string,
): Promise<Uint8Array> {
  const place = path ?? `./${basename(file)}`;
  // Nothing that git could take for an option or for more than a revision.
  const isRevision = /^[^\s:\-\p{Cc}][^\s:\p{Cc}]*$/u.test(revision);
  const content =
    isRevision &&
    (await runGit(dirname(file), ['cat-file', 'blob', `${revision}:${place}`], maxFileBytes));
  if (!content) {
    throw new UserError(
      `git has no ${basename(file)} at ${revision}. Choose a commit that touched it, or check the name of the revision.`,
    );
  }
  return content;
}

/** `a1b2c3d` of a hash; what else names a revision stays as it is. */
export function shortRevision(revision: string): string {
  return /^[0-9a-f]{40}$/.test(revision) ? revision.slice(0, 7) : revision;
}
