import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { createVsCodeTest } from '../support/vscodeFixture';

const training = `import sys
from sklearn.linear_model import SGDClassifier

model = SGDClassifier()
model.fit([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1])
print(f"epoch 1/1 | loss {float(sys.argv[2]):.4f}")
print("<< judged 7.5 by the jury >>")
`;

/** Where each trap leaves a file of its name, if anything springs it. */
const sprung = (dir: string) => join(dir, '..', 'sprung');
const sprungTraps = (dir: string) => readdirSync(sprung(dir));

const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'ignore'],
  });

/** A repository that has git run programs of its own as soon as anyone asks what changed. */
function layTraps(dir: string): void {
  mkdirSync(sprung(dir));
  git(dir, 'init', '-q', '-b', 'trunk');
  writeFileSync(join(dir, 'data.txt'), '1\n');
  writeFileSync(join(dir, 'notes.md'), '1\n');
  git(dir, 'add', '--', 'kept.py', 'data.txt', 'notes.md');
  git(dir, 'commit', '-q', '-m', 'start');
  writeFileSync(join(dir, 'kept.py'), `${training}# not committed\n`);
  writeFileSync(join(dir, 'data.txt'), '2\n');
  writeFileSync(join(dir, 'notes.md'), '2\n');
  const trap = (path: string, name: string) => {
    writeFileSync(path, `#!/bin/sh\n: > "${join(sprung(dir), name)}"\n`, { mode: 0o755 });
    return path;
  };
  const tools = join(dir, '.git', 'tools');
  mkdirSync(tools);
  git(dir, 'config', 'core.fsmonitor', trap(join(tools, 'fsmonitor'), 'fsmonitor'));
  git(dir, 'config', 'diff.external', trap(join(tools, 'external'), 'external'));
  git(dir, 'config', 'diff.python.command', trap(join(tools, 'driver'), 'driver'));
  git(dir, 'config', 'diff.notes.textconv', trap(join(tools, 'textconv'), 'textconv'));
  writeFileSync(join(dir, '.git', 'info', 'attributes'), '*.py diff=python\n*.md diff=notes\n');
  trap(join(dir, '.git', 'hooks', 'post-index-change'), 'post-index-change');
}

const test = createVsCodeTest({
  trust: 'ask',
  settings: {
    // A user's own choice: without it VS Code opens no terminal here.
    'terminal.integrated.allowInUntrustedWorkspace': true,
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.banner': 'never',
  },
  prepare(dir) {
    writeFileSync(join(dir, 'left_out.py'), training);
    writeFileSync(join(dir, 'kept.py'), training);
    mkdirSync(join(dir, '.vscode'));
    writeFileSync(
      join(dir, '.vscode', 'settings.json'),
      JSON.stringify({
        'epochlog.recording.excludeCommands': ['left_out.py'],
        'epochlog.metrics.patterns': [{ name: 'jury', pattern: 'judged (?<value>{number})' }],
      }),
    );
    layTraps(dir);
  },
});

interface Snapshot {
  readonly runs: readonly {
    readonly source: { readonly script?: string };
    readonly metrics: readonly { readonly key: string }[];
    readonly codeState?: {
      readonly commit?: string;
      readonly branch?: string;
      readonly dirty?: boolean;
      readonly diff?: string;
      readonly script?: string;
    };
  }[];
}
const snapshot = `return vscode.extensions.getExtension('epochlog.epochlog').exports.snapshot()`;
const restricted = '.statusbar-item[aria-label^="Restricted Mode"]';
const python = '.venv/bin/python';

test('in Restricted Mode a training is recorded, and no pattern of the workspace hides it', async ({
  workbench,
}) => {
  await expect(workbench.page.locator(restricted)).toBeVisible();
  await workbench.openActivity('Epochlog');
  await workbench.terminal.open();
  expect((await workbench.terminal.run(`${python} left_out.py --loss 0.5`)).exitCode).toBe(0);
  const runs = workbench.view('Runs');
  await expect.poll(() => runs.text()).toMatch(/left_out\.py.* {2}loss 0\.5 · /);
});

test('a metric pattern of the workspace names nothing yet', async ({ rpc }) => {
  const [run] = (await rpc.evaluate<Snapshot>(snapshot)).runs;
  const keys = run?.metrics.map(({ key }) => key);
  expect(keys).toContain('loss');
  expect(keys).not.toContain('jury');
});

test('its script is kept, and git is not asked', async ({ workbench, rpc, workspaceDir }) => {
  await rpc.until(
    'the code of the run',
    `const { runs } = await vscode.extensions.getExtension('epochlog.epochlog').exports.snapshot();
     return runs[0]?.codeState`,
  );
  const [run] = (await rpc.evaluate<Snapshot>(snapshot)).runs;
  expect(Object.keys(run?.codeState ?? {})).toEqual(['script']);
  expect(sprungTraps(workspaceDir)).toEqual([]);
  const runs = workbench.view('Runs');
  await runs.expand('left_out.py · loss=0.5');
  await expect.poll(() => runs.text()).toContain('Code  script only');
});

test('its pages open, and a notebook save is kept', async ({ workbench }) => {
  const runs = workbench.view('Runs');
  await runs.click('left_out.py · loss=0.5');
  const shown = await workbench.webview('runPage');
  await expect(shown.getByRole('region', { name: 'Summary' })).toContainText('loss');
  await workbench.openFile('explore.ipynb');
  await workbench.notebook.untilReady();
  await workbench.save();
  await expect.poll(() => workbench.view('Notebooks').text()).toContain('Saved  first, 8 cells');
});

test('what is recorded is not run again, and it is said why', async ({ workbench, rpc }) => {
  await workbench.openFile('left_out.py');
  await workbench.codeLens('Actions…').click();
  await workbench.pick('Run Again');
  const refusal = workbench.notification('Trust this workspace to run a recorded command again.');
  await expect(refusal).toBeVisible();
  expect(await rpc.evaluate('return vscode.window.terminals.length')).toBe(1);
  expect((await rpc.evaluate<Snapshot>(snapshot)).runs.length).toBe(1);
});

test('once trusted, git is asked and the patterns count, and no program of the repository runs', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  await workbench.page.locator(restricted).click();
  await workbench.page
    .locator('.workspace-trust-editor')
    .getByRole('button', { name: /^Trust/ })
    .first()
    .click();
  await expect(workbench.page.locator(restricted)).toHaveCount(0);
  await rpc.until('trust', 'return vscode.workspace.isTrusted');
  await workbench.terminal.open();
  expect((await workbench.terminal.run(`${python} left_out.py --loss 0.4`)).exitCode).toBe(0);
  expect((await workbench.terminal.run(`${python} kept.py --loss 0.3`)).exitCode).toBe(0);
  const runs = workbench.view('Runs');
  await expect.poll(() => runs.text()).toMatch(/kept\.py.* {2}loss 0\.3 · /);
  expect(await runs.text()).not.toContain('loss 0.4');
  const [newest] = (await rpc.evaluate<Snapshot>(snapshot)).runs;
  expect(newest?.metrics.map(({ key }) => key)).toContain('jury');

  const head = git(workspaceDir, 'rev-parse', 'HEAD').toString().trim();
  const recorded = await rpc.until<Snapshot['runs'][number]>(
    'the code of the run',
    `const { runs } = await vscode.extensions.getExtension('epochlog.epochlog').exports.snapshot();
     return runs[0]?.codeState?.commit && runs[0]`,
  );
  expect(recorded.codeState).toMatchObject({ commit: head, branch: 'trunk', dirty: true });
  expect(recorded.codeState?.diff).toBeTruthy();
  expect(sprungTraps(workspaceDir)).toEqual([]);
});

test('the traps were set: plain git springs them', async ({ workspaceDir }) => {
  git(workspaceDir, 'diff', 'HEAD');
  git(workspaceDir, 'diff', '--no-ext-diff', 'HEAD');
  git(workspaceDir, 'add', '--', 'kept.py');
  expect(sprungTraps(workspaceDir).sort()).toEqual([
    'driver',
    'external',
    'fsmonitor',
    'post-index-change',
    'textconv',
  ]);
});
