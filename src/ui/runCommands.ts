import { commands, Disposable, Uri, window } from 'vscode';
import { describeLogLeftOut } from '../core/present/describeLeftOut';
import { topRuns } from '../core/run/parts';
import type { Run } from '../core/run/run';
import { initialTableState } from '../core/table/tableState';
import { UserError } from '../core/userError';
import { commandIds } from '../platform/contributionIds';
import { fileExists } from '../platform/fileExists';
import type { Panels } from '../platform/panels';
import { fromWorkspacePath, resolveFrom } from '../platform/workspacePath';
import type { ChartsState } from '../protocol/chartsPage';
import { chartsOfView, newCharts } from '../protocol/chartsState';
import { logUri } from './logDocuments';
import { pickRun } from './pick';
import { runAgain } from './runAgain';
import { askChangedCommand } from './runAgainWith';
import type { RunTablePanels } from './runTablePanel';
import type { Services } from './services';
import { keepFocus, readTargets } from './target';

export interface RunPanels {
  readonly runTable: RunTablePanels;
  readonly charts: Panels<ChartsState>;
}

/** The commands that look at runs. Without arguments they ask which. */
export function registerRunCommands(services: Services, panels: RunPanels): Disposable {
  const { cache, defaultViews, find, register, launches } = services;
  const given = (args: readonly unknown[]): readonly Run[] =>
    readTargets(args, find).flatMap((target) => (target.kind === 'run' ? [target.run] : []));
  const oneOf = async (args: readonly unknown[], title: string): Promise<Run> =>
    given(args)[0] ?? pickRun(cache, title);
  const show = async (runs: readonly Run[], preserveFocus = false) => {
    const view = await defaultViews.readState('charts');
    const runIds = runs.map(({ id }) => id);
    const state = view === undefined ? newCharts(runIds) : chartsOfView(view, runIds);
    panels.charts.show(state, { preserveFocus });
  };

  return Disposable.from(
    register(commandIds.showRunTable, async () => {
      const view = await defaultViews.readState('runTable');
      if (view === undefined) panels.runTable.show(initialTableState);
      else await panels.runTable.showView(view);
    }),
    // Without a choice the charts follow the newest run.
    register(commandIds.showCharts, async (...args) => {
      // Which runs are meant is known once the record has been read.
      if (args[0] !== undefined) await cache.ready;
      await show(given(args), args[1] === keepFocus);
    }),
    register(commandIds.showHistory, async (...args) => {
      const run = await oneOf(args, 'Show History');
      await show(topRuns(cache.runs()).filter(({ experiment }) => experiment === run.experiment));
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
