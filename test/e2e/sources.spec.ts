import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { pickFromContextMenu } from '../../tools/vscodeHost/contextMenu';
import type { Rpc } from '../../tools/vscodeHost/rpc';
import { findShell } from '../../tools/vscodeHost/shells';
import { createVsCodeTest } from '../support/vscodeFixture';

/**
 * The cases of the table of sources: what is run in which shell, and what is recorded of it. Each run
 * is told by its `--name`.
 */
const script = `
import sys, time
time.sleep(0.3)
for epoch in range(1, 4):
    print(f"epoch {epoch}/3 loss={1 / epoch:.4f}", flush=True)
    time.sleep(0.05)
time.sleep(float(sys.argv[3]) if len(sys.argv) > 3 else 0)
`;
const lines = 100_000;
const flood = `
import sys
for step in range(${lines}):
    sys.stdout.write(f"step {step} loss={1 / (step + 1):.6f}\\n")
`;
const python = '.venv/bin/python';
const pace = `${python} pace.py`;

const test = createVsCodeTest({
  prepare(dir) {
    writeFileSync(join(dir, 'pace.py'), script);
    writeFileSync(join(dir, 'flood.py'), flood);
    writeFileSync(join(dir, 'trained.log'), 'epoch 1/2 loss=0.5\nepoch 2/2 loss=0.25\n');
  },
});

interface RecordedRun {
  readonly status: string;
  readonly exitCode?: number;
  readonly logBytes: number;
  readonly params: readonly { readonly key: string; readonly value: string }[];
  readonly metrics: readonly {
    readonly key: string;
    readonly count: number;
    readonly last: number;
  }[];
  readonly source: {
    readonly kind: string;
    readonly commandLine: string;
    readonly logFile?: string;
  };
}

async function runs(rpc: Rpc): Promise<readonly RecordedRun[]> {
  const snapshot = `return vscode.extensions.getExtension('epochlog.epochlog').exports.snapshot()`;
  return (await rpc.evaluate<{ readonly runs: readonly RecordedRun[] }>(snapshot)).runs;
}

async function runOf(rpc: Rpc, name: string): Promise<RecordedRun | undefined> {
  return (await runs(rpc)).find(({ source }) => source.commandLine.includes(`--name ${name}`));
}

/** What was printed; the machine's own series beside it depend on how long a run takes. */
const lossOf = (run: RecordedRun | undefined) => run?.metrics.find(({ key }) => key === 'loss');

/** A new terminal with this shell in front. */
async function openShell(rpc: Rpc, shell: string): Promise<void> {
  await rpc.evaluate(
    `globalThis.shell = vscode.window.createTerminal({ shellPath: arg }); globalThis.shell.show();`,
    findShell(shell),
  );
  if (shell === 'sh') return;
  await rpc.until(
    `shell integration of ${shell}`,
    'return globalThis.shell.shellIntegration !== undefined',
    undefined,
    20_000,
  );
}
const type = (rpc: Rpc, line: string) => rpc.evaluate('globalThis.shell.sendText(arg)', line);

interface Case {
  readonly what: string;
  /** `NAME` is the name of the run. */
  readonly line: string;
  readonly epochs: number;
  readonly status: string;
  readonly exitCode: number | undefined;
  readonly logFile?: string;
  /** Shells in which nothing of it can be seen. */
  readonly unseenIn?: readonly string[];
}

const cases: readonly Case[] = [
  { what: 'plain', line: `${pace} --name NAME`, epochs: 3, status: 'finished', exitCode: 0 },
  {
    what: 'tee',
    line: `${pace} --name NAME | tee tee.log`,
    epochs: 3,
    status: 'finished',
    exitCode: 0,
  },
  {
    what: 'redirected',
    line: `${pace} --name NAME > redirected.log 2>&1`,
    epochs: 3,
    status: 'finished',
    exitCode: 0,
    logFile: 'redirected.log',
  },
  {
    what: 'appended',
    line: `${pace} --name NAME >> redirected.log`,
    epochs: 3,
    status: 'finished',
    exitCode: 0,
    logFile: 'redirected.log',
  },
  // How a job ended nobody says; its last epoch tells.
  {
    what: 'nohup-file',
    line: `nohup ${pace} --name NAME > nohup.log 2>&1 &`,
    epochs: 3,
    status: 'finished',
    exitCode: undefined,
    logFile: 'nohup.log',
  },
  {
    what: 'nohup',
    line: `nohup ${pace} --name NAME &`,
    epochs: 3,
    status: 'finished',
    exitCode: undefined,
    logFile: 'nohup.out',
  },
  {
    what: 'nested',
    line: `bash -c "${pace} --name NAME"`,
    epochs: 3,
    status: 'finished',
    exitCode: 0,
  },
  // bash tells of it when it is over, and neither its command nor its output.
  {
    what: 'subshell',
    line: `( ${pace} --name NAME )`,
    epochs: 3,
    status: 'finished',
    exitCode: 0,
    unseenIn: ['bash'],
  },
];

for (const shell of ['bash', 'zsh']) {
  test(`${shell}: every way to run a training is recorded, and once`, async ({
    workbench,
    rpc,
    workspaceDir,
  }) => {
    test.skip(findShell(shell) === undefined, `${shell} is not there and could not be installed`);
    await workbench.openActivity('Epochlog');
    await openShell(rpc, shell);
    for (const { what, line, epochs, status, exitCode, logFile, unseenIn = [] } of cases) {
      if (unseenIn.includes(shell)) continue;
      const name = `${shell}-${what}`;
      await type(rpc, line.replace('NAME', name));
      const check = async () => {
        const run = await runOf(rpc, name);
        return (
          run &&
          `${what}: ${run.status} ${run.exitCode} ${lossOf(run)?.count} ${run.source.logFile}`
        );
      };
      const file = logFile && join(workspaceDir, logFile);
      await expect
        .poll(check, { timeout: 20_000 })
        .toBe(`${what}: ${status} ${exitCode} ${epochs} ${file}`);
    }
    // bash says what became of a job where the next command begins; zsh says it in between.
    if (shell === 'bash') {
      await expect.poll(async () => (await runOf(rpc, 'bash-nohup'))?.exitCode).toBe(0);
    }
    const names = (await runs(rpc)).flatMap(({ params }) =>
      params.flatMap(({ key, value }) => (key === 'name' ? [value] : [])),
    );
    expect(new Set(names).size).toBe(names.length);
  });
}

test('a loop over several trainings is read to its end', async ({ rpc }) => {
  await type(rpc, `for lr in 1 2; do ${pace} --name loop$lr; done`);
  await expect
    .poll(async () => (await runOf(rpc, 'loop$lr'))?.status, { timeout: 20_000 })
    .toBe('finished');
});

test('a job without a file is a run until it is gone', async ({ rpc }) => {
  // Trained before, as the cases above show, so that it is known for a training.
  await type(rpc, `${pace} --name job 1 &`);
  await expect.poll(async () => (await runOf(rpc, 'job'))?.status).toBe('running');
  await expect
    .poll(async () => (await runOf(rpc, 'job'))?.status, { timeout: 20_000 })
    .toBe('interrupted');
});

test('100,000 lines printed at full speed are all in the log of their run', async ({ rpc }) => {
  test.setTimeout(180_000);
  await type(rpc, `${python} flood.py --name flood`);
  await expect
    .poll(async () => (await runOf(rpc, 'flood'))?.status, { timeout: 120_000 })
    .toBe('finished');
  const kept = await rpc.evaluate<number>(`
    const api = vscode.extensions.getExtension('epochlog.epochlog').exports;
    const { runs } = await api.snapshot();
    const run = runs.find(({ source }) => source.commandLine?.includes('--name flood'));
    const uri = vscode.Uri.from({ scheme: 'epochlog-log', path: '/' + run.id + '/flood.log' });
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    let step = 0;
    for (const line of text.split('\\n')) if (line.startsWith('step ' + step + ' ')) step++;
    return step;`);
  expect(kept).toBe(lines);
  expect(lossOf(await runOf(rpc, 'flood'))).toMatchObject({ count: lines, last: 0.00001 });
});

test('tasks are runs of their own kind', async ({ rpc }) => {
  await rpc.evaluate(
    `const folder = vscode.workspace.workspaceFolders[0];
    for (const [name, execution] of [
      ['shell', new vscode.ShellExecution(arg + ' --name shell-task')],
      ['process', new vscode.ProcessExecution('.venv/bin/python', ['pace.py', '--name', 'process-task'])],
    ]) {
      const type = name;
      await vscode.tasks.executeTask(new vscode.Task({ type }, folder, name, 'tests', execution));
      await new Promise((resolve) => {
        const listener = vscode.tasks.onDidEndTaskProcess(() => (listener.dispose(), resolve()));
      });
    }`,
    pace,
  );
  for (const name of ['shell-task', 'process-task']) {
    await expect
      .poll(async () => (await runOf(rpc, name))?.status, { timeout: 20_000 })
      .toBe('finished');
    expect(await runOf(rpc, name)).toMatchObject({
      exitCode: 0,
      source: { kind: 'task' },
    });
    expect(lossOf(await runOf(rpc, name))?.count).toBe(3);
  }
});

test('a debugged program is one run, wherever its output goes', async ({ rpc, workspaceDir }) => {
  test.setTimeout(180_000);
  for (const console of ['internalConsole', 'integratedTerminal']) {
    await rpc.evaluate(
      `await vscode.debug.startDebugging(vscode.workspace.workspaceFolders[0], arg)`,
      {
        ...{ type: 'debugpy', request: 'launch', name: console, console },
        python: join(workspaceDir, python),
        program: join(workspaceDir, 'pace.py'),
        args: ['--name', console],
        cwd: workspaceDir,
      },
    );
    await expect
      .poll(async () => (await runOf(rpc, console))?.status, { timeout: 60_000 })
      .toBe('finished');
    expect(await runOf(rpc, console)).toMatchObject({
      exitCode: 0,
      source: {
        kind: 'debug',
        commandLine: `${join(workspaceDir, python)} ${join(workspaceDir, 'pace.py')} --name ${console}`,
      },
    });
    expect(lossOf(await runOf(rpc, console))).toMatchObject({ count: 3, last: 0.3333 });
  }
  const debugged = (await runs(rpc)).filter(({ source }) => source.kind === 'debug');
  expect(debugged).toHaveLength(2);
});

for (const [where, shell, line] of [
  ['in a plain sh', 'sh', `${pace} --name unseen 15`],
  ['in parentheses in bash', 'bash', `( ${pace} --name unseen 15 )`],
] as const) {
  test(`${where} nothing can be seen, which is said with what can be done`, async ({
    workbench,
    rpc,
  }) => {
    await openShell(rpc, shell);
    const before = (await runs(rpc)).length;
    const hint = workbench.statusBar('epochlog.unseen');
    await workbench.terminal.start(line);
    await expect(hint).toContainText('pace.py is not recorded', { timeout: 25_000 });
    await hint.hover();
    await expect(workbench.page.locator('.monaco-hover:visible')).toContainText('Attach to Log');
    await workbench.terminal.press('Control+c');
    await expect(hint).toBeHidden();
    expect(await runs(rpc)).toHaveLength(before);
  });
}

test('a log file is attached from the explorer, and followed', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  await workbench.openActivity('Explorer');
  const file = workbench.page.locator('.explorer-folders-view .monaco-list-row', {
    hasText: 'trained.log',
  });
  await pickFromContextMenu(file, 'Attach to Log File…');
  const message = workbench.notification('trained.log is followed as a run');
  await message.waitFor();
  appendFileSync(join(workspaceDir, 'trained.log'), 'epoch 3/3 loss=0.125\n');
  const attached = async () => (await runs(rpc)).find(({ source }) => source.kind === 'logFile');
  await expect.poll(async () => lossOf(await attached())?.count).toBe(3);
  await message.getByRole('button', { name: 'Stop Following' }).click();
  await expect.poll(async () => (await attached())?.status).toBe('finished');
  expect((await attached())?.source.logFile).toBe(join(workspaceDir, 'trained.log'));
});
