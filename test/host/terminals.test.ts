import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { type Terminal, Uri, window, workspace } from 'vscode';
import { logUri } from '../../src/ui/logDocuments';
import { pythonCommand } from '../../tools/start/prerequisites.mjs';
import { recordedRuns, until, workspaceRoot } from './epochlog';

const terminals: Terminal[] = [];

/** Runs a command in a new terminal that has shell integration. */
async function runInTerminal(commandLine: string): Promise<Terminal> {
  const terminal = window.createTerminal({ cwd: workspaceRoot() });
  terminals.push(terminal);
  const shell = await until('shell integration', () => terminal.shellIntegration);
  shell.executeCommand(commandLine);
  return terminal;
}

function writeScript(name: string, ...lines: readonly string[]): string {
  writeFileSync(Uri.joinPath(workspaceRoot(), name).fsPath, `${lines.join('\n')}\n`);
  return `${pythonCommand()} ${name}`;
}

const findRun = async (script: string) =>
  (await recordedRuns()).find(
    ({ source }) => source.kind === 'terminal' && source.script === script,
  );

suite('terminals', () => {
  suiteTeardown(() => {
    for (const terminal of terminals) terminal.dispose();
  });

  test('a command that prints a metric is a run, and its log can be read', async () => {
    const command = writeScript(
      'colours.py',
      'import sys',
      "sys.stdout.reconfigure(encoding='utf-8')",
      "for i in range(3): sys.stdout.write(f'\\r\\x1b[32m{i}/3 größer\\x1b[0m')",
      'print()',
      "print('epoch 1 loss=0.5 🚀', flush=True)",
    );
    await runInTerminal(`${command} --lr 0.1`);
    const run = await until('the end of the run, and the size of its log', async () => {
      const found = await findRun('colours.py');
      return found?.status === 'finished' && found.logBytes > 0 && found;
    });
    deepStrictEqual(
      run.params.map(({ key, value }) => `${key}=${value}`),
      ['lr=0.1'],
    );
    deepStrictEqual(
      run.metrics.map(({ key, last }) => `${key}=${last}`),
      ['loss=0.5'],
    );
    strictEqual(run.exitCode, 0);

    const uri = logUri(run);
    const document = await workspace.openTextDocument(uri);
    const text = document.getText().replaceAll('\r\n', '\n');
    match(text, /^2\/3 größer\nepoch 1 loss=0\.5 🚀/);
    ok(!text.includes('\x1b'), 'the log has no escapes');
    ok(uri.path.endsWith('/colours.py.log'), uri.path);
  });

  test('the log of a run that is not there is empty', async () => {
    const uri = Uri.from({ scheme: 'epochlog-log', path: '/no-such-run/x.log' });
    strictEqual((await workspace.openTextDocument(uri)).getText(), '');
  });

  test('a command that is no training leaves nothing', async () => {
    const command = writeScript('report.py', "print('wrote report in 3 s')");
    const before = (await recordedRuns()).length;
    const ended = new Promise<void>((resolve) => {
      const stop = window.onDidEndTerminalShellExecution(({ execution }) => {
        if (!execution.commandLine.value.includes('report.py')) return;
        stop.dispose();
        resolve();
      });
    });
    await runInTerminal(command);
    await ended;
    // A training after it shows that all before it is through.
    await runInTerminal(writeScript('after.py', "print('epoch 1 loss=0.5')"));
    await until('the run after it', () => findRun('after.py'));
    strictEqual(await findRun('report.py'), undefined);
    strictEqual((await recordedRuns()).length, before + 1);
  });

  test('a terminal that is closed ends its run as killed', async () => {
    const terminal = await runInTerminal(
      writeScript(
        'long.py',
        "print('epoch 1 loss=0.5', flush=True)",
        'import time',
        'time.sleep(60)',
      ),
    );
    await until('the run', () => findRun('long.py'));
    terminal.dispose();
    await until('its end', async () => (await findRun('long.py'))?.status === 'killed');
  });
});
