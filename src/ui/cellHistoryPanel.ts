import { commands, type Disposable, type ExtensionContext, type NotebookCell } from 'vscode';
import type { NotebookTrace } from '../app/history/historyService';
import { exceptViews } from '../app/recordCache';
import type { TraceData, TracedVersion } from '../core/history/traceData';
import { collectVersionRuns } from '../core/history/versionRuns';
import type { CheckpointId } from '../core/run/run';
import { baseName } from '../core/run/runName';
import { UserError } from '../core/userError';
import { commandIds, pageIds } from '../platform/contributionIds';
import { objectOf } from '../platform/keptState';
import { type OpenPanel, type Panels, registerPanels } from '../platform/panels';
import type {
  CellHistoryHost,
  CellHistoryPage,
  CellHistoryState,
  CellName,
  VersionChoice,
} from '../protocol/cellHistoryPage';
import { toHistoryData, toVersionDetail } from './cellHistoryData';
import { activeCell, type OpenCell, openCellOf, openShownCell } from './openCell';
import { restoreVersion } from './restoreVersion';
import type { Services } from './services';
import { createThrottle } from './throttle';

/** The versions of one cell with what each gave, and the command that shows them. */
export function registerCellHistory(
  context: ExtensionContext,
  services: Services,
): Panels<CellHistoryState> & Disposable {
  const { histories, register } = services;
  const panels: Panels<CellHistoryState> = registerPanels<CellHistoryState, CellHistoryPage>(
    context,
    {
      viewType: pageIds.cellHistory,
      view: 'cellHistory',
      placement: 'beside',
      title: ({ notebook }) => `Cell History: ${baseName(notebook)}`,
      key: ({ notebook, cell }) => JSON.stringify([notebook, cell.checkpointId, cell.cellIndex]),
      parseState,
      open: (panel) => openPanel(panel, services, panels),
    },
  );
  const command = register(commandIds.showCellHistory, async (...args) => {
    const { notebook, cell } = cellOf(args);
    const trace = await histories.trace(notebook, cell);
    if (!trace) {
      throw new UserError('This cell is in no checkpoint yet: save the notebook to make one.');
    }
    panels.show({ notebook, cell: nameOf(trace), against: 'before' });
  });
  return {
    isOpen: panels.isOpen,
    restore: panels.restore,
    show: panels.show,
    dispose() {
      command.dispose();
      panels.dispose();
    },
  };
}

/** Given by a lens, by the toolbar of a cell or its status bar, or the one in front of the user. */
function cellOf([first]: readonly unknown[]): OpenCell {
  if (first instanceof Object && 'notebook' in first && 'document' in first) {
    // SAFETY: the menu of a cell gives the cell.
    return openCellOf(first as NotebookCell);
  }
  const { cell, script, cellIndex } = objectOf(first);
  if (typeof cell === 'string') return openShownCell({ cell });
  if (typeof script === 'string' && typeof cellIndex === 'number') {
    return openShownCell({ script, cellIndex });
  }
  return activeCell();
}

export function nameOf({ first }: TraceData): CellName {
  return { checkpointId: first.checkpointId, cellIndex: first.cellIndex };
}

function openPanel(
  { state, page, setTitle }: OpenPanel<CellHistoryState, CellHistoryPage>,
  services: Services,
  panels: Panels<CellHistoryState>,
) {
  const { cache, histories, guard } = services;
  const { notebook, cell } = state;
  const closing = new AbortController();
  const runsOf = () => collectVersionRuns(cache.runs(), notebook);
  let shown: NotebookTrace | undefined;
  const requireTrace = async (): Promise<NotebookTrace> => {
    shown ??= await histories.trace(
      notebook,
      { kind: 'checkpoint', ...cell },
      {
        signal: closing.signal,
        onProgress: ({ read, total }) => page.progressed(read, total),
      },
    );
    if (!shown) {
      throw new UserError('The checkpoint that this cell was opened from is not there any more.');
    }
    return shown;
  };
  const requireVersion = async (key: number): Promise<TracedVersion> => {
    const version = (await requireTrace()).versions.find(({ number }) => number === key);
    if (!version) throw new UserError('This version is not there any more.');
    return version;
  };
  const run = (what: string, command: string, ...args: unknown[]) =>
    guard(what, () => commands.executeCommand(command, ...args)).then(() => undefined);

  // While a run prints, the record changes many times a second.
  const recordChanged = createThrottle(() => page.historyChanged(), 500);
  const stops = [
    histories.onDidChange((changed) => {
      if (changed === notebook) {
        shown = undefined;
        page.historyChanged();
      }
    }),
    cache.onDidChange(exceptViews(recordChanged.request)),
  ];
  // So that it is told of what comes.
  histories.counts(notebook);

  const host: CellHistoryHost = {
    async readHistory() {
      const trace = await requireTrace();
      setTitle(`Cell ${trace.last.cellIndex + 1} History: ${baseName(notebook)}`);
      return toHistoryData(trace, runsOf(), {
        ...{ notebook, language: trace.language },
      });
    },
    async readVersion(key) {
      const version = await requireVersion(key);
      return toVersionDetail(await requireTrace(), version, runsOf(), cache.checkpoint);
    },
    readOutputs: (place) => histories.shownOutputs(place.checkpointId, place.cellIndex),
    restoreVersion: async (key) => {
      await guard('Restoring the cell', async () =>
        restoreVersion(notebook, await requireTrace(), await requireVersion(key), services),
      );
    },
    openNotebookDiff: (id) => run('Opening the diff', commandIds.diffWithCurrent, [id]),
    openNotebook: (id) => run('Opening the checkpoint', commandIds.openCheckpoint, [id]),
    toggleStar: (id) => run('Starring', commandIds.toggleStar, [id]),
    editTags: (id) => run('Tagging', commandIds.tag, [id]),
    editNote: (id) => run('Editing the note', commandIds.editNote, [id]),
    showRun: (id) => run('Showing the run', commandIds.showCharts, [id]),
    showOtherCell: async (other) => panels.show({ notebook, cell: other, against: 'before' }),
  };
  return {
    host,
    dispose() {
      closing.abort();
      for (const stop of stops) stop();
      recordChanged.dispose();
    },
  };
}

function parseState(kept: unknown): CellHistoryState | undefined {
  const { notebook, cell, version, against } = objectOf(kept);
  const { checkpointId, cellIndex } = objectOf(cell);
  if (typeof notebook !== 'string' || typeof checkpointId !== 'string') return undefined;
  if (typeof cellIndex !== 'number') return undefined;
  return {
    notebook,
    // SAFETY: an id that is not there is found nowhere.
    cell: { checkpointId: checkpointId as CheckpointId, cellIndex },
    ...(typeof version === 'number' ? { version } : {}),
    against: isChoice(against) ? against : 'before',
  };
}

function isChoice(kept: unknown): kept is VersionChoice {
  return kept === 'none' || kept === 'before' || kept === 'newest' || typeof kept === 'number';
}
