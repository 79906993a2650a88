import { commands, type ExtensionContext } from 'vscode';
import type { RunId } from '../core/run/run';
import { type CommandId, commandIds, pageIds } from '../platform/contributionIds';
import { objectOf } from '../platform/keptState';
import { type Panels, registerPanels } from '../platform/panels';
import type { RunTableHost, RunTablePage, RunTableState } from '../protocol/runTablePage';
import type { Services } from './services';
import { createThrottle } from './throttle';

export function registerRunTable(
  context: ExtensionContext,
  { cache, editor }: Services,
): Panels<RunTableState> {
  return registerPanels<RunTableState, RunTablePage>(context, {
    viewType: pageIds.runTable,
    view: 'runTable',
    placement: 'active',
    title: () => 'Runs',
    key: () => '',
    parseState(kept) {
      const { sortKey, sortDescending, filter } = objectOf(kept);
      return {
        sortKey: typeof sortKey === 'string' ? sortKey : 'started',
        sortDescending: sortDescending !== false,
        filter: typeof filter === 'string' ? filter : '',
      };
    },
    open({ page }) {
      const changed = createThrottle(() => page.runsChanged());
      const stop = cache.onDidChange(({ runs }) => {
        if (runs) changed.request();
      });
      const run = async (id: CommandId, runIds: readonly RunId[]) => {
        await commands.executeCommand(id, runIds);
      };
      const host: RunTableHost = {
        async readRuns() {
          await cache.ready;
          return cache.runs();
        },
        editRun: (id, edit) => editor.edit([{ kind: 'run', id }], edit),
        deleteRuns: (ids) => run(commandIds.delete, ids),
        askRename: (id) => run(commandIds.rename, [id]),
        askTag: (ids) => run(commandIds.tag, ids),
        askNote: (id) => run(commandIds.editNote, [id]),
        showCharts: (ids) => run(commandIds.showCharts, ids),
        compareRuns: (ids) => run(commandIds.compareRuns, ids),
        openLog: (id) => run(commandIds.openLog, [id]),
        openSource: (id) => run(commandIds.openSource, [id]),
      };
      return {
        host,
        dispose() {
          stop();
          changed.dispose();
        },
      };
    },
  });
}
