import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { notebookText } from '../support/notebookText';
import { createVsCodeTest } from '../support/vscodeFixture';

/** A small network in a cell of its own, so that each test trains in a moment. */
const setUp = `import time
import numpy as np
from sklearn.neural_network import MLPClassifier

x = np.random.default_rng(0).normal(size=(60, 4))
y = (x[:, 0] > 0).astype(int)
model = MLPClassifier(hidden_layer_sizes=(4,), random_state=0)`;
const failing = `momentum = 0.9
model.partial_fit(x, y, classes=[0, 1])
print(f"epoch 1/3 | loss {model.loss_:.4f}")
raise ValueError("the data ran out")`;
const endless = `decay = 0.5
for epoch in range(1, 100000):
    model.partial_fit(x, y, classes=[0, 1])
    print(f"epoch {epoch} | loss {model.loss_:.4f}", flush=True)
    time.sleep(0.05)`;
const harmless = `total = sum(range(100))
print("total", total)`;

const test = createVsCodeTest({
  prepare(dir) {
    writeFileSync(join(dir, 'lab.ipynb'), notebookText(setUp, harmless, failing, endless));
    // The sample as it is, but for a training long enough to be seen while it runs.
    const sample = join(dir, 'explore.ipynb');
    writeFileSync(sample, readFileSync(sample, 'utf8').replace('epochs = 20', 'epochs = 40'));
  },
});

const snapshot = `return vscode.extensions.getExtension('epochlog.epochlog').exports.snapshot()`;

interface Snapshot {
  readonly runs: readonly {
    readonly status: string;
    readonly checkpointId?: string;
    readonly params: readonly { readonly key: string; readonly origin: string }[];
    readonly source: { readonly cellId?: string; readonly cellSource: string };
  }[];
  readonly checkpoints: readonly { readonly id: string; readonly kind: string }[];
}

const isLinked = ({ checkpointId }: Snapshot['runs'][number]) => checkpointId !== undefined;

const run = 'explore [5] · learning_rate=0.005';
const cells = { load: 1, images: 2, train: 4 };

test('a cell that only loads leaves no run, but a checkpoint of what it gave', async ({
  workbench,
}) => {
  await workbench.openActivity('Epochlog');
  await workbench.openFile('explore.ipynb');
  await workbench.notebook.untilReady();
  expect(await workbench.notebook.runCell(cells.load)).toBe(true);
  await expect
    .poll(() => workbench.view('Notebooks').text())
    .toMatch(/^explore\.ipynb\n {2}Today\n {4}[\d:]+ Ran {2}first, 8 cells$/);
  // What comes late would be counted beside the training of the next test.
  expect(await workbench.view('Runs').welcome()).toContain('No runs are recorded yet');
});

test('a training cell becomes a run while it runs', async ({ workbench, rpc }) => {
  const runs = workbench.view('Runs');
  const clickedAtMs = Date.now();
  await workbench.notebook.startCell(cells.train);
  await expect
    .poll(() => runs.text())
    .toMatch(/^explore\.ipynb {2}1 run\n.* {2}val_acc 0\.\d+ · running · /);
  expect(await runs.labels()).toContain(run);
  expect(await workbench.notebook.untilCellEnded(cells.train, clickedAtMs)).toBe(true);
  await expect
    .poll(() => runs.text())
    .toMatch(/^explore\.ipynb {2}1 run\n {2}.* {2}val_acc 0\.\d+ · [\d.]+ m?s$/);

  await runs.expand(run);
  await expect.poll(() => runs.labels()).toContain('val_loss');
  expect(await runs.labels()).toContain('loss');
  await runs.expand('Params');
  await expect.poll(() => runs.text()).toContain('batch_size  16');
  expect(await runs.text()).toContain('learning_rate  0.005');

  const [recorded] = (await rpc.evaluate<Snapshot>(snapshot)).runs;
  expect(recorded?.source.cellSource).toBe(await workbench.notebook.source(cells.train));
  expect(new Set(recorded?.params.map(({ origin }) => origin))).toEqual(new Set(['cell']));
  await runs.click(run);
  const shown = await workbench.webview('runPage');
  await expect(shown.getByRole('region', { name: 'Summary' })).toContainText('val_acc');
  await shown.getByRole('tab', { name: 'Notebook' }).click();
  await expect(shown.getByRole('button', { name: 'Diff with Now' })).toBeVisible();
  await workbench.closeTab('Run: ');
});

test('its notebook is kept as trained, and a save that adds nothing adds no checkpoint', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  const notebooks = workbench.view('Notebooks');
  const rows = /Today\n {4}[\d:]+ Ran {2}1 output differs\n {4}[\d:]+ Ran {2}first, 8 cells$/;
  await expect.poll(() => notebooks.text()).toMatch(rows);
  const { runs, checkpoints } = await rpc.evaluate<Snapshot>(snapshot);
  expect(runs[0]?.checkpointId).toBe(checkpoints[0]?.id);

  await workbench.openFile('explore.ipynb');
  await rpc.evaluate(`globalThis.saves = 0;
    vscode.workspace.onDidSaveNotebookDocument(() => { globalThis.saves += 1; });`);
  await workbench.save();
  await workbench.page.keyboard.press('ControlOrMeta+s');
  await rpc.until('two saves', 'return globalThis.saves >= 2');
  expect(readFileSync(join(workspaceDir, 'explore.ipynb'), 'utf8')).toContain('epoch 40/40');

  // Checkpoints of one notebook are taken in turn: this one comes after those that were not added.
  await workbench.notebook.replaceCell(cells.images, 'plt.imshow(digits.images[0])');
  await workbench.save();
  await expect.poll(() => notebooks.text()).toMatch(/Saved {2}1 cell changed\n.*Ran/);
  expect((await notebooks.labels()).length).toBe(5);
});

test('a picture that a cell drew is in the diff', async ({ workbench }) => {
  const notebooks = workbench.view('Notebooks');
  await workbench.notebook.untilReady();
  expect(await workbench.notebook.runCell(cells.images)).toBe(true);
  await workbench.save();
  // The save can come before the checkpoint of what ran, or after it.
  await expect
    .poll(() => notebooks.text())
    .toMatch(/Today\n.* {2}(1 output differs|2 outputs differ)/);
  await notebooks.click((await notebooks.labels())[2] ?? '');
  const diff = await workbench.webview('notebookDiff');
  const cell = diff.getByRole('region', { name: 'Outputs changed: cell 3' });
  const picture = cell.getByRole('img', { name: /^New output/ });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(
    100,
  );
  await workbench.closeTab('explore.ipynb: ');
});

test('a cell that raises is a failed run, an interrupted one a killed run', async ({
  workbench,
  rpc,
}) => {
  const runs = workbench.view('Runs');
  await workbench.openFile('lab.ipynb');
  await workbench.notebook.untilReady();
  expect(await workbench.notebook.runCell(0)).toBe(true);
  expect(await workbench.notebook.runCell(1)).toBe(true);
  expect(await workbench.notebook.runCell(2)).toBe(false);
  const failed = /lab \[3\] · .* {2}loss [\d.]+ · failed · /;
  await expect.poll(() => runs.text()).toMatch(failed);
  const params = await rpc.evaluate<readonly { key: string; value: string }[]>(`
    const { runs } = await vscode.extensions.getExtension('epochlog.epochlog').exports.snapshot();
    return runs.find(({ status }) => status === 'failed').params`);
  expect(params).toContainEqual(expect.objectContaining({ key: 'momentum', value: '0.9' }));

  const clickedAtMs = Date.now();
  await workbench.notebook.startCell(3);
  await expect.poll(() => runs.text()).toMatch(/lab \[4\].* {2}loss [\d.]+ · running/);
  await workbench.notebook.interruptCell(3);
  expect(await workbench.notebook.untilCellEnded(3, clickedAtMs)).toBeUndefined();
  await expect.poll(() => runs.text()).toMatch(/lab \[4\].* {2}loss [\d.]+ · killed · /);

  // Neither the cell that prepares nor the one that sums is there.
  await expect.poll(() => runs.text()).toContain('lab.ipynb  2 runs');
  const { runs: recorded } = await rpc.evaluate<Snapshot>(snapshot);
  expect(recorded.map(({ source }) => source.cellId)).toEqual(['cell-3', 'cell-2', 'train']);
});

test('what is run and saved while recording is paused leaves nothing', async ({
  workbench,
  rpc,
}) => {
  // The checkpoint of a cell follows its end by a moment.
  await expect
    .poll(async () => (await rpc.evaluate<Snapshot>(snapshot)).runs.map(isLinked))
    .not.toContain(false);
  const before = await rpc.evaluate<Snapshot>(snapshot);
  await workbench.command('Epochlog: Pause Recording');
  await expect(workbench.statusBar('epochlog.recording')).toContainText('Epochlog paused');
  expect(await workbench.notebook.runCell(2)).toBe(false);
  await workbench.save();
  await workbench.statusBar('epochlog.recording').click();
  await expect(workbench.statusBar('epochlog.recording')).toBeHidden();
  expect(await workbench.notebook.runCell(2)).toBe(false);
  await expect.poll(() => workbench.view('Runs').text()).toContain('lab.ipynb  3 runs');
  // One more of each: those of the cell that ran when recording had resumed.
  await expect
    .poll(async () => {
      const { runs, checkpoints } = await rpc.evaluate<Snapshot>(snapshot);
      return [runs.length - before.runs.length, checkpoints.length - before.checkpoints.length];
    })
    .toEqual([1, 1]);
});
