import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { createVsCodeTest } from '../support/vscodeFixture';

const python = '.venv/bin/python';
const events = join(
  __dirname,
  '../fixtures/formats/tensorboardX/runs/exp1/events.out.tfevents.1795728996.vm',
);

/** Prints nothing and imports nothing that trains: a run by what it writes alone. */
const silent = `
import csv, os, pathlib, socket, time
for row in csv.DictReader(open("data/table.csv")):
    pass
log = pathlib.Path("runs/a") / f"events.out.tfevents.1795728996.{socket.gethostname()}.{os.getpid()}.0"
log.parent.mkdir(parents=True)
with log.open("ab") as out:
    out.write(pathlib.Path("source.bin").read_bytes()[:300])
    out.flush()
    while not pathlib.Path("go").exists():
        time.sleep(0.02)
    out.write(pathlib.Path("source.bin").read_bytes()[300:])
pathlib.Path("checkpoints").mkdir()
pathlib.Path("checkpoints/last.pt").write_bytes(b"weights")
`;

const test = createVsCodeTest({
  prepare(dir) {
    writeFileSync(join(dir, 'silent.py'), silent);
    mkdirSync(join(dir, 'data'), { recursive: true });
    writeFileSync(join(dir, 'data/table.csv'), 'a,b\n1,2\n');
    copyFileSync(events, join(dir, 'source.bin'));
  },
});

test('a program that prints nothing is a run by its event file, while it runs', async ({
  workbench,
  workspaceDir,
}) => {
  await workbench.openActivity('Epochlog');
  const runs = workbench.view('Runs');
  await workbench.terminal.open();
  await workbench.terminal.start(`${python} silent.py --lr 1`);
  await expect
    .poll(() => runs.text(), { timeout: 20_000 })
    .toMatch(/silent\.py .*Loss\/train .*running/);
  writeFileSync(join(workspaceDir, 'go'), '');
  await expect
    .poll(() => runs.text(), { timeout: 20_000 })
    .toMatch(/silent\.py .*Loss\/train NaN · \d/);
  await runs.expand('silent.py · lr=1');
  await expect.poll(() => runs.text()).toMatch(/ {4}Files {2}2 written, 2 read/);
});

test('its files are under it, and a click shows them', async ({ workbench, rpc, workspaceDir }) => {
  const runs = workbench.view('Runs');
  await runs.expand('Files');
  await expect.poll(() => runs.text()).toContain('last.pt  written · 7 B · checkpoints');
  await runs.click('table.csv');
  const shown = 'return vscode.window.activeTextEditor?.document.uri.fsPath';
  await expect.poll(() => rpc.evaluate<string>(shown)).toBe(join(workspaceDir, 'data/table.csv'));
});

test('what others write beside a command that trains nothing makes no run', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  await workbench.terminal.start(`${python} -c "import time; time.sleep(4)"`);
  mkdirSync(join(workspaceDir, 'lightning_logs'));
  writeFileSync(join(workspaceDir, 'lightning_logs/metrics.csv'), 'step,loss\n1,0.5\n');
  copyFileSync(events, join(workspaceDir, 'runs/events.out.tfevents.1795728996.elsewhere'));
  await workbench.terminal.run('ls runs');
  const count = `return (await vscode.extensions.getExtension('epochlog.epochlog').exports.snapshot()).runs.length`;
  expect(await rpc.evaluate<number>(count)).toBe(1);
});
