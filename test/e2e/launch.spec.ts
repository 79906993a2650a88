import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { createVsCodeTest } from '../support/vscodeFixture';

const python = '.venv/bin/python';

/** Prints an epoch each time the test lets it, and keeps what it prints. */
const stepwise = `
import pathlib, sys, time
def say(text):
    print(text, flush=True)
    with open("printed", "a") as file: file.write(text + "\\r\\n")
say(f"a terminal: {sys.stdout.isatty()}")
for epoch in range(1, 5):
    while not pathlib.Path(f"go{epoch}").exists(): time.sleep(0.02)
    say(f"epoch {epoch}/4 | loss {1 / epoch:.4f} | val_acc {0.9 + epoch / 100:.4f}")
sys.exit(3)
`;
/** Wants to be asked twice. */
const endless = `
import signal, sys, time
if "--stubborn" in sys.argv: signal.signal(signal.SIGINT, signal.SIG_IGN)
for step in range(100000):
    print(f"step {step} loss={1 / (step + 1):.5f}", flush=True)
    time.sleep(0.05)
`;
const quick = `
import sys
print(f"epoch 1/1 | loss 0.25 | args {len(sys.argv)}")
`;

const tuned = `
import argparse
import numpy
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--batch-size", type=int, default=8)
args = parser.parse_args()
print(f"epoch 1/1 | loss {args.lr * args.batch_size}")
`;

const test = createVsCodeTest({
  settings: {
    'terminal.integrated.enablePersistentSessions': true,
    // A shell that tells VS Code nothing.
    'terminal.integrated.profiles.linux': { plain: { path: '/bin/sh' } },
    'terminal.integrated.defaultProfile.linux': 'plain',
  },
  prepare(dir) {
    writeFileSync(join(dir, 'stepwise.py'), stepwise);
    writeFileSync(join(dir, 'endless.py'), endless);
    writeFileSync(join(dir, 'quick one.py'), quick);
    writeFileSync(join(dir, 'tuned.py'), tuned);
    mkdirSync(join(dir, '.vscode'), { recursive: true });
    writeFileSync(
      join(dir, '.vscode', 'tasks.json'),
      JSON.stringify({
        version: '2.0.0',
        tasks: [
          { type: 'epochlog', label: 'quick task', script: 'quick one.py', args: ['--lr', 'a b'] },
        ],
      }),
    );
  },
});

interface Run {
  readonly id: string;
  readonly status: string;
  readonly exitCode?: number;
  readonly metrics: readonly { readonly key: string; readonly count: number }[];
  readonly source: {
    readonly kind: string;
    readonly commandLine?: string;
    readonly script?: string;
  };
}
const newestRun = `const { runs } = await vscode.extensions.getExtension('epochlog.epochlog').exports.snapshot();
  return runs[0];`;

const runCommand = 'Epochlog: Run with Epochlog';

test('a command runs in plain sh, and its run goes on through a reload to its end', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  const runs = workbench.view('Runs');
  const allow = (epoch: number) => writeFileSync(join(workspaceDir, `go${epoch}`), '');
  await workbench.openActivity('Epochlog');
  await workbench.command(runCommand);
  await workbench.input(`${python} stepwise.py --lr 0.5`);
  await expect.poll(() => runs.text()).toMatch(/stepwise\.py · lr=0\.5 {2}running/);
  allow(1);
  allow(2);
  await expect.poll(() => runs.text()).toMatch(/stepwise\.py · lr=0\.5 {2}val_acc 0\.92 · running/);
  const before = await rpc.evaluate<Run>(newestRun);

  await workbench.reload();
  await workbench.openActivity('Epochlog');
  allow(3);
  await expect.poll(() => runs.text()).toMatch(/stepwise\.py · lr=0\.5 {2}val_acc 0\.93 · running/);
  // The program is still in a terminal of this window.
  await rpc.until('the terminal', `return vscode.window.terminals.length > 0`, undefined, 20_000);
  allow(4);
  await expect.poll(() => runs.text()).toMatch(/stepwise\.py · lr=0\.5 {2}val_acc 0\.94 · failed/);
  const run = await rpc.evaluate<Run>(newestRun);
  expect(run).toMatchObject({ id: before.id, status: 'failed', exitCode: 3 });
  expect(run.source).toMatchObject({ kind: 'launch', script: 'stepwise.py' });
  const printed = run.metrics.filter(({ key }) => !key.startsWith('system/'));
  expect(printed.map(({ key, count }) => [key, count])).toEqual([
    ['loss', 4],
    ['val_acc', 4],
  ]);
  const log = readFileSync(join(workspaceDir, '.epochlog', 'logs', `${run.id}.log`), 'utf8');
  expect(log).toBe(readFileSync(join(workspaceDir, 'printed'), 'utf8'));
  expect(log).toContain('a terminal: True');
  expect(existsSync(join(workspaceDir, '.epochlog', 'launches', run.id))).toBe(false);
  await expect.poll(() => workbench.terminal.text()).toContain('Ended with exit code 3.');
});

test('a run is stopped from the tree, and killed where it does not want to', async ({
  workbench,
}) => {
  const runs = workbench.view('Runs');
  await workbench.command(runCommand);
  await workbench.input(`${python} endless.py --rate 2`);
  await expect.poll(() => runs.text()).toMatch(/endless\.py · rate=2 {2}loss .* · running/);
  await runs.inlineAction('endless.py · rate=2', 'Stop Run');
  await expect.poll(() => runs.text()).toMatch(/endless\.py · rate=2 {2}loss .* · killed/);

  await workbench.command(runCommand);
  await workbench.input(`${python} endless.py --stubborn`);
  await expect.poll(() => runs.text()).toMatch(/endless\.py · stubborn=true {2}loss .* · running/);
  await workbench.command('Epochlog: Stop Run');
  await workbench
    .notification('was asked to stop and has not done so yet')
    .getByRole('button', { name: 'Kill' })
    .click();
  await expect.poll(() => runs.text()).toMatch(/endless\.py · stubborn=true {2}loss .* · killed/);
});

test('a file runs with the interpreter of its folder, and is offered again', async ({
  workbench,
  rpc,
}) => {
  const runs = workbench.view('Runs');
  await workbench.openFile('quick one.py');
  await workbench.command(runCommand);
  const [first = '', ...others] = await workbench.picks();
  expect(first).toBe(`${python} 'quick one.py'`);
  expect(others).toContain(`${python} stepwise.py --lr 0.5`);
  await workbench.pick(first);
  await expect.poll(() => runs.text()).toMatch(/quick one\.py {2}loss 0\.25 · \d/);
  expect((await rpc.evaluate<Run>(newestRun)).source.commandLine).toBe(first);
});

test('a task of type epochlog is recorded once', async ({ workbench, rpc }) => {
  const runs = workbench.view('Runs');
  await workbench.command('Tasks: Run Task');
  await workbench.pick('quick task');
  await expect.poll(() => runs.text()).toMatch(/quick one\.py · lr=a b {2}loss 0\.25 · \d/);
  expect(await rpc.evaluate<Run>(newestRun)).toMatchObject({
    status: 'finished',
    exitCode: 0,
    source: { kind: 'launch', commandLine: `${python} 'quick one.py' --lr 'a b'` },
  });
  expect((await runs.text()).match(/lr=a b/g)).toHaveLength(1);
});

test('a run is repeated with other params, and said to be the same where none is', async ({
  workbench,
  rpc,
}) => {
  const runs = workbench.view('Runs');
  await workbench.command(runCommand);
  await workbench.input(`${python} tuned.py --lr 0.5`);
  await expect.poll(() => runs.text()).toMatch(/tuned\.py · lr=0\.5 {2}loss 4 · \d/);

  await runs.contextMenu('tuned.py · lr=0.5', 'Run Again with Changed Params');
  await workbench.pick('lr');
  await workbench.input('0.25');
  await workbench.pick('batch_size');
  await workbench.input('16');
  await expect(workbench.page.locator('.quick-input-list')).toContainText(
    `${python} tuned.py --lr 0.25 --batch-size 16`,
  );
  await workbench.page.keyboard.press('Enter');
  const name = 'tuned.py · lr=0.25 batch_size=16';
  await expect.poll(() => runs.text()).toMatch(/lr=0\.25 batch_size=16 {2}loss 4 · \d/);
  const { source } = await rpc.evaluate<Run>(newestRun);
  expect(source).toEqual({
    ...{ kind: 'launch', cwd: expect.any(String), script: 'tuned.py' },
    commandLine: `${python} tuned.py --lr 0.25 --batch-size 16`,
  });
  expect(await runs.text()).not.toContain('same as');

  await runs.contextMenu(name, 'Run Again');
  await expect.poll(() => runs.text()).toMatch(/loss 4 · [^\n]* · same as just now \(loss 4\)/);
  await runs.expand(name);
  await expect.poll(() => runs.text()).toMatch(/Ran Before {2}tuned\.py · lr=0\.25/);
});
