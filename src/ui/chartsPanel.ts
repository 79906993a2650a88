import { commands, type ExtensionContext, Uri, window, workspace } from 'vscode';
import { chartedMetrics, chartedRuns, readLines } from '../app/chartReader';
import type { RecordCache } from '../app/recordCache';
import { defaultLayout, parseLayout } from '../core/chart/chartLayout';
import { groupFieldsOf, groupOf } from '../core/chart/groupField';
import { defaultLineView, parseLineView } from '../core/chart/lineView';
import type { Run, RunId } from '../core/run/run';
import { runName } from '../core/run/runName';
import { commandIds, pageIds } from '../platform/contributionIds';
import { objectOf, stringsOf } from '../platform/keptState';
import { type Panels, registerPanels } from '../platform/panels';
import type { ChartedRun, ChartsHost, ChartsPage, ChartsState } from '../protocol/chartsPage';
import { pickRuns } from './pick';
import { createPlotsHost } from './plotsHost';
import type { Services } from './services';
import { createThrottle } from './throttle';

/** A page of charts as it is before anybody changed it. */
export function newCharts(runIds: readonly RunId[]): ChartsState {
  return {
    runIds,
    lines: defaultLineView,
    layout: defaultLayout,
    filter: '',
    hiddenRuns: [],
    pinnedRuns: [],
    stylePlaces: [],
  };
}

/** Without a choice of the user's, the newest run is followed. */
export function registerCharts(
  context: ExtensionContext,
  { cache, reader, guard, plots, media }: Services,
): Panels<ChartsState> {
  const panels = registerPanels<ChartsState, ChartsPage>(context, {
    viewType: pageIds.charts,
    view: 'charts',
    placement: 'beside',
    title: ({ runIds }) => titleOf(runIds, cache),
    key: ({ runIds }) => [...runIds].sort().join(),
    parseState(kept) {
      const { runIds, lines, layout, filter, ...lists } = objectOf(kept);
      return {
        // SAFETY: an id that is not there is found nowhere.
        runIds: stringsOf(runIds) as readonly RunId[],
        lines: parseLineView(lines),
        layout: parseLayout(layout),
        filter: typeof filter === 'string' ? filter : '',
        // SAFETY: as above.
        hiddenRuns: stringsOf(lists.hiddenRuns) as readonly RunId[],
        // SAFETY: as above.
        pinnedRuns: stringsOf(lists.pinnedRuns) as readonly RunId[],
        stylePlaces: stringsOf(lists.stylePlaces),
      };
    },
    open({ state, page, setTitle }) {
      const changed = createThrottle(() => {
        setTitle(titleOf(state.runIds, cache));
        page.chartsChanged();
      });
      const stop = cache.onDidChange(({ runs }) => {
        if (runs) changed.request();
      });
      void cache.ready.then(() => setTitle(titleOf(state.runIds, cache)));
      const host: ChartsHost = {
        ...createPlotsHost({
          ...{ cache, plots, media },
          shownRuns: () => chartedRuns(state.runIds, cache),
          showCharts: (runIds) => panels.show({ ...state, runIds }),
        }),
        async readCharts(groupBy) {
          await cache.ready;
          const runs = chartedRuns(state.runIds, cache);
          return {
            runs: runs.map((run) => toCharted(run, groupBy)),
            metrics: chartedMetrics(runs),
            groupFields: groupFieldsOf(runs),
            followsNewest: state.runIds.length === 0,
          };
        },
        readLines: (request) => readLines(reader, request),
        askRuns: async () => {
          await guard('Choosing runs', async () => {
            const shown = chartedRuns(state.runIds, cache);
            const runs = await pickRuns(cache, 'Show Charts', 1, shown);
            panels.show({ ...state, runIds: runs.map(({ id }) => id) });
          });
        },
        openLog: async (runId) => {
          await commands.executeCommand(commandIds.openLog, [runId]);
        },
        async saveFile(name, content) {
          const folder = workspace.workspaceFolders?.[0]?.uri;
          const extension = name.slice(name.lastIndexOf('.') + 1);
          const target = await window.showSaveDialog({
            ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }),
            filters: { [extension.toUpperCase()]: [extension] },
          });
          if (target !== undefined) await workspace.fs.writeFile(target, content);
        },
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
  return panels;
}

function toCharted(run: Run, groupBy: string | undefined): ChartedRun {
  const group = groupBy === undefined ? undefined : groupOf(run, groupBy);
  return {
    runId: run.id,
    name: runName(run),
    status: run.status,
    experiment: run.experiment,
    startedAtMs: run.startedAtMs,
    pointCount: run.metrics.reduce((sum, { count }) => sum + count, 0),
    ...(group === undefined ? {} : { group }),
  };
}

function titleOf(runIds: readonly RunId[], cache: RecordCache): string {
  if (runIds.length === 0) return 'Charts: newest run';
  const [first] = runIds;
  const only = first === undefined ? undefined : cache.run(first);
  return runIds.length === 1 && only ? `Charts: ${runName(only)}` : `Charts: ${runIds.length} runs`;
}
