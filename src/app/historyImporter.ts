import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import {
  type GitVersion,
  gitLogFormat,
  gitOrigin,
  originCommit,
  parseGitLog,
} from '../core/notebook/gitLog';
import { UserError } from '../core/userError';
import type { Store } from '../store/store';
import type { CheckpointKeeper } from './checkpointKeeper';
import { runGit } from './git';
import { readGitBlobs } from './gitBlobs';

export interface ImportProgress {
  /** Told after each version. */
  readonly onVersion: (done: number, total: number) => void;
  /** Asked before each version; what is imported by then stays. */
  readonly isCancelled: () => boolean;
}

export interface ImportResult {
  readonly imported: number;
  /** Those that were imported before. */
  readonly known: number;
  /** Those that the repository has no content of, as it is kept elsewhere. */
  readonly missing: number;
}

export interface HistoryImporter {
  /**
   * Makes checkpoints of the versions that git has of a notebook, under its earlier names too.
   *
   * @param path absolute.
   * @param notebook its path in the record.
   */
  importHistory(path: string, notebook: string, progress: ImportProgress): Promise<ImportResult>;
}

/** In the place of a large file, where git keeps those on a server. */
const lfsPointer = Buffer.from('version https://git-lfs.github.com/spec/');

export function createHistoryImporter(store: Store, keeper: CheckpointKeeper): HistoryImporter {
  return {
    async importHistory(path, notebook, { onVersion, isCancelled }) {
      const versions = await listVersions(path);
      const existing = await store.listCheckpoints({ notebook, includeDeleted: true });
      const known = new Map(
        existing
          .filter(({ kind }) => kind === 'git')
          .map((checkpoint) => [originCommit(checkpoint.origin), checkpoint]),
      );
      const fresh = versions.filter(({ commit }) => !known.has(commit.slice(0, 10)));
      const folder = await mkdtemp(join(tmpdir(), 'epochlog-'));
      const file = join(folder, 'version');
      let imported = 0;
      let missing = 0;
      let done = 0;
      let before: Checkpoint | undefined;
      try {
        const contents = readGitBlobs(
          dirname(path),
          fresh.map(({ blob }) => blob),
        );
        for (const version of versions) {
          if (isCancelled()) break;
          const old = known.get(version.commit.slice(0, 10));
          if (old) {
            before = old;
            continue;
          }
          const next = await contents.next();
          if (next.done)
            throw new UserError('Git ended before all versions were read. Import again.');
          const content = next.value;
          if (content === undefined || content[0]?.subarray(0, 40).equals(lfsPointer)) missing++;
          else {
            await writeParts(file, content);
            const kept = await keeper.keepPast(notebook, { path: file }, before, {
              takenAtMs: version.committedAtMs,
              origin: gitOrigin(version),
            });
            if (kept !== before) imported++;
            before = kept;
          }
          onVersion(++done, fresh.length);
        }
        await contents.return(undefined);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
      return { imported, missing, known: versions.length - fresh.length };
    },
  };
}

async function listVersions(path: string): Promise<readonly GitVersion[]> {
  const log = await runGit(dirname(path), [
    '--literal-pathspecs',
    'log',
    '--follow',
    ...gitLogFormat,
    '--',
    basename(path),
  ]);
  const versions = log === undefined ? [] : parseGitLog(log.toString('utf8'));
  if (versions.length > 0) return versions;
  throw new UserError(
    log === undefined
      ? 'Git could not be asked for the versions of this notebook: it is not installed, or this folder is in no repository.'
      : 'Git has no version of this notebook yet: it was never committed.',
  );
}

async function writeParts(path: string, parts: readonly Buffer[]): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    for (const part of parts) await file.writeFile(part);
  } finally {
    await file.close();
  }
}
