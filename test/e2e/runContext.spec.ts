import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { createVsCodeTest } from '../support/vscodeFixture';

/** Goes on until the test lets it end, so that nothing here depends on how fast a machine is. */
const training = `
import pathlib, time
from helper import loss
print("epoch 1 loss=%.2f" % loss, flush=True)
while not pathlib.Path("go").exists():
    time.sleep(0.05)
`;

const test = createVsCodeTest({
  prepare(dir) {
    writeFileSync(join(dir, 'steady.py'), training);
    writeFileSync(join(dir, 'helper.py'), 'loss = 0.25\n');
    const sample = join(dir, 'explore.ipynb');
    writeFileSync(sample, readFileSync(sample, 'utf8').replace('epochs = 20', 'epochs = 40'));
  },
});

interface Snapshot {
  readonly runs: readonly {
    readonly id: string;
    readonly status: string;
    readonly source: { readonly kind: string };
    readonly environment?: {
      readonly os: string;
      readonly python?: {
        readonly executable: string;
        readonly version?: string;
        readonly prefix?: string;
        readonly packages?: string;
        readonly packageCount?: number;
      };
    };
    readonly metrics: readonly { readonly key: string; readonly max: number }[];
  }[];
}
const snapshot = `return vscode.extensions.getExtension('epochlog.epochlog').exports.snapshot()`;

/** What the sample's interpreter says of itself. */
function ownWords(workspaceDir: string) {
  const script =
    'import importlib.metadata as m, json, platform; print(json.dumps([platform.python_version(), len({d.metadata["Name"].lower() for d in m.distributions()})]))';
  const output = execFileSync(join(workspaceDir, '.venv', 'bin', 'python'), ['-c', script]);
  const [version, packageCount] = JSON.parse(output.toString()) as [string, number];
  return { version, packageCount };
}

test('a training in an activated environment shows what it ran on and used', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  await workbench.openActivity('Epochlog');
  const runs = workbench.view('Runs');
  await workbench.terminal.open();
  await workbench.terminal.run('source .venv/bin/activate');
  await workbench.terminal.start('python steady.py --lr 0.1');
  await expect
    .poll(async () => {
      const [run] = (await rpc.evaluate<Snapshot>(snapshot)).runs;
      return (
        run?.environment !== undefined && run.metrics.some(({ key }) => key === 'system/memory_mb')
      );
    })
    .toBe(true);
  const {
    runs: [run],
  } = await rpc.evaluate<Snapshot>(snapshot);
  // The sample's environment is a link, and `activate` names what that leads to.
  const prefix = realpathSync(join(workspaceDir, '.venv'));
  expect(run?.environment?.python).toEqual({
    executable: join(prefix, 'bin', 'python'),
    prefix,
    packages: expect.stringMatching(/^\w{64}$/),
    ...ownWords(workspaceDir),
  });
  await runs.expand('steady.py · lr=0.1');
  await expect
    .poll(() => runs.text())
    .toMatch(/loss {2}0\.25\n[\s\S]*Environment {2}Python 3\.\d+\.\d+ · \d+ packages\n/);
  await runs.expand('Environment');
  await expect.poll(() => runs.text()).toMatch(/system\/memory_mb {2}\d/);

  await runs.contextMenu('steady.py · lr=0.1', 'Show Charts');
  const charts = await workbench.webview('charts');
  await expect
    .poll(() => charts.getByRole('heading').allTextContents())
    .toEqual(['Metrics 1', 'loss', 'System 2', 'system/cpu_percent', 'system/memory_mb']);
  writeFileSync(join(workspaceDir, 'go'), '');
  await expect
    .poll(async () => (await rpc.evaluate<Snapshot>(snapshot)).runs[0]?.status)
    .toBe('finished');
});

test('a cell has the environment and the figures of its kernel', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  await workbench.openFile('explore.ipynb');
  await workbench.notebook.untilReady();
  expect(await workbench.notebook.runAll()).toBe(true);
  const cells = async () =>
    (await rpc.evaluate<Snapshot>(snapshot)).runs.filter(
      ({ source }) => source.kind === 'notebook',
    );
  await expect.poll(async () => (await cells())[0]?.environment).toBeDefined();
  const [cell] = await cells();
  // The kernel of the tests is started by the path that links lead to.
  const { executable, version } = cell?.environment?.python ?? {};
  expect(executable && realpathSync(executable)).toBe(
    realpathSync(join(workspaceDir, '.venv', 'bin', 'python')),
  );
  expect(version).toBe(ownWords(workspaceDir).version);
  const memory = cell?.metrics.find(({ key }) => key === 'system/memory_mb');
  expect(memory?.max).toBeGreaterThan(30);
});
