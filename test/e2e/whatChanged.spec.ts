import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { createVsCodeTest } from '../support/vscodeFixture';

const python = '.venv/bin/python';

const script = `import csv
import net

rows = list(csv.reader(open("points.csv")))
for epoch in range(1, 3):
    score = net.base + 0.1 * epoch - 0.1
    print(f"epoch {epoch}/2 | val_acc {score:.4f}", flush=True)
`;

const test = createVsCodeTest({
  prepare(dir) {
    writeFileSync(join(dir, 'fit.py'), script);
    writeFileSync(join(dir, 'net.py'), 'base = 0.5\n');
    writeFileSync(join(dir, 'points.csv'), '1,2\n3,4\n');
  },
});

interface Snapshot {
  readonly runs: readonly {
    readonly status: string;
    readonly codeState?: { readonly script?: string };
    readonly metrics: readonly { readonly key: string }[];
  }[];
}
const snapshot = `return vscode.extensions.getExtension('epochlog.epochlog').exports.snapshot()`;

test('two runs of a script whose line was changed: the line, the result, and the board', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  await workbench.openActivity('Epochlog');
  await workbench.terminal.open();
  await workbench.terminal.run(`${python} fit.py --lr 0.1`);
  writeFileSync(join(workspaceDir, 'fit.py'), script.replace('epoch - 0.1', 'epoch - 0.05'));
  await workbench.terminal.run(`${python} fit.py --lr 0.1`);
  await expect
    .poll(async () =>
      (await rpc.evaluate<Snapshot>(snapshot)).runs.map(
        ({ status, codeState, metrics }) =>
          `${status} ${codeState?.script !== undefined} ${metrics.some(({ key }) => key === 'val_acc')}`,
      ),
    )
    .toEqual(['finished true true', 'finished true true']);

  await workbench.openFile('fit.py');
  await workbench.command('Epochlog: Compare with the Run Before');
  await workbench.pick('fit.py · lr=0.1');
  const compare = await workbench.webview('compare');
  await expect(compare.getByRole('status')).toContainText(
    /one line of fit\.py.*val_acc 0\.6 → 0\.65 ▲ \+0\.05 better/,
  );
  const changes = compare.getByRole('table', { name: 'Changes of fit.py' });
  await expect(changes.getByRole('row').nth(1).getByRole('cell')).toHaveText([
    ...['6−', '    score = net.base + 0.1 * epoch - 0.1'],
    ...['6+', '    score = net.base + 0.1 * epoch - 0.05'],
  ]);
  // Its module and its data are the same, and it says so.
  await expect(compare.getByText('The same: net.py')).toBeVisible();
  await expect(compare.getByRole('button', { name: 'Data files' })).toBeVisible();
  await compare.locator('body').press('F7');
  await expect(compare.locator(':focus')).toContainText('val_acc');

  await workbench.command('Epochlog: Show Leaderboard');
  const board = await workbench.webview('leaderboard');
  // The same params: one configuration of two runs, by the data that both read.
  await expect(board.getByRole('main').getByRole('status')).toContainText(
    '1 configuration of 2 runs',
  );
  await expect(board.getByRole('main').getByRole('status')).toContainText('on points.csv');
  await board.getByRole('button', { name: /^Configuration/ }).click();
  await board.getByRole('checkbox', { name: 'Also the same code, to the byte' }).click();
  await expect(board.getByRole('main').getByRole('status')).toContainText(
    '2 configurations of 2 runs',
  );
  await board.getByRole('button', { name: 'Compare Top Two' }).click();
  const again = await workbench.webview('compare');
  await expect(again.getByRole('table', { name: 'Changes of fit.py' })).toBeVisible();
});
