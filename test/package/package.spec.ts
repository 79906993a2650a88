import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { packageExtension } from '../../tools/package';
import { repoRoot } from '../../tools/vscodeHost/hostPaths';
import { listZip } from '../support/listZip';
import { createVsCodeTest } from '../support/vscodeFixture';

const dir = mkdtempSync(join(tmpdir(), 'epochlog-package-'));
const vsix = join(dir, 'epochlog.vsix');

const script = `import time
for epoch in range(1, 4):
    print(f"epoch {epoch}/3 | loss {1 / epoch:.4f} | val_acc {0.9 + epoch / 100:.4f}", flush=True)
    time.sleep(0.05)
`;

const test = createVsCodeTest({
  vsix,
  extensions: [],
  async prepare(workspaceDir) {
    writeFileSync(join(workspaceDir, 'short.py'), script);
    await packageExtension(vsix);
  },
});

test.afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Everything a package may hold; what `vsce` renames or adds is named as it is in the file. */
const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/package\.json$/,
  /^extension\/(readme|changelog)\.md$/i,
  /^extension\/LICENSE\.txt$/,
  /^extension\/media\/(walkthrough\/)?[a-z]+\.(svg|png)$/,
  /^extension\/dist\/extension\.js$/,
  /^extension\/dist\/workers\/\w+\.js$/,
  /^extension\/dist\/workers\/[\w-]+\.wasm$/,
  /^extension\/dist\/webviews\/\w+\.(js|css)$/,
];
const pages = ['runTable', 'runPage', 'charts', 'compare', 'notebookDiff'];
const workers = ['storeWorker', 'extractionWorker', 'diffWorker', 'exportWorker'];

// The window is named so that the package is built when these look at it.
test('is at most 3 MB', async ({ workbench: _ }) => {
  expect(statSync(vsix).size).toBeLessThanOrEqual(3_000_000);
});

test('holds what runs, and nothing else', async ({ workbench: _ }) => {
  const names = listZip(readFileSync(vsix));
  expect(names.filter((name) => !allowed.some((pattern) => pattern.test(name)))).toEqual([]);
  expect(names).toEqual(
    expect.arrayContaining([
      'extension/package.json',
      'extension/LICENSE.txt',
      'extension/dist/extension.js',
      'extension/media/icon.png',
      ...pages.flatMap((page) => [
        `extension/dist/webviews/${page}.js`,
        `extension/dist/webviews/${page}.css`,
      ]),
      ...workers.map((worker) => `extension/dist/workers/${worker}.js`),
    ]),
  );
});

test('installed, it records a training and shows it', async ({ workbench, rpc }) => {
  const path = await rpc.evaluate<string>(
    `return vscode.extensions.getExtension('epochlog.epochlog').extensionPath`,
  );
  expect(path.startsWith(repoRoot)).toBe(false);
  await rpc.until(
    'the installed extension to be active',
    `return vscode.extensions.getExtension('epochlog.epochlog').isActive`,
  );
  await workbench.openActivity('Epochlog');
  expect(await workbench.view('Runs').welcome()).toContain('No runs are recorded yet');
  await workbench.terminal.open();
  expect((await workbench.terminal.run('.venv/bin/python short.py --lr 0.1')).exitCode).toBe(0);
  const run = 'short.py · lr=0.1';
  await expect.poll(() => workbench.view('Runs').text()).toContain(`${run}  val_acc 0.93`);
  await workbench.view('Runs').contextMenu(run, 'Show Charts');
  const charts = await workbench.webview('charts');
  await expect(charts.getByRole('heading', { name: /^val_acc/ })).toBeVisible();
  await expect(charts.locator('canvas').first()).toBeVisible();
});
