import { commands, type ExtensionContext } from 'vscode';
import { chartedMetrics, chartedRuns, readLines } from '../app/chartReader';
import type { RecordCache } from '../app/recordCache';
import { firstLinesRequest } from '../core/chart/firstLines';
import { groupFieldsOf, groupOf } from '../core/chart/groupField';
import type { Run, RunId } from '../core/run/run';
import { runName } from '../core/run/runName';
import { parseSearch } from '../core/search/parseSearch';
import { UserError } from '../core/userError';
import { commandIds, pageIds } from '../platform/contributionIds';
import { type Panels, registerPanels } from '../platform/panels';
import type {
  ChartedRun,
  ChartsHost,
  ChartsPage,
  ChartsState,
  ShownRuns,
} from '../protocol/chartsPage';
import { parseChartsState } from '../protocol/chartsState';
import { createFirstRunHost } from './firstRunHost';
import { pickRuns } from './pick';
import { createPlotsHost } from './plotsHost';
import { createSavedViewsHost } from './savedViews';
import { saveFile } from './saveFile';
import { createSearchHost } from './searchHost';
import type { Services } from './services';
import { createThrottle } from './throttle';

/** A page is told of new points so often at most: nobody sees more. */
const changedMs = 250;

/** Without a choice of the user's, the newest run is followed. */
export function registerCharts(context: ExtensionContext, services: Services): Panels<ChartsState> {
  const { cache, reader, guard, plots, media } = services;
  const panels = registerPanels<ChartsState, ChartsPage>(context, {
    viewType: pageIds.charts,
    view: 'charts',
    placement: 'beside',
    title: (state) => titleOf(state, cache),
    key: ({ runIds, search }) => search || [...runIds].sort().join(),
    parseState: parseChartsState,
    open({ state, page, setTitle, setState }) {
      let shown: ShownRuns = state;
      let runs: readonly Run[] = [];
      let reading: ReturnType<typeof readShown> | undefined;
      async function readShown() {
        await cache.ready;
        const { search, runIds } = shown;
        const found = search === '' ? runIds : await findRuns(search);
        const isEmpty = search !== '' && found.length === 0;
        runs = isEmpty ? [] : chartedRuns(found.slice(0, maxRuns), cache);
        const leftOut = Math.max(0, found.length - maxRuns);
        return { runs, metrics: chartedMetrics(runs), search, runIds, leftOut };
      }
      const changed = createThrottle(() => {
        setTitle(titleOf(shown, cache));
        page.chartsChanged();
      }, changedMs);
      const stop = cache.onDidChange(({ runs }) => {
        if (runs) changed.request();
      });
      void cache.ready.then(() => setTitle(titleOf(shown, cache)));
      const show = (next: ShownRuns) => {
        shown = next;
        setState({ ...state, ...next });
        page.chartsChanged();
      };
      const host: ChartsHost = {
        ...createSavedViewsHost('charts', services),
        ...createFirstRunHost(),
        ...createSearchHost(context, services),
        ...createPlotsHost({
          ...{ cache, plots, media },
          shownRuns: () => runs.flatMap(({ id }) => cache.run(id) ?? []),
          showCharts: (runIds) => panels.show({ ...state, runIds, search: '' }),
        }),
        async readCharts(groupBy) {
          reading = readShown();
          const { runs, metrics, search, runIds, leftOut } = await reading;
          return {
            runs: runs.map((run) => toCharted(run, groupBy)),
            metrics,
            groupFields: groupFieldsOf(runs),
            followsNewest: search === '' && runIds.length === 0,
            chosenIds: runIds,
            search,
            leftOut,
          };
        },
        async readFirstLines(view) {
          reading ??= readShown();
          const { runs, metrics } = await reading;
          const runIds = runs.map(({ id }) => id);
          const request = firstLinesRequest(metrics, runIds, view);
          return request && { request, lines: await readLines(reader, request) };
        },
        readLines: (request) => readLines(reader, request),
        askRuns: async () => {
          await guard('Choosing runs', async () => {
            const chosen = await pickRuns(cache, 'Show Charts', 1, runs);
            show({ runIds: chosen.map(({ id }) => id), search: '' });
          });
        },
        async showRuns(next) {
          const { error } = parseSearch(next.search);
          if (error !== undefined && next.search !== '') throw new UserError(error.message);
          show(next);
        },
        openLog: async (runId) => {
          await commands.executeCommand(commandIds.openLog, [runId]);
        },
        saveFile: async (name, content) => {
          await saveFile(name, content);
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

  /** Newest first. */
  async function findRuns(search: string): Promise<readonly RunId[]> {
    const { node } = parseSearch(search);
    return node === undefined ? [] : reader.listRunIds({ search: node });
  }
}

/** More lines no eye tells apart; the newest are shown, and how many are not is said. */
const maxRuns = 1000;

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

function titleOf({ runIds, search }: ShownRuns, cache: RecordCache): string {
  if (search !== '') return `Charts: ${search}`;
  if (runIds.length === 0) return 'Charts: newest run';
  const [first] = runIds;
  const only = first === undefined ? undefined : cache.run(first);
  return runIds.length === 1 && only ? `Charts: ${runName(only)}` : `Charts: ${runIds.length} runs`;
}
