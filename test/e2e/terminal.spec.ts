import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { untilEditorKept } from '../support/untilEditorKept';
import { createVsCodeTest } from '../support/vscodeFixture';

const python = '.venv/bin/python';

/** Prints an epoch each time the test lets it, so that nothing here depends on how fast a machine is. */
const stepwise = `
import pathlib, sys, time
print("starting", flush=True)
for epoch in range(1, 4):
    while not pathlib.Path(f"go{epoch}").exists():
        time.sleep(0.02)
    print(f"epoch {epoch}/3 | loss {1 / epoch:.4f} | val_acc {0.9 + epoch / 100:.4f}", flush=True)
while not pathlib.Path("go4").exists():
    time.sleep(0.02)
`;
/** Imports a training library and fails before it prints a metric. */
const broken = `
import sklearn.linear_model
raise SystemExit("no data")
`;
const endless = `
import time
for step in range(10000):
    print(f"step {step} loss={1 / (step + 1):.5f}", flush=True)
    time.sleep(0.05)
`;

const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd });

const test = createVsCodeTest({
  prepare(dir) {
    writeFileSync(join(dir, 'stepwise.py'), stepwise);
    writeFileSync(join(dir, 'broken.py'), broken);
    writeFileSync(join(dir, 'endless.py'), endless);
    git(dir, 'init', '-q', '-b', 'trunk');
    git(dir, 'add', '--', 'train.py', 'stepwise.py');
    git(dir, 'commit', '-q', '-m', 'start');
    writeFileSync(join(dir, 'stepwise.py'), `${stepwise}\n# an uncommitted line\n`);
  },
});

interface Snapshot {
  readonly runs: readonly {
    readonly id: string;
    readonly status: string;
    readonly exitCode?: number;
    readonly params: readonly {
      readonly key: string;
      readonly value: string;
      readonly origin: string;
    }[];
    readonly metrics: readonly {
      readonly key: string;
      readonly last: number;
      readonly count: number;
    }[];
    readonly tags: Readonly<Record<string, string>>;
    readonly codeState?: {
      readonly commit?: string;
      readonly branch?: string;
      readonly dirty?: boolean;
      readonly diff?: string;
      readonly script?: string;
    };
    readonly source: {
      readonly commandLine?: string;
      readonly cwd?: string;
      readonly script?: string;
    };
  }[];
}
const snapshot = `return vscode.extensions.getExtension('epochlog.epochlog').exports.snapshot()`;

test('teaches while there is nothing to show', async ({ workbench }) => {
  await workbench.openActivity('Epochlog');
  expect(await workbench.view('Runs').welcome()).toContain('python train.py');
  expect(await workbench.view('Notebooks').welcome()).toContain('Save a notebook');
});

test('leaves no trace of commands that do not train', async ({ workbench, rpc, workspaceDir }) => {
  await workbench.terminal.open();
  await workbench.terminal.run('ls -la');
  await workbench.terminal.run('git log --stat | cat');
  await workbench.terminal.run(`${python} -c "print(sum(range(1000000)))"`);
  await workbench.terminal.run('grep -n loss train.py');
  expect((await rpc.evaluate<Snapshot>(snapshot)).runs).toEqual([]);
  expect(await workbench.view('Runs').welcome()).toContain('No runs');
  // The record keeps itself out of git, by its own ignore file.
  expect(git(workspaceDir, 'status', '--porcelain').toString()).not.toContain('.epochlog');
});

test('shows each metric in tree, status bar and chart while the command runs', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  const runs = workbench.view('Runs');
  const allow = (epoch: number) => writeFileSync(join(workspaceDir, `go${epoch}`), '');
  await workbench.terminal.start(`${python} stepwise.py --lr 0.5 --name "two words"`);
  allow(1);
  await expect
    .poll(() => runs.text())
    .toMatch(/stepwise\.py · lr=0\.5 name=two words {2}val_acc 0\.91 · running/);
  await expect(workbench.statusBar('epochlog.recording')).toContainText(
    'stepwise.py · val_acc 0.91',
  );
  await runs.expand('stepwise.py · lr=0.5 name=two words');
  await expect.poll(() => runs.text()).toMatch(/ {4}loss {2}1\n/);

  await runs.click('stepwise.py · lr=0.5 name=two words');
  const shown = await workbench.webview('runPage');
  await expect(shown.getByRole('region', { name: 'Summary' })).toContainText('val_acc0.91');
  allow(2);
  await expect.poll(() => runs.text()).toContain('val_acc 0.92 · running');
  await expect.poll(() => runs.text()).toMatch(/ {4}loss {2}0\.5\n/);
  await expect(shown.locator('body')).toContainText('0.92');
  await expect(shown.locator('body')).toContainText('Running');
  allow(3);
  allow(4);
  await expect.poll(() => runs.text()).toMatch(/val_acc 0\.93 · \d/);
  await expect(shown.locator('body')).toContainText('Finished');
  await expect(workbench.statusBar('epochlog.recording')).toBeHidden();

  const {
    runs: [run],
  } = await rpc.evaluate<Snapshot>(snapshot);
  expect(run).toMatchObject({
    status: 'finished',
    exitCode: 0,
    source: { cwd: workspaceDir, script: 'stepwise.py' },
    codeState: { branch: 'trunk', dirty: true },
  });
  expect(run?.source.commandLine).toContain('stepwise.py --lr 0.5');
  expect(run?.codeState?.commit).toBe(git(workspaceDir, 'rev-parse', 'HEAD').toString().trim());
  expect(run?.codeState?.diff).toMatch(/^[0-9a-f]{64}$/);
  expect(run?.codeState?.script).toMatch(/^[0-9a-f]{64}$/);
  expect(run?.params).toEqual(
    expect.arrayContaining([{ key: 'lr', value: '0.5', origin: 'argv' }]),
  );
  const trained = run?.metrics.filter(({ key }) => !key.startsWith('system/'));
  expect(trained?.map(({ key, last, count }) => [key, last, count])).toEqual([
    ['loss', 0.3333, 3],
    ['val_acc', 0.93, 3],
  ]);
});

test('opens the log of a run as text', async ({ workbench, rpc }) => {
  await workbench.view('Runs').contextMenu('stepwise.py · lr=0.5 name=two words', 'Open Log');
  await workbench.tab('stepwise.py.log').waitFor();
  const text = await rpc.until<string>(
    'the log',
    'return vscode.window.activeTextEditor?.document.getText()',
  );
  expect(text.replaceAll('\r', '')).toContain(
    'epoch 2/3 | loss 0.5000 | val_acc 0.9200\nepoch 3/3 | loss 0.3333',
  );
  expect(text).not.toContain('\u001b');
  await workbench.closeAllEditors();
});

test('keeps a training that fails before its first metric, and one that is killed', async ({
  workbench,
  rpc,
}) => {
  const runs = workbench.view('Runs');
  expect((await workbench.terminal.run(`${python} broken.py`)).exitCode).toBe(1);
  await expect.poll(() => runs.text()).toMatch(/broken\.py {2}failed/);

  await workbench.terminal.start(`${python} endless.py --rate 2`);
  await expect.poll(() => runs.text()).toMatch(/endless\.py · rate=2 {2}loss .* · running/);
  await workbench.terminal.press('Control+c');
  await expect.poll(() => runs.text()).toMatch(/endless\.py · rate=2 {2}loss .* · killed/);
  const {
    runs: [killed],
  } = await rpc.evaluate<Snapshot>(snapshot);
  expect(killed).toMatchObject({ status: 'killed', exitCode: 130 });
});

test('records nothing while paused', async ({ workbench, rpc }) => {
  const before = (await rpc.evaluate<Snapshot>(snapshot)).runs.length;
  await workbench.command('Epochlog: Pause Recording');
  await expect(workbench.statusBar('epochlog.recording')).toContainText('paused');
  await workbench.terminal.run(`${python} stepwise.py --lr 9`);
  await workbench.statusBar('epochlog.recording').click();
  await expect(workbench.statusBar('epochlog.recording')).toBeHidden();
  expect((await rpc.evaluate<Snapshot>(snapshot)).runs).toHaveLength(before);
});

test('leaves out what the settings say', async ({ workbench, rpc }) => {
  const before = (await rpc.evaluate<Snapshot>(snapshot)).runs.length;
  const set = (id: string, value: unknown) =>
    rpc.evaluate(`await vscode.workspace.getConfiguration().update(arg.id, arg.value, true)`, {
      id,
      value,
    });
  await set('epochlog.recording.excludeCommands', ['--secret-plan']);
  await set('epochlog.recording.excludePaths', ['brok*.py']);
  await set('epochlog.recording.includeCommands', ['echo "keep*']);
  await workbench.terminal.run(`${python} stepwise.py --secret-plan`);
  await workbench.terminal.run(`${python} broken.py`);
  await workbench.terminal.run('echo "keep me"; sleep 0.2');
  await expect.poll(() => workbench.view('Runs').text()).toContain('echo "keep me"');
  expect((await rpc.evaluate<Snapshot>(snapshot)).runs).toHaveLength(before + 1);
});

test('records a real training, with the change against the run before', async ({
  workbench,
  rpc,
}) => {
  const runs = workbench.view('Runs');
  await workbench.terminal.run(`${python} train.py --lr 0.01 --epochs 2`, 120_000);
  await workbench.terminal.run(`${python} train.py --lr 0.0001 --epochs 2`, 120_000);
  await expect
    .poll(() => runs.text())
    .toMatch(/train\.py · lr=0\.0001 epochs=2 {2}val_acc 0\.\d+ · \d/);
  const {
    runs: [second, first],
  } = await rpc.evaluate<Snapshot>(snapshot);
  for (const run of [first, second]) {
    expect(run?.metrics.map(({ key, count }) => `${key} ${count}`)).toEqual(
      expect.arrayContaining(['loss 2', 'val_loss 2', 'val_acc 2', 'test_acc 1']),
    );
  }
});

test('tags and compares two runs from the palette', async ({ workbench }) => {
  const runs = workbench.view('Runs');
  await workbench.command('Epochlog: Tag…');
  await workbench.pick('train.py · lr=0.01 epochs=2');
  await workbench.input('baseline');
  await expect.poll(() => runs.text()).toContain('#baseline');

  await workbench.command('Epochlog: What Changed?');
  await workbench.pickMany(['train.py · lr=0.01 epochs=2', 'train.py · lr=0.0001 epochs=2']);
  const compare = await workbench.webview('compare');
  const row = compare.getByRole('row', { name: /^lr/ });
  await expect(row).toContainText('0.01');
  await expect(row).toContainText('0.0001');
  await expect(compare.getByRole('row', { name: /^val_acc/ })).toContainText(/worse|better/);
  await workbench.closeAllEditors();
});

test('stars, renames, notes, and deletes with undo', async ({ workbench }) => {
  const runs = workbench.view('Runs');
  await runs.inlineAction('train.py · lr=0.01 epochs=2', 'Star or Remove Star');
  await expect.poll(() => runs.text()).toMatch(/lr=0\.01 epochs=2 {2}★/);
  await runs.contextMenu('train.py · lr=0.01 epochs=2', 'Rename Run…');
  await workbench.input('the good one');
  await runs.row('the good one').waitFor();
  await runs.contextMenu('the good one', 'Edit Note…');
  await workbench.input('small steps work');
  await runs.expand('the good one');
  await expect.poll(() => runs.text()).toContain('Note  small steps work');
  await runs.collapse('the good one');

  await runs.contextMenu('endless.py · rate=2', 'Delete');
  await runs.row('endless.py · rate=2').waitFor({ state: 'detached' });
  await workbench
    .notification('Deleted endless.py · rate=2')
    .getByRole('button', { name: 'Undo' })
    .click();
  await runs.row('endless.py · rate=2').waitFor();
  // By the keyboard, and back by the palette.
  await runs.click('endless.py · rate=2');
  await workbench.webview('runPage');
  // A click in the tree shows the run and leaves the keyboard where it is.
  await workbench.page.keyboard.press('Delete');
  await runs.row('endless.py · rate=2').waitFor({ state: 'detached' });
  await workbench.command('Epochlog: Undo Delete');
  await runs.row('endless.py · rate=2').waitFor();
  await workbench.closeAllEditors();
});

test('shows the last result above training code, which opens the run', async ({ workbench }) => {
  await workbench.openFile('train.py');
  // To the function that trains.
  await workbench.page.keyboard.press('Control+g');
  await workbench.page.keyboard.type('70');
  await workbench.page.keyboard.press('Enter');
  const lens = workbench.codeLens('val_acc');
  await expect(lens).toContainText(/val_acc 0\.\d+ [▲▼] [+−][\d.]+ (better|worse)/);
  await lens.click();
  const shown = await workbench.webview('runPage');
  await expect(shown.locator('body')).toContainText('lr=0.0001');
  await workbench.codeLens('Actions…').click();
  expect(await workbench.picks()).toEqual(
    expect.arrayContaining([
      expect.stringContaining('Compare with the Run Before'),
      expect.stringContaining('Show History'),
      expect.stringContaining('Run Again'),
    ]),
  );
  await workbench.page.keyboard.press('Escape');
});

test('shows all runs in the table, which acts on them', async ({ workbench }) => {
  await workbench.closeAllEditors();
  await workbench.command('Epochlog: Show Run Table');
  const table = await workbench.webview('runTable');
  await expect(table.getByRole('row', { name: /the good one/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /broken\.py/ })).toContainText('Failed');
});

test('finds everything again after a reload', async ({ workbench, rpc, workspaceDir }) => {
  const before = await rpc.evaluate<Snapshot>(snapshot);
  await untilEditorKept(workbench.page, 'epochlog.runTable');
  await workbench.reload();
  await workbench.openActivity('Epochlog');
  const runs = workbench.view('Runs');
  await runs.row('the good one').waitFor();
  expect(await rpc.evaluate<Snapshot>(snapshot)).toEqual(before);
  const table = await workbench.webview('runTable');
  await expect(table.getByRole('row', { name: /the good one/ })).toBeVisible();
  expect(existsSync(join(workspaceDir, '.epochlog'))).toBe(true);
  expect(readdirSync(join(workspaceDir, '.epochlog')).length).toBeGreaterThan(2);
});

test('marks a run that a reload cut off and keeps what it had', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  const runs = workbench.view('Runs');
  await workbench.terminal.open();
  await workbench.terminal.start(`${python} endless.py --again`);
  await expect.poll(() => runs.text()).toMatch(/endless\.py · again=true {2}loss .* · running/);
  await workbench.reload();
  await workbench.openActivity('Epochlog');
  await expect.poll(() => runs.text()).toMatch(/endless\.py · again=true {2}loss .* · interrupted/);
  expect(existsSync(join(workspaceDir, '.epochlog'))).toBe(true);
  const {
    runs: [cut],
  } = await rpc.evaluate<Snapshot>(snapshot);
  expect(cut?.metrics[0]?.count).toBeGreaterThan(0);
});
