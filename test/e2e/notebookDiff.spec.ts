import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { createVsCodeTest } from '../support/vscodeFixture';

const name = 'apply.ipynb';
const plot = 'history.plot(title="Loss of all epochs")';
const added = '# Notes for later';
const train = ['alpha = 0.1', 'model = fit(data, alpha)', 'print(model.score)', '', 'seed = 1'];

function notebookOf(...sources: readonly string[]): string {
  const cells = sources.map((source) => ({
    cell_type: 'code',
    execution_count: null,
    id: `apply-${source.slice(0, 5).trim()}`,
    metadata: {},
    outputs: [],
    source,
  }));
  const metadata = { language_info: { name: 'python' } };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, undefined, 1);
}

const test = createVsCodeTest({
  prepare(dir) {
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], {
        cwd: dir,
      });
    writeFileSync(join(dir, name), notebookOf('import numpy as np', train.join('\n'), plot));
    git('init', '--quiet');
    git('add', name);
    git('commit', '--quiet', '--message', 'Fit the model');
    const edited = train.with(0, 'alpha = 0.5').with(4, 'seed = 2').join('\n');
    writeFileSync(join(dir, name), notebookOf('import numpy as np', edited, added));
  },
});

/** What the editor holds, saved or not. */
const sources = `return vscode.workspace.notebookDocuments
  .find(({ uri }) => uri.path.endsWith('/${name}')).getCells().map((cell) => cell.document.getText())`;

test('a commit is a side of the diff, and its lines and cells come back as edits', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  const before = readFileSync(join(workspaceDir, name), 'utf8');
  await workbench.openFile(name);
  await workbench.command('Epochlog: Compare Notebook With…');
  await workbench.pick('Git Revision…');
  await workbench.pick('Fit the model');
  const diff = await workbench.webview('notebookDiff');
  await expect(diff.getByRole('status')).toContainText('changed');
  await expect(diff.getByRole('button', { name: /^Old: Commit [0-9a-f]{7}/ })).toBeVisible();

  // One hunk of two.
  const changed = diff.getByRole('region', { name: 'Changed: cell 2', exact: true });
  await changed
    .getByRole('button', { name: 'Take change 1 of this cell from the old side' })
    .click();
  const oneBack = train.with(4, 'seed = 2').join('\n');
  await expect
    .poll(() => rpc.evaluate<string[]>(sources))
    .toEqual(['import numpy as np', oneBack, added]);
  // The page follows, and the next edit goes to the right place.
  await expect(changed.locator('td.line.removed')).toHaveText(['seed = 1']);
  await diff.getByRole('button', { name: 'Remove again: cell 3' }).click();
  await expect.poll(() => rpc.evaluate<string[]>(sources)).toEqual(['import numpy as np', oneBack]);
  // A click before the page has followed would be refused: it is of a notebook that is no more.
  await expect(diff.getByRole('status')).toHaveText('1 cell changed, 1 removed');
  await diff.getByRole('button', { name: 'Bring back: old cell 3' }).click();
  await expect
    .poll(() => rpc.evaluate<string[]>(sources))
    .toEqual(['import numpy as np', oneBack, plot]);
  await expect(diff.getByRole('status')).toHaveText('1 cell changed');
  await diff.getByRole('button', { name: 'Revert All' }).click();
  await expect(diff.getByRole('status')).toHaveText('No changes');
  const all = ['import numpy as np', train.join('\n'), plot];
  expect(await rpc.evaluate<string[]>(sources)).toEqual(all);
  expect(readFileSync(join(workspaceDir, name), 'utf8')).toBe(before);

  // Each edit is one step of Undo in the notebook.
  await workbench.closeTab('apply.ipynb: ');
  await workbench.tab(name).click();
  for (let i = 0; i < 4; i += 1) await workbench.page.keyboard.press('ControlOrMeta+z');
  await expect
    .poll(() => rpc.evaluate<string[]>(sources))
    .toEqual([
      'import numpy as np',
      train.with(0, 'alpha = 0.5').with(4, 'seed = 2').join('\n'),
      added,
    ]);
});
