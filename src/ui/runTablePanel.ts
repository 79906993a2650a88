import { commands, type ExtensionContext } from 'vscode';
import { TableSource } from '../app/table/tableSource';
import type { RunId } from '../core/run/run';
import { parseSearch } from '../core/search/parseSearch';
import { describeCell } from '../core/table/describeCell';
import { parseTableState, parseTableView } from '../core/table/tableState';
import { UserError } from '../core/userError';
import { setContextKey } from '../platform/contextKeys';
import { type CommandId, commandIds, contextKeyIds, pageIds } from '../platform/contributionIds';
import { type Panels, registerPanels } from '../platform/panels';
import type { RunTableHost, RunTablePage, RunTableState } from '../protocol/runTablePage';
import { createFirstRunHost } from './firstRunHost';
import { createSavedViewsHost } from './savedViews';
import { copyTable, saveTable } from './saveTable';
import { createSearchHost } from './searchHost';
import type { Services } from './services';
import { createThrottle } from './throttle';

export interface RunTablePanels extends Panels<RunTableState> {
  /** Shows the table as it is, or opens it with a view, whose baseline it brings. */
  showView(kept: unknown): Promise<void>;
}

export function registerRunTable(context: ExtensionContext, services: Services): RunTablePanels {
  const { cache, reader, baseline, editor, edits, guard } = services;
  const setBaseline = (runId: RunId | undefined) => {
    if (runId === undefined || cache.run(runId) !== undefined) baseline.set(runId);
  };
  const panels = registerPanels<RunTableState, RunTablePage>(context, {
    viewType: pageIds.runTable,
    view: 'runTable',
    placement: 'active',
    hasOwnFind: true,
    title: () => 'Runs',
    key: () => '',
    parseState: parseTableState,
    open({ page }) {
      const source = new TableSource(cache, reader, Date.now);
      const changed = createThrottle(() => page.runsChanged(source.changedSlots()));
      const stops = [
        cache.onDidChange(({ runs }) => {
          if (runs) changed.request();
        }),
        baseline.onDidChange((runId) => page.baselineChanged(runId)),
      ];
      const run = async (id: CommandId, runIds: readonly RunId[]) => {
        await commands.executeCommand(id, runIds);
      };
      const host: RunTableHost = {
        async queryRuns({ search, ...query }) {
          const { node, error } = parseSearch(search);
          if (error) throw new UserError(error.message);
          const found = await source.find({
            ...query,
            search: search.trim() === '' ? undefined : node,
          });
          const base = baseline.get();
          return base === undefined ? found : { ...found, baseline: base };
        },
        readCells: (slots, columns) => source.readCells(slots, columns),
        readCurves: (slots, key, buckets) => source.readCurves(slots, key, buckets),
        async readDetail(runId, column) {
          const found = cache.run(runId);
          return found === undefined ? '' : describeCell(found, column);
        },
        ...createSearchHost(context, services),
        ...createSavedViewsHost('runTable', services),
        ...createFirstRunHost(),
        editRuns: (ids, edit) => edits.edit(ids, edit),
        async undoEdit() {
          const what = await edits.undo();
          setContextKey(contextKeyIds.canUndoDelete, editor.canUndoDelete());
          return what;
        },
        deleteRuns: (ids) => run(commandIds.delete, ids),
        restoreRuns: (ids) => run(commandIds.restoreRuns, ids),
        deleteForGood: (ids) => run(commandIds.deleteForGood, ids),
        moveRuns: (ids) => run(commandIds.moveRuns, ids),
        setArchived: (ids, isArchived) => (isArchived ? edits.archive(ids) : edits.unarchive(ids)),
        setBaseline: async (runId) => setBaseline(runId),
        openRun: (id) => run(commandIds.openRun, [id]),
        showCharts: (ids) => run(commandIds.showCharts, ids),
        compareRuns: (ids) => run(commandIds.compareRuns, ids),
        compareWithBaseline: (ids) => run(commandIds.compareWithBaseline, ids),
        openLog: (id) => run(commandIds.openLog, [id]),
        openSource: (id) => run(commandIds.openSource, [id]),
        saveExport: async (file) => {
          await guard('Saving the table', () => saveTable(file));
        },
        copyText: async (copied) => {
          await guard('Copying the table', () => copyTable(copied));
        },
      };
      return {
        host,
        dispose() {
          for (const stop of stops) stop();
          changed.dispose();
        },
      };
    },
  });
  return {
    ...panels,
    dispose: () => panels.dispose(),
    async showView(kept) {
      const { baseline: base, ...state } = parseTableView(kept);
      const isNew = !panels.isOpen(state);
      panels.show(state);
      if (!isNew || base === undefined) return;
      // Which runs are there is known once the record has been read.
      await cache.ready;
      setBaseline(base);
    },
    restore(kept) {
      const { baseline: base, ...state } = parseTableView(kept);
      if (base !== undefined) setBaseline(base);
      panels.restore(state);
    },
  };
}
