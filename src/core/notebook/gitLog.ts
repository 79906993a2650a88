/** One version of a file in the history of a repository. */
export interface GitVersion {
  /** Of the commit, in full. */
  readonly commit: string;
  readonly committedAtMs: number;
  readonly author: string;
  readonly subject: string;
  /** Names the content of the file in the repository. */
  readonly blob: string;
}

/** What `parseGitLog` reads: each commit's line, then what it did to the file with full hashes. */
export const gitLogFormat = [
  '--raw',
  '--no-abbrev',
  '--format=%x01%H%x00%ct%x00%an%x00%s',
] as const;

/** @returns the versions of one file, oldest first, as `git log` lists them; commits that removed it left out. */
export function parseGitLog(log: string): readonly GitVersion[] {
  const versions: GitVersion[] = [];
  for (const entry of log.split('\x01')) {
    const [head = '', ...rest] = entry.split('\n');
    const [commit, seconds, author = '', subject = ''] = head.split('\0');
    // https://git-scm.com/docs/git-diff#_raw_output_format
    const [, blob] = /^:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [A-Z]/m.exec(rest.join('\n')) ?? [];
    if (!commit || seconds === undefined || blob === undefined || /^0+$/.test(blob)) continue;
    versions.push({ commit, committedAtMs: Number(seconds) * 1000, author, subject, blob });
  }
  return versions.reverse();
}

/** `a1b2c3d4e5 Fix the split · Ada`; begins with what `originCommit` finds again. */
export function gitOrigin({ commit, subject, author }: GitVersion): string {
  return `${commit.slice(0, 10)} ${subject}${author === '' ? '' : ` · ${author}`}`;
}

/** The first letters of the commit that a checkpoint was imported from. */
export function originCommit(origin: string | undefined): string | undefined {
  return /^([0-9a-f]{10}) /.exec(origin ?? '')?.[1];
}
