import { commands, Disposable, Uri, window } from 'vscode';
import { describeLogLeftOut } from '../core/present/describeLeftOut';
import { topRuns } from '../core/run/parts';
import type { Run } from '../core/run/run';
import { UserError } from '../core/userError';
import { commandIds } from '../platform/contributionIds';
import { fileExists } from '../platform/fileExists';
import type { Panels } from '../platform/panels';
import { fromWorkspacePath, resolveFrom } from '../platform/workspacePath';
import type { ChartsState } from '../protocol/chartsPage';
import type { CompareState } from '../protocol/comparePage';
import type { RunTableState } from '../protocol/runTablePage';
import { newCharts } from './chartsPanel';
import { logUri } from './logDocuments';
import { pickRun, pickRuns } from './pick';
import { runAgain } from './runAgain';
import { askChangedCommand } from './runAgainWith';
import type { Services } from './services';
import { keepFocus, readTargets } from './target';

export interface RunPanels {
  readonly runTable: Panels<RunTableState>;
  readonly charts: Panels<ChartsState>;
  readonly compare: Panels<CompareState>;
}

/** The commands that look at runs. Without arguments they ask which. */
export function registerRunCommands(services: Services, panels: RunPanels): Disposable {
  const { cache, find, register, launches } = services;
  const given = (args: readonly unknown[]): readonly Run[] =>
    readTargets(args, find).flatMap((target) => (target.kind === 'run' ? [target.run] : []));
  const oneOf = async (args: readonly unknown[], title: string): Promise<Run> =>
    given(args)[0] ?? pickRun(cache, title);
  const show = (runs: readonly Run[], preserveFocus = false) =>
    panels.charts.show(newCharts(runs.map(({ id }) => id)), { preserveFocus });
  /** The oldest first: it is what the others are held against. */
  const compare = (runs: readonly Run[]) => {
    const ordered = [...runs].sort((a, b) => a.startedAtMs - b.startedAtMs);
    panels.compare.show({ runIds: ordered.map(({ id }) => id), onlyDifferences: false });
  };

  return Disposable.from(
    register(commandIds.showRunTable, () =>
      panels.runTable.show({ sortKey: 'started', sortDescending: true, filter: '' }),
    ),
    // Without a choice the charts follow the newest run.
    register(commandIds.showCharts, (...args) => show(given(args), args[1] === keepFocus)),
    register(commandIds.compareRuns, async (...args) => {
      const runs = given(args);
      compare(runs.length >= 2 ? runs : await pickRuns(cache, 'Compare Runs', 2, runs));
    }),
    register(commandIds.compareWithPrevious, async (...args) => {
      const run = await oneOf(args, 'Compare with the Run Before');
      const before = runBefore(run, cache.runs());
      if (!before) throw new UserError('This is the first run of its experiment.');
      compare([before, run]);
    }),
    register(commandIds.showHistory, async (...args) => {
      const run = await oneOf(args, 'Show History');
      show(topRuns(cache.runs()).filter(({ experiment }) => experiment === run.experiment));
    }),
    register(commandIds.openLog, async (...args) => {
      const run = await oneOf(args, 'Open Log');
      if (run.logBytes === 0) {
        const { logLeftOut } = run;
        throw new UserError(
          logLeftOut ? describeLogLeftOut(logLeftOut) : 'This run printed nothing.',
        );
      }
      await window.showTextDocument(logUri(run), { preview: true });
    }),
    register(commandIds.openSource, async (...args) =>
      openSource(await oneOf(args, 'Open Source')),
    ),
    register(commandIds.runAgain, async (...args) =>
      runAgain(await oneOf(args, 'Run Again'), launches),
    ),
    register(commandIds.runAgainWith, async (...args) => {
      const run = await oneOf(args, 'Run Again with Changed Params');
      await runAgain({ source: await askChangedCommand(run, services) }, launches);
    }),
  );
}

/** The run of the same experiment, or the part of the same run, that started last before this one. */
function runBefore(run: Run, newestFirst: readonly Run[]): Run | undefined {
  return newestFirst.find(
    ({ experiment, startedAtMs, parentId }) =>
      experiment === run.experiment && startedAtMs < run.startedAtMs && parentId === run.parentId,
  );
}

async function openSource({ source }: Run): Promise<void> {
  if (source.kind === 'notebook') {
    await commands.executeCommand(
      'vscode.open',
      await existing(fromWorkspacePath(source.notebook)),
    );
    return;
  }
  if (source.script === undefined) {
    throw new UserError('This command names no script.');
  }
  const cwd = source.cwd === undefined ? undefined : Uri.file(source.cwd);
  const inWorkspace = fromWorkspacePath(source.script);
  const found = (await fileExists(inWorkspace)) ? inWorkspace : resolveFrom(cwd, source.script);
  await window.showTextDocument(await existing(found ?? inWorkspace));
}

async function existing(uri: Uri): Promise<Uri> {
  if (!(await fileExists(uri))) throw new UserError(`${uri.fsPath} is not there any more.`);
  return uri;
}
