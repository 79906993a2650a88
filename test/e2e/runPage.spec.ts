import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { createVsCodeTest } from '../support/vscodeFixture';

/** Enough lines that a page does not show them all at once, in colours as many programs print. */
const training = `
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
print("\\033[1mloading\\033[0m")
for epoch in range(1, 101):
    print(f"\\033[32mEpoch {epoch}/100\\033[0m")
    print(f"loss: {args.lr * 10 / epoch:.4f} - val_acc: {1 - 0.5 / epoch:.4f}", flush=True)
open("result.csv", "w").write("epoch,acc\\n1,0.5\\n2,0.75\\n")
`;

const test = createVsCodeTest({
  prepare(dir) {
    writeFileSync(join(dir, 'colours.py'), training);
  },
});

test('a run opens from the tree, and a value leads to its line in the log', async ({
  workbench,
}) => {
  await workbench.openActivity('Epochlog');
  const runs = workbench.view('Runs');
  await workbench.terminal.open();
  const ran = await workbench.terminal.run('.venv/bin/python colours.py --lr 0.2');
  expect(ran.exitCode).toBe(0);
  await expect.poll(() => runs.text()).toMatch(/colours\.py · lr=0\.2 {2}val_acc 0\.995 · /);

  await runs.click('colours.py · lr=0.2');
  const shown = await workbench.webview('runPage');
  const summary = shown.getByRole('region', { name: 'Summary' });
  await expect(summary).toContainText('0.995');
  await expect(summary).toContainText('Finished');
  await expect(shown.getByRole('row', { name: /^lr / })).toContainText('0.2');

  await shown.getByRole('tab', { name: 'Metrics' }).click();
  await expect(shown.getByRole('application', { name: /^val_acc/ })).toBeVisible();
  const values = shown.getByRole('row', { name: /^val_acc / });
  await values.getByRole('button', { name: '0.995' }).first().click();
  const line = shown.locator('.log-row.focused');
  await expect(line).toContainText('loss: 0.0200 - val_acc: 0.9950');
  await expect(line).toBeInViewport();
  await expect(line.getByRole('rowheader')).toHaveText('201');
  await expect(shown.getByText('Epoch 100/100')).toHaveCSS('color', /rgb\(/);

  await line.getByRole('img').click();
  await expect(shown.getByRole('tab', { name: 'Metrics' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
});

test('the code and the files of a run are there as they were', async ({ workbench, rpc }) => {
  const shown = await workbench.webview('runPage');
  await shown.getByRole('tab', { name: 'Files' }).click();
  await shown.getByRole('button', { name: 'Preview result.csv' }).click();
  await expect(shown.getByRole('cell', { name: '0.75' })).toBeVisible();
  await shown.getByRole('tab', { name: 'Code' }).click();
  await expect(shown.getByRole('region', { name: 'Source' })).toContainText('add_argument');
  const script = shown.getByRole('region', { name: 'Script as it ran' });
  await script.getByRole('button', { name: 'Open', exact: true }).click();
  const text = await rpc.until<string>(
    'the script as it was',
    `const { document } = vscode.window.activeTextEditor ?? {};
     return document?.uri.scheme === 'epochlog-kept' ? document.getText() : undefined`,
  );
  expect(text).toContain('add_argument("--lr"');
});
