import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Rpc } from '../../tools/vscodeHost/rpc';
import { notebookText } from '../support/notebookText';
import { createVsCodeTest } from '../support/vscodeFixture';

/** A workspace of two folders, each with a notebook and a script of the same name. */
const other = (dir: string) => join(dir, '..', 'other');

const test = createVsCodeTest({
  workspaceFile: join('..', 'both.code-workspace'),
  prepare(dir) {
    mkdirSync(other(dir));
    const folders = [{ path: dir }, { path: other(dir) }];
    writeFileSync(join(dir, '..', 'both.code-workspace'), JSON.stringify({ folders }));
    for (const [folder, loss] of [
      [dir, 0.5],
      [other(dir), 0.25],
    ] as const) {
      writeFileSync(
        join(folder, 'same.py'),
        `import time\ntime.sleep(0.3)\nprint("epoch 1/1 loss=${loss}")\n`,
      );
      writeFileSync(join(folder, 'same.ipynb'), notebookText(`where = ${loss}`));
    }
  },
});

const snapshot = (rpc: Rpc) =>
  rpc.evaluate<{
    readonly runs: readonly {
      readonly source: { readonly script?: string };
      readonly codeState?: { readonly script?: string };
      readonly metrics: readonly { readonly last: number }[];
    }[];
    readonly checkpoints: readonly { readonly notebook: string }[];
  }>(`return vscode.extensions.getExtension('epochlog.epochlog').exports.snapshot()`);

test('a training in any folder is a run of the one record, which lies in the first', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  for (const cwd of [workspaceDir, other(workspaceDir)]) {
    await rpc.evaluate(`vscode.window.createTerminal({ cwd: arg }).show()`, cwd);
    await rpc.until(
      'a terminal with shell integration',
      `const { activeTerminal } = vscode.window;
       return activeTerminal?.creationOptions.cwd === arg && activeTerminal.shellIntegration !== undefined`,
      cwd,
      20_000,
    );
    expect((await workbench.terminal.run('python3 same.py')).exitCode).toBe(0);
  }
  const results = async () =>
    (await snapshot(rpc)).runs.map(({ source, codeState, metrics }) => [
      ...[source.script, codeState?.script !== undefined, metrics[0]?.last],
    ]);
  await expect.poll(results).toEqual(
    expect.arrayContaining([
      ['same.py', true, 0.5],
      [join(other(workspaceDir), 'same.py'), true, 0.25],
    ]),
  );
  expect(existsSync(join(workspaceDir, '.epochlog'))).toBe(true);
  expect(existsSync(join(other(workspaceDir), '.epochlog'))).toBe(false);
});

test('notebooks of one name in two folders have histories of their own', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  const places = [join(workspaceDir, 'same.ipynb'), join(other(workspaceDir), 'same.ipynb')];
  for (const [index, path] of places.entries()) {
    await rpc.evaluate(
      `await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(arg), 'jupyter-notebook')`,
      path,
    );
    await workbench.notebook.untilReady();
    await workbench.notebook.replaceCell(0, `where = "folder ${index}"`);
    await workbench.page.keyboard.press('Escape');
    await workbench.save();
  }
  const names = async () => (await snapshot(rpc)).checkpoints.map(({ notebook }) => notebook);
  await expect.poll(async () => (await names()).length).toBe(2);
  expect((await names()).sort()).toEqual(['same.ipynb', places[1]].sort());

  await workbench.openActivity('Epochlog');
  const notebooks = workbench.view('Notebooks');
  await expect.poll(() => notebooks.text()).toContain('other/same.ipynb\n  Today\n');

  // What is restored goes to the notebook that it came from: the last one saved stands above.
  const kept = places.map((path) => readFileSync(path, 'utf8'));
  for (const path of places) writeFileSync(path, notebookText('changed = 1'));
  await expect.poll(async () => (await names()).length).toBe(4);
  await notebooks.collapse('same.ipynb');
  const oldest = (await notebooks.labels()).filter((label) => label.endsWith('Saved')).at(-1) ?? '';
  await notebooks.contextMenu(oldest, 'Restore Checkpoint…');
  await workbench.dialog('Restore');
  await expect.poll(() => readFileSync(places[1] ?? '', 'utf8')).toBe(kept[1]);
  expect(readFileSync(places[0] ?? '', 'utf8')).toBe(notebookText('changed = 1'));
});
