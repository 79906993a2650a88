import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Checkpoint } from '../../src/core/checkpoint/checkpoint';
import { checkpointKindWords } from '../../src/core/present/describeCheckpoint';
import { timeOfDay } from '../../src/core/present/describeDay';
import type { Run } from '../../src/core/run/run';
import { runName } from '../../src/core/run/runName';
import { copySampleTo } from '../../test/support/sampleFolder';
import { repoRoot } from '../vscodeHost/hostPaths';
import { installBrowserHost } from '../vscodeHost/install';
import { openVsCode } from '../vscodeHost/openVsCode';
import type { Rpc } from '../vscodeHost/rpc';
import type { VsCodeSession } from '../vscodeHost/vscodeSession';
import type { Workbench } from '../vscodeHost/workbench';
import { findDesktopVsCode } from './desktopVsCode';
import { checkpointsTable, runsTables } from './recordTables';
import { ensureSampleVenv } from './sampleVenv';
import { step } from './step.cjs';

const demoDir = join(repoRoot, 'out', 'demo');
const folder = join(demoDir, 'digits');
const python = process.platform === 'win32' ? '.venv\\Scripts\\python' : '.venv/bin/python';
const commands = [
  `${python} train.py --lr 0.01 --epochs 8`,
  `${python} train.py --lr 0.001 --epochs 8`,
];

/** Position of the sample notebook's training cell, and what the demo changes in it. */
const trainingCell = 4;
const edit = { from: 'learning_rate = 0.005', to: 'learning_rate = 0.02' };

interface Snapshot {
  readonly runs: readonly Run[];
  readonly checkpoints: readonly Checkpoint[];
}

/**
 * Does what a user does, unattended: trains twice in the terminal, runs, saves, edits and saves the
 * notebook, looks at it all, and prints what Epochlog recorded. Screenshots go to `out/demo/`.
 * Throws if something that should be on record is not.
 */
export async function runOnce(options: { readonly browser: boolean }): Promise<void> {
  const desktop = options.browser ? undefined : await findDesktopVsCode();
  await Promise.all([ensureSampleVenv(repoRoot), desktop ? undefined : installBrowserHost()]);
  rmSync(demoDir, { recursive: true, force: true });
  mkdirSync(demoDir, { recursive: true });
  copySampleTo(join(repoRoot, 'examples', 'digits'), folder);
  const session = await step('Open VS Code on a copy of the sample project', () =>
    openVsCode({ folder, extensions: [repoRoot] }, desktop),
  );
  try {
    await demonstrate(session);
    console.log(describeSnapshot(await readSnapshot(session.rpc)));
    console.log(`\nScreenshots: ${relative(process.cwd(), demoDir)}`);
  } catch (error) {
    const failure = join(demoDir, 'failure.png');
    await session.workbench.screenshot(failure).catch(() => {});
    console.error(`The window as it was: ${failure}`);
    throw error;
  } finally {
    await session.stop();
  }
}

async function demonstrate(session: VsCodeSession): Promise<void> {
  const { workbench, rpc } = session;
  await workbench.openActivity('Epochlog');
  await workbench.terminal.open();
  for (const command of commands) {
    await step(`Train in the terminal: ${command}`, async () => {
      const { exitCode } = await workbench.terminal.run(command, 180_000);
      if (exitCode !== 0) throw new Error(`The command ended with ${exitCode}.`);
    });
  }
  await step('Find both trainings on record', () =>
    untilRecorded(
      rpc,
      'two finished runs of the terminal with metrics',
      `runs.filter((run) => run.source.kind === 'terminal' && run.status === 'finished'
        && run.metrics.length > 0).length === ${commands.length}`,
    ),
  );
  await step('Run the notebook and save it', async () => {
    await workbench.openFile('explore.ipynb');
    await workbench.notebook.untilReady();
    if (!(await workbench.notebook.runAll())) throw new Error('A cell of the notebook failed.');
    await workbench.save();
  });
  await step(`Change the training cell (${edit.to}), run it and save`, async () => {
    const source = await workbench.notebook.source(trainingCell);
    await workbench.notebook.replaceCell(trainingCell, source.replace(edit.from, edit.to));
    await workbench.notebook.runCell(trainingCell);
    await workbench.save();
  });
  await step('Find the runs of the cell and the checkpoints on record', () =>
    untilRecorded(
      rpc,
      'two runs of the cell, and a checkpoint with its change',
      `runs.filter((run) => run.source.kind === 'notebook' && run.metrics.length > 0).length === 2
        && checkpoints.some(({ changes }) => changes?.changed > 0)`,
    ),
  );
  await step('Look at it and take screenshots', () => takeScreenshots(session));
}

const snapshotBody = `
  const api = await vscode.extensions.getExtension('epochlog.epochlog').activate();
  const { runs, checkpoints } = await api.snapshot();`;

function readSnapshot(rpc: Rpc): Promise<Snapshot> {
  return rpc.evaluate<Snapshot>(`${snapshotBody} return { runs, checkpoints }`);
}

function describeSnapshot({ runs, checkpoints }: Snapshot): string {
  return `\nRUNS\n\n${runsTables(runs)}\n\nCHECKPOINTS\n\n${checkpointsTable(checkpoints)}`;
}

/** Waits until `condition`, code over `runs` and `checkpoints`, holds. */
async function untilRecorded(rpc: Rpc, what: string, condition: string): Promise<void> {
  try {
    await rpc.until(`${what} on record`, `${snapshotBody} return ${condition}`);
  } catch (error) {
    console.log(describeSnapshot(await readSnapshot(rpc)));
    throw error;
  }
}

async function takeScreenshots({ workbench, rpc }: VsCodeSession): Promise<void> {
  const shoot = async (name: string) => {
    // Away from what shows a hint under the mouse.
    await workbench.page.mouse.move(700, 890);
    await workbench.page.locator('.monaco-hover:visible').waitFor({ state: 'detached' });
    await workbench.screenshot(join(demoDir, `${name}.png`));
  };
  const { runs, checkpoints } = await readSnapshot(rpc);
  await workbench.command('View: Hide Panel');
  await workbench.widenSideBar(420);
  await shoot('tree');
  // Pages open beside an editor; alone they have the room.
  await workbench.closeAllEditors();

  await workbench.command('Epochlog: Show Run Table');
  await untilShown(workbench, 'runTable', 'val_acc');
  await shoot('run-table');

  await workbench.command('Epochlog: Show Leaderboard');
  await untilShown(workbench, 'leaderboard', 'lr=0.01');
  await shoot('leaderboard');

  const tree = workbench.view('Runs');
  const trained = runs.filter(({ source }) => source.kind === 'terminal').map(runName);
  const [newest = '', older = ''] = trained;
  for (const [item, view, text, name] of [
    ['Show Charts', 'charts', 'val_acc', 'charts'],
    ['What Changed?', 'compare', '0.001', 'compare'],
  ] as const) {
    await tree.click(newest);
    await tree.click(older, { add: true });
    await tree.contextMenu(older, item);
    await untilShown(workbench, view, text);
    await shoot(name);
  }

  const changed = checkpoints.find(({ changes }) => (changes?.changed ?? 0) > 0);
  const label = changed && `${timeOfDay(changed.takenAtMs)} ${checkpointKindWords[changed.kind]}`;
  await workbench.view('Notebooks').contextMenu(label ?? '', 'Diff Checkpoint with Previous');
  await untilShown(workbench, 'notebookDiff', edit.to);
  await shoot('notebook-diff');
}

/** Waits until a page shows a text that it can have only from the record. */
async function untilShown(workbench: Workbench, view: string, text: string): Promise<void> {
  const page = await workbench.webview(view);
  await page.getByText(text).first().waitFor();
}
