import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Rpc } from '../../tools/vscodeHost/rpc';
import { createVsCodeTest } from '../support/vscodeFixture';

/** Prints a loss that is known, and a quality in words that no recogniser reads as a metric. */
const odd = `
import sys, time
time.sleep(0.3)
for epoch in range(1, 6):
    print(f"epoch {epoch}/5 | loss {1 / epoch:.4f}", flush=True)
    print(f"  << judged {epoch * 3 + float(sys.argv[1]):.2f} by the jury, pass {epoch * 10} >>", flush=True)
time.sleep(0.3)
`;

const test = createVsCodeTest({
  prepare(dir) {
    writeFileSync(join(dir, 'odd.py'), odd);
  },
});

interface Snapshot {
  readonly runs: readonly {
    readonly metrics: readonly {
      readonly key: string;
      readonly last: number;
      readonly count: number;
    }[];
  }[];
}
const snapshot = `return vscode.extensions.getExtension('epochlog.epochlog').exports.snapshot()`;
const python = '.venv/bin/python';

/** The metrics of each run, newest first, without those of the machine. */
async function printed(rpc: Rpc) {
  const { runs } = await rpc.evaluate<Snapshot>(snapshot);
  return runs.map(({ metrics }) => metrics.filter(({ key }) => !key.startsWith('system/')));
}

test('two runs print a metric that Epochlog does not know', async ({ workbench, rpc }) => {
  await workbench.openActivity('Epochlog');
  await workbench.terminal.open();
  for (const seed of ['0.5', '0.25']) {
    expect((await workbench.terminal.run(`${python} odd.py ${seed}`)).exitCode).toBe(0);
  }
  await expect
    .poll(async () => (await printed(rpc)).map((metrics) => metrics.map(({ key }) => key)))
    .toEqual([['loss'], ['loss']]);
});

test('it is taught by a click in the log, and saved in the workspace', async ({
  workbench,
  rpc,
}) => {
  await workbench.command('Epochlog: Teach a Metric…');
  await workbench.page.keyboard.press('Enter');
  const page = await workbench.webview('teach');
  const line = page.getByRole('row').filter({ hasText: 'judged 3.25 by the jury' });
  await line.getByRole('button', { name: '3.25' }).click();
  const found = page.getByRole('region', { name: 'What the pattern finds' });
  await expect(found.getByRole('status')).toHaveText('5 lines match.');
  await page.getByRole('textbox', { name: 'Name of the metric' }).fill('jury');
  await page.getByRole('radio', { name: 'Step' }).click();
  await line.getByRole('button', { name: '10', exact: true }).click();
  await expect(found.getByRole('status')).toHaveText('5 lines match.');
  await page.getByRole('button', { name: 'Save Pattern' }).click();
  await expect(page.getByText('Saved in the settings of the workspace')).toBeVisible();
  const saved = await rpc.evaluate<readonly unknown[]>(
    `return vscode.workspace.getConfiguration().inspect('epochlog.metrics.patterns').workspaceValue`,
  );
  expect(saved).toEqual([
    { name: 'jury', pattern: expect.stringMatching(/judged .*\(\?<value>.*pass .*\(\?<step>/) },
  ]);
});

test('both logs are read again, and have the metric', async ({ workbench, rpc }) => {
  const page = await workbench.webview('teach');
  await page.getByRole('button', { name: 'Read All 2 Logs of Its Script Again' }).click();
  await expect(workbench.notification('2 logs were read again; 2 changed')).toBeVisible();
  await expect
    .poll(async () =>
      (await rpc.evaluate<Snapshot>(snapshot)).runs.map(({ metrics }) =>
        metrics.find(({ key }) => key === 'jury'),
      ),
    )
    .toMatchObject([
      { last: 15.25, count: 5 },
      { last: 15.5, count: 5 },
    ]);
});

test('a later run has it while it runs', async ({ workbench, rpc }) => {
  await workbench.terminal.open();
  expect((await workbench.terminal.run(`${python} odd.py 0.75`)).exitCode).toBe(0);
  await expect
    .poll(async () => (await printed(rpc))[0])
    .toMatchObject([
      { key: 'loss', count: 5 },
      { key: 'jury', last: 15.75, count: 5 },
    ]);
});

test('a pattern that cannot be used is said once, and the others go on', async ({
  workbench,
  rpc,
}) => {
  await rpc.evaluate(
    `const settings = vscode.workspace.getConfiguration();
     const patterns = settings.inspect('epochlog.metrics.patterns').workspaceValue;
     await settings.update('epochlog.metrics.patterns', [...patterns, { name: 'broken', pattern: '(' }], false)`,
  );
  const warning = workbench.notification('metric pattern 2 (broken): missing closing )');
  await expect(warning).toBeVisible();
  await workbench.terminal.open();
  expect((await workbench.terminal.run(`${python} odd.py 0.125`)).exitCode).toBe(0);
  await expect
    .poll(async () => (await printed(rpc))[0]?.at(-1))
    .toMatchObject({ key: 'jury', count: 5 });
});

test('the log of a run leads to it too', async ({ workbench }) => {
  await workbench.closeAllEditors();
  await workbench.command('Epochlog: Open Log');
  await workbench.page.keyboard.press('Enter');
  await workbench.tab('odd.py.log').waitFor();
  await workbench.page.getByRole('button', { name: 'Teach a Metric…' }).first().click();
  const page = await workbench.webview('teach');
  await expect(page.getByRole('grid', { name: 'Lines of the log' })).toBeVisible();
});
