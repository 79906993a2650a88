import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { notebookText } from '../support/notebookText';
import { createVsCodeTest } from '../support/vscodeFixture';

/** One epoch on a hundred points; what it prints is set by the cell, so that the change is known. */
const training = `from sklearn.linear_model import SGDClassifier

alpha = 0.001
score = 0.80
model = SGDClassifier(alpha=alpha)
model.fit([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1])
print(f"epoch 1/1 | val_acc {score:.4f}")`;

const script = `import sys

from sklearn.linear_model import SGDClassifier

model = SGDClassifier()
model.fit([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1])
print(f"epoch 1/1 | loss {float(sys.argv[1]):.4f}")
`;

const test = createVsCodeTest({
  prepare(dir) {
    writeFileSync(join(dir, 'lens.ipynb'), notebookText('answer = 42', training));
    writeFileSync(join(dir, 'fit.py'), script);
  },
});

const lenses = '.codelens-decoration:visible';
const fitCell = 1;

test('a training cell says that it is recorded before it ever ran', async ({ workbench }) => {
  await workbench.openFile('lens.ipynb');
  await workbench.notebook.untilReady();
  await expect(workbench.codeLens('Epochlog records the next run')).toBeVisible();
  // Only the cell that trains has one, and nothing to act upon yet.
  await expect(workbench.page.locator(lenses)).toHaveCount(1);
  await expect(workbench.codeLens('Actions…')).toHaveCount(0);
});

test('a run puts its last result there, the next one its change', async ({ workbench }) => {
  const { page, notebook } = workbench;
  expect(await notebook.runCell(fitCell)).toBe(true);
  await expect(page.locator(lenses)).toHaveText(/^\s*val_acc 0\.8\s*\|\s*Actions…$/);

  await notebook.replaceCell(fitCell, training.replace('0.80', '0.85'));
  expect(await notebook.runCell(fitCell)).toBe(true);
  await expect(page.locator(lenses)).toHaveText(/val_acc 0\.85 ▲ \+0\.05 better/);

  await notebook.replaceCell(fitCell, training.replace('0.80', '0.70'));
  expect(await notebook.runCell(fitCell)).toBe(true);
  await expect(page.locator(lenses)).toHaveText(/val_acc 0\.7 ▼ [−-]0\.15 worse/);
});

test('its result opens the page of the last run', async ({ workbench }) => {
  await workbench.codeLens('val_acc 0.7').click();
  await workbench.webview('runPage');
  await workbench.closeTab('Run: lens [2] · alpha=0.001 score=0.70');
});

test('its actions compare, look back and run again', async ({ workbench }) => {
  await workbench.openFile('lens.ipynb');
  await workbench.codeLens('Actions…').click();
  expect(await workbench.picks()).toEqual([
    'Compare with the Run Before',
    'Compare with Baseline',
    'Show History in One Chart',
    'Diff Notebook with Now',
    'Open the Notebook as It Was',
    'Run Again',
    'Open Log',
    'Tag…',
  ]);
  await workbench.pick('Compare with the Run Before');
  const compare = await workbench.webview('compare');
  await expect(compare.locator('body')).toContainText('score');
  await expect(compare.locator('body')).toContainText('0.85');
  const cell = compare.getByRole('table', { name: 'Changes of Cell 2' });
  await expect(cell.locator('td.line.removed')).toContainText('score = 0.85');
  await expect(cell.locator('td.line.added')).toContainText('score = 0.70');
  await workbench.closeTab('What Changed?');

  await workbench.openFile('lens.ipynb');
  await workbench.codeLens('Actions…').click();
  await workbench.pick('Show History in One Chart');
  const charts = await workbench.webview('charts');
  await expect(charts.locator('body')).toContainText('score=0.85');
  await expect(charts.locator('body')).toContainText('score=0.80');
  await workbench.closeTab('Charts: 3 runs');

  await workbench.openFile('lens.ipynb');
  await workbench.codeLens('Actions…').click();
  await workbench.pick('Diff Notebook with Now');
  await workbench.webview('notebookDiff');
  await workbench.closeTab('lens.ipynb: ');

  await workbench.openFile('lens.ipynb');
  await workbench.codeLens('Actions…').click();
  await workbench.pick('Run Again');
  await expect(workbench.page.locator(lenses)).toHaveText(/val_acc 0\.7 \(unchanged\)/);
  await workbench.openActivity('Epochlog');
  await expect.poll(() => workbench.view('Runs').text()).toContain('lens.ipynb  4 runs');
  await workbench.save();
});

test('a script that trains has it above its training code', async ({ workbench }) => {
  await workbench.openFile('fit.py');
  await expect(workbench.codeLens('Epochlog records the next run')).toBeVisible();
  await workbench.terminal.open();
  expect((await workbench.terminal.run('.venv/bin/python fit.py 0.9')).exitCode).toBe(0);
  await expect(workbench.codeLens('loss 0.9')).toBeVisible();
  expect((await workbench.terminal.run('.venv/bin/python fit.py 0.6')).exitCode).toBe(0);
  await expect(workbench.codeLens('loss 0.6 ▼')).toHaveText(/loss 0\.6 ▼ [−-]0\.3 better/);

  // Above the line that fits, not at the top of the file.
  const line = workbench.page.locator('.editor-instance .view-line', { hasText: 'model.fit(' });
  const [lens, code] = [
    await workbench.codeLens('loss 0.6').boundingBox(),
    await line.boundingBox(),
  ];
  expect(Math.abs((code?.y ?? 0) - (lens?.y ?? 0))).toBeLessThan(40);

  await workbench.codeLens('Actions…').click();
  await workbench.pick('Run Again');
  await expect(workbench.codeLens('loss 0.6 (unchanged)')).toBeVisible();
});

test('a setting takes them away and brings them back', async ({ workbench }) => {
  const enabled = workbench.page.locator('.settings-editor').getByRole('checkbox', {
    name: /codeLens\.enabled/,
  });
  await expect(workbench.page.locator(lenses).first()).toBeVisible();
  await workbench.command('Preferences: Open Settings (UI)');
  await workbench.page.locator('.settings-editor .monaco-editor').first().click();
  await workbench.page.keyboard.insertText('epochlog.codeLens.enabled');
  await enabled.click();
  await workbench.openFile('fit.py');
  await expect(workbench.page.locator(lenses)).toHaveCount(0);
  await workbench.openFile('lens.ipynb');
  await workbench.notebook.untilReady();
  await expect(workbench.page.locator(lenses)).toHaveCount(0);
  await workbench.openFile('Settings');
  await enabled.click();
  await workbench.openFile('lens.ipynb');
  await expect(workbench.codeLens('val_acc 0.7')).toBeVisible();
});
