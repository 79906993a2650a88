import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { listFileRevisions, readFileRevision, shortRevision } from '../../../src/app/gitRevisions';

const folder = mkdtempSync(join(tmpdir(), 'epochlog-revisions-'));
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=a@b.c', ...args], { cwd: folder });
git('init', '--quiet');
writeFileSync(join(folder, 'début.ipynb'), 'one\n'.repeat(20));
git('add', '.');
git('commit', '--quiet', '-m', 'Begin | "it"');
git('mv', 'début.ipynb', 'now.ipynb');
git('commit', '--quiet', '-m', 'Rename');
writeFileSync(join(folder, 'now.ipynb'), `${'one\n'.repeat(20)}two\n`);
git('commit', '--quiet', '-am', 'Go on');
const file = join(folder, 'now.ipynb');
afterAll(() => rmSync(folder, { recursive: true }));

test('the commits of a file are listed with its place then, also from before a rename', async () => {
  const revisions = await listFileRevisions(file);
  expect(revisions?.map(({ subject, author, path }) => [subject, author, path])).toEqual([
    ['Go on', 'Ada', 'now.ipynb'],
    ['Rename', 'Ada', 'now.ipynb'],
    ['Begin | "it"', 'Ada', 'début.ipynb'],
  ]);
  const first = revisions?.at(-1);
  const read = async (revision: string, path?: string) =>
    Buffer.from(await readFileRevision(file, revision, path)).toString();
  expect(await read(first?.hash ?? '', first?.path)).toBe('one\n'.repeat(20));
  expect(await read('HEAD')).toContain('two');
  expect(await read('HEAD~1')).not.toContain('two');
  expect(shortRevision(first?.hash ?? '')).toBe(first?.hash.slice(0, 7));
});

test('a repository that asks for signatures runs no program of its choice', async () => {
  const ran = join(folder, 'ran');
  const program = join(folder, 'gpg.sh');
  writeFileSync(program, `#!/bin/sh\ntouch '${ran}'\n`, { mode: 0o755 });
  const [tree, parent] = ['HEAD^{tree}', 'HEAD'].map((name) =>
    git('rev-parse', name).toString().trim(),
  );
  const person = 'Ada <a@b.c> 1700000000 +0000';
  const signature = '-----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----';
  const commit = `tree ${tree}\nparent ${parent}\nauthor ${person}\ncommitter ${person}\ngpgsig ${signature}\n\nSigned\n`;
  const signed = execFileSync('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], {
    cwd: folder,
    input: commit,
  });
  git('update-ref', 'HEAD', signed.toString().trim());
  git('config', 'log.showSignature', 'true');
  git('config', 'gpg.program', program);
  git('log', '-1');
  expect(existsSync(ran)).toBe(true);
  rmSync(ran);
  expect(await listFileRevisions(file)).toHaveLength(3);
  expect(existsSync(ran)).toBe(false);
  git('update-ref', 'HEAD', parent ?? '');
});

test('what is no revision says so, and is nothing else to git', async () => {
  for (const bad of ['nowhere', '--output=x', '-p', 'HEAD:now.ipynb HEAD', '', 'HEAD~9', ':0']) {
    await expect(readFileRevision(file, bad)).rejects.toThrow(/^git has no now\.ipynb at/);
  }
  expect(await listFileRevisions(join(tmpdir(), 'nothing.ipynb'))).toBeUndefined();
});
