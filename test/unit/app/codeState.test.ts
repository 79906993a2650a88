import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { collectCodeState } from '../../../src/app/codeState';
import { maxOutputBytes } from '../../../src/app/git';
import type { BlobHash } from '../../../src/core/run/run';
import { makeWorkspaceFolder, openBench } from './recordingBench';

afterEach(() => vi.unstubAllEnvs());

/** A git that knows nothing of this machine's user. */
const ownEnv = {
  ...process.env,
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_SYSTEM: devNull,
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};
const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync('git', args, { cwd, env: ownEnv, stdio: ['ignore', 'pipe', 'pipe'] });

function makeRepository(): string {
  const root = makeWorkspaceFolder();
  git(root, 'init', '--quiet', '--initial-branch=main');
  return root;
}

function commitAll(root: string): string {
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message=state');
  return git(root, 'rev-parse', 'HEAD').toString().trim();
}

async function collect(gitFolder: string | undefined, script?: Uint8Array) {
  const blobs = new Map<string, Uint8Array>();
  const state = await collectCodeState({ gitFolder, script }, async (bytes) => {
    const hash = `blob${blobs.size}` as BlobHash;
    blobs.set(hash, bytes);
    return hash;
  });
  return { state, diff: state?.diff && blobs.get(state.diff), blobs };
}

test('a clean work tree has a commit and a branch, and no diff', async () => {
  const root = makeRepository();
  writeFileSync(join(root, 'train.py'), 'lr = 1\n');
  const commit = commitAll(root);
  expect((await collect(root)).state).toEqual({ commit, branch: 'main', dirty: false });
});

test('the diff is byte for byte what git gives, and applies', async () => {
  const root = makeRepository();
  const before = Buffer.from([0x6c, 0x72, 0x20, 0xe9, 0x0d, 0x0a]);
  writeFileSync(join(root, 'train.py'), before);
  writeFileSync(join(root, 'weights.bin'), Buffer.from([0, 1, 2, 255]));
  mkdirSync(join(root, 'src'));
  const commit = commitAll(root);
  const after = Buffer.from([0x6c, 0x72, 0x20, 0xe8, 0x0d, 0x0a]);
  writeFileSync(join(root, 'train.py'), after);
  writeFileSync(join(root, 'weights.bin'), Buffer.from([0, 3, 2, 255]));
  // Asked from a folder inside, all of the repository counts.
  const { state, diff } = await collect(join(root, 'src'));
  expect(state).toMatchObject({ commit, branch: 'main', dirty: true });
  expect(diff && Buffer.from(diff)).toEqual(git(root, 'diff', '--binary', 'HEAD'));

  git(root, 'checkout', '--quiet', '--', '.');
  expect(readFileSync(join(root, 'train.py'))).toEqual(before);
  const patch = join(makeWorkspaceFolder(), 'state.patch');
  writeFileSync(patch, diff ?? '');
  git(root, 'apply', '--binary', patch);
  expect(readFileSync(join(root, 'train.py'))).toEqual(after);
  expect(readFileSync(join(root, 'weights.bin'))[1]).toBe(3);
});

test('a detached HEAD has a commit and no branch', async () => {
  const root = makeRepository();
  writeFileSync(join(root, 'a'), '1');
  const commit = commitAll(root);
  git(root, 'checkout', '--quiet', '--detach');
  expect((await collect(root)).state).toEqual({ commit, dirty: false });
});

test('there is no state without a repository, without a commit, or without git', async () => {
  vi.stubEnv('GIT_CEILING_DIRECTORIES', '/');
  expect((await collect(makeWorkspaceFolder())).state).toBeUndefined();
  expect((await collect(makeRepository())).state).toBeUndefined();
  const root = makeRepository();
  writeFileSync(join(root, 'a'), '1');
  commitAll(root);
  vi.stubEnv('PATH', '/nowhere');
  expect((await collect(root)).state).toBeUndefined();
});

test('git is not asked in an untrusted workspace; the script is kept all the same', async () => {
  const bench = await openBench({ trusted: false });
  git(bench.root, 'init', '--quiet');
  bench.write('train.py', 'import torch\n');
  commitAll(bench.root);
  await bench.play('python train.py', ['loss=0.5\r\n']);
  expect((await bench.onlyRun()).codeState).toEqual({ script: expect.stringMatching(/^\w{64}$/) });
});

test('in a trusted one the commit and the script are kept', async () => {
  const bench = await openBench();
  git(bench.root, 'init', '--quiet', '--initial-branch=main');
  bench.write('train.py', 'import torch\n');
  const commit = commitAll(bench.root);
  await bench.play('python train.py', ['loss=0.5\r\n']);
  expect((await bench.onlyRun()).codeState).toEqual({
    commit,
    branch: 'main',
    dirty: false,
    script: expect.stringMatching(/^\w{64}$/),
  });
});

test('changes too large to keep are said to be there', async () => {
  const root = makeRepository();
  writeFileSync(join(root, 'weights.bin'), 'small');
  commitAll(root);
  writeFileSync(join(root, 'weights.bin'), randomBytes(maxOutputBytes));
  const { state } = await collect(root);
  expect(state).toMatchObject({ branch: 'main', dirty: true, diffLeftOut: true });
  expect(state?.diff).toBeUndefined();
});

test('what git does not track is no change; a script among it is kept by itself', async () => {
  const root = makeRepository();
  writeFileSync(join(root, 'a'), '1');
  const commit = commitAll(root);
  const script = Buffer.from('lr = 1\n');
  writeFileSync(join(root, 'train.py'), script);
  const { state, blobs } = await collect(root, script);
  expect(state).toMatchObject({ commit, dirty: false });
  expect(state?.script && blobs.get(state.script)).toEqual(script);
});

test('a worktree has its own branch and changes', async () => {
  const root = makeRepository();
  writeFileSync(join(root, 'a'), '1\n');
  const commit = commitAll(root);
  const tree = join(makeWorkspaceFolder(), 'tree');
  git(root, 'worktree', 'add', '--quiet', '-b', 'try', tree);
  writeFileSync(join(tree, 'a'), '2\n');
  expect((await collect(root)).state).toEqual({ commit, branch: 'main', dirty: false });
  const { state, diff } = await collect(tree);
  expect(state).toMatchObject({ commit, branch: 'try', dirty: true });
  expect(diff && Buffer.from(diff).toString()).toContain('-1\n+2\n');
});

test('a submodule that differs is a change of the repository above, and has its own inside', async () => {
  const inner = makeRepository();
  writeFileSync(join(inner, 'a'), '1\n');
  const innerCommit = commitAll(inner);
  const root = makeRepository();
  git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub');
  commitAll(root);
  expect((await collect(root)).state).toMatchObject({ dirty: false });
  writeFileSync(join(root, 'sub', 'a'), '2\n');
  const above = await collect(root);
  expect(above.state).toMatchObject({ dirty: true });
  expect(above.diff && Buffer.from(above.diff).toString()).toContain(`${innerCommit}-dirty`);
  const inside = await collect(join(root, 'sub'));
  expect(inside.state).toMatchObject({ commit: innerCommit, dirty: true });
  expect(inside.diff && Buffer.from(inside.diff).toString()).toContain('-1\n+2\n');
});

// Only root may give a folder to another user.
test.skipIf(process.getuid?.() !== 0)(
  "a repository that git does not trust, as another user's, is not asked",
  async () => {
    vi.stubEnv('GIT_CONFIG_GLOBAL', devNull);
    vi.stubEnv('GIT_CONFIG_SYSTEM', devNull);
    const root = makeRepository();
    writeFileSync(join(root, 'a'), '1');
    commitAll(root);
    expect((await collect(root)).state).toBeDefined();
    chownSync(root, 12_345, 12_345);
    chownSync(join(root, '.git'), 12_345, 12_345);
    expect((await collect(root)).state).toBeUndefined();
  },
);

// Names on macOS and Windows are text.
test.skipIf(process.platform !== 'linux')(
  'a diff with names and contents of any bytes applies',
  async () => {
    const root = makeRepository();
    const name = Buffer.concat([
      Buffer.from(`${root}/`),
      Buffer.from([0x61, 0xe9, 0x22, 0x09, 0x62]),
    ]);
    const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
    writeFileSync(name, utf16('a = 1\r\n'));
    writeFileSync(join(root, 'no end.py'), 'x = 1');
    commitAll(root);
    writeFileSync(name, utf16('a = 2\r\n'));
    writeFileSync(join(root, 'no end.py'), 'x = 2');
    const { diff } = await collect(root);
    git(root, 'checkout', '--quiet', '--', '.');
    const patch = join(makeWorkspaceFolder(), 'state.patch');
    writeFileSync(patch, diff ?? '');
    git(root, 'apply', '--binary', patch);
    expect(readFileSync(name)).toEqual(utf16('a = 2\r\n'));
    expect(readFileSync(join(root, 'no end.py'), 'utf8')).toBe('x = 2');
  },
);

/** Everything in a repository's own configuration that git would run while it diffs. */
function makeHostile(root: string, marker: string): void {
  const script = join(root, '.git', 'evil.sh');
  writeFileSync(script, `#!/bin/sh\necho "$0 $*" >> '${marker}'\ncat "$1" 2>/dev/null\nexit 0\n`);
  chmodSync(script, 0o755);
  const settings = {
    'core.fsmonitor': script,
    'core.pager': script,
    'core.sshCommand': script,
    'core.editor': script,
    'pager.diff': script,
    'diff.external': script,
    'diff.evil.command': script,
    'diff.evil.textconv': script,
    'diff.evil.cachetextconv': 'false',
    'core.hooksPath': join(root, '.git', 'evil'),
  };
  for (const [key, value] of Object.entries(settings)) git(root, 'config', key, value);
  mkdirSync(join(root, '.git', 'evil'));
  for (const name of ['post-index-change', 'fsmonitor-watchman', 'post-checkout', 'pre-auto-gc']) {
    for (const folder of ['evil', 'hooks']) {
      mkdirSync(join(root, '.git', folder), { recursive: true });
      const hook = join(root, '.git', folder, name);
      writeFileSync(hook, `#!/bin/sh\necho "hook ${name}" >> '${marker}'\n`);
      chmodSync(hook, 0o755);
    }
  }
}

// On Windows git runs shell scripts of its own, which these are not written for.
test.skipIf(process.platform === 'win32')(
  'nothing that the repository names is run, and the diff is the same',
  async () => {
    const root = makeRepository();
    writeFileSync(join(root, '.gitattributes'), '*.ipynb diff=evil\n*.py diff=evil\n');
    writeFileSync(join(root, 'train.py'), 'lr = 1\n');
    commitAll(root);
    writeFileSync(join(root, 'train.py'), 'lr = 2\n');
    const plain = git(root, 'diff', '--binary', 'HEAD');
    const marker = join(makeWorkspaceFolder(), 'ran');
    makeHostile(root, marker);

    const { state, diff } = await collect(root);
    expect(state).toMatchObject({ branch: 'main', dirty: true });
    expect(diff && Buffer.from(diff)).toEqual(plain);
    expect(existsSync(marker) ? readFileSync(marker, 'utf8') : 'nothing ran').toBe('nothing ran');

    // The trap is one: git that nobody holds back walks into it.
    git(root, 'diff', 'HEAD');
    expect(readFileSync(marker, 'utf8')).toContain('evil.sh');
  },
);

test.skipIf(process.platform === 'win32')(
  'nothing that the repository of a submodule names is run',
  async () => {
    const inner = makeRepository();
    writeFileSync(join(inner, 'a'), '1');
    commitAll(inner);
    const root = makeRepository();
    git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub');
    commitAll(root);
    const marker = join(makeWorkspaceFolder(), 'ran');
    const script = join(root, '.git', 'evil.sh');
    writeFileSync(script, `#!/bin/sh\necho "$0 $*" >> '${marker}'\nexit 1\n`);
    chmodSync(script, 0o755);
    git(join(root, 'sub'), 'config', 'core.fsmonitor', script);
    writeFileSync(join(root, 'sub', 'a'), '2');

    const { state } = await collect(root);
    expect(state?.branch).toBe('main');
    expect(existsSync(marker)).toBe(false);
    git(root, 'diff', 'HEAD');
    expect(existsSync(marker)).toBe(true);
  },
);

test("the user's own way to show diffs does not change what is recorded", async () => {
  const root = makeRepository();
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'train.py'), 'lr = 1\n');
  commitAll(root);
  writeFileSync(join(root, 'train.py'), 'lr = 2\n');
  const plain = git(root, 'diff', '--binary', 'HEAD');
  const settings = {
    'diff.noprefix': 'true',
    'diff.mnemonicPrefix': 'true',
    'diff.relative': 'true',
    'color.ui': 'always',
    'diff.context': '0',
    'diff.wordRegex': '.',
  };
  for (const [key, value] of Object.entries(settings)) git(root, 'config', key, value);
  const { diff } = await collect(join(root, 'src'));
  expect(diff?.length).toBeGreaterThan(0);
  expect(diff && Buffer.from(diff).toString()).toBe(plain.toString());
});
