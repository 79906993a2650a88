import { commands, type ExtensionContext } from 'vscode';
import type { RecordCache } from '../app/recordCache';
import type { RecordReader } from '../app/recordReader';
import { mainMetric } from '../core/run/mainMetric';
import { hasOwnMetrics, topRuns } from '../core/run/parts';
import type { Run, RunId } from '../core/run/run';
import { runName } from '../core/run/runName';
import { isSystemMetric } from '../core/run/systemMetric';
import { commandIds, pageIds } from '../platform/contributionIds';
import { objectOf, stringsOf } from '../platform/keptState';
import { type Panels, registerPanels } from '../platform/panels';
import type {
  Chart,
  ChartsData,
  ChartsHost,
  ChartsPage,
  ChartsState,
} from '../protocol/chartsPage';
import { pickRuns } from './pick';
import type { Services } from './services';
import { createThrottle } from './throttle';

/** Without a choice of the user's, the newest run is followed. */
export function registerCharts(
  context: ExtensionContext,
  { cache, reader, guard }: Services,
): Panels<ChartsState> {
  const panels = registerPanels<ChartsState, ChartsPage>(context, {
    viewType: pageIds.charts,
    view: 'charts',
    placement: 'beside',
    title: ({ runIds }) => titleOf(runIds, cache),
    key: ({ runIds }) => [...runIds].sort().join(),
    parseState(kept) {
      const { runIds, xAxis, logScale } = objectOf(kept);
      return {
        // SAFETY: an id that is not there is found nowhere.
        runIds: stringsOf(runIds) as readonly RunId[],
        xAxis: xAxis === 'time' ? 'time' : 'step',
        logScale: logScale === true,
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
        async readCharts(buckets) {
          await cache.ready;
          return {
            ...(await readCharts(shownRuns(state.runIds, cache), reader, buckets)),
            followsNewest: state.runIds.length === 0,
          };
        },
        askRuns: async () => {
          await guard('Choosing runs', async () => {
            const runs = await pickRuns(cache, 'Show Charts', 1, shownRuns(state.runIds, cache));
            panels.show({ ...state, runIds: runs.map(({ id }) => id) });
          });
        },
        openLog: async (runId) => {
          await commands.executeCommand(commandIds.openLog, [runId]);
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

function shownRuns(runIds: readonly RunId[], cache: RecordCache): readonly Run[] {
  const chosen =
    runIds.length === 0
      ? topRuns(cache.runs()).slice(0, 1)
      : runIds.flatMap((runId) => cache.run(runId) ?? []);
  return [...new Set(chosen.flatMap((run) => withParts(run, cache)))];
}

/** The parts of a run, and itself if it has points of a training too. */
function withParts(run: Run, cache: RecordCache): readonly Run[] {
  const parts = cache.partsOf(run.id);
  return parts.length > 0 && !hasOwnMetrics(run) ? parts : [run, ...parts];
}

function titleOf(runIds: readonly RunId[], cache: RecordCache): string {
  if (runIds.length === 0) return 'Charts: newest run';
  const [first] = runIds;
  const only = first === undefined ? undefined : cache.run(first);
  return runIds.length === 1 && only ? `Charts: ${runName(only)}` : `Charts: ${runIds.length} runs`;
}

async function readCharts(
  runs: readonly Run[],
  reader: RecordReader,
  buckets: number,
): Promise<Pick<ChartsData, 'runs' | 'charts'>> {
  const all = new Set(runs.flatMap((run) => orderedKeys(run)));
  // What tells of the machine stands behind what was trained for, whichever run has it.
  const keys = [...all].sort((a, b) => Number(isSystemMetric(a)) - Number(isSystemMetric(b)));
  const charts = await Promise.all(keys.map((key) => readChart(key, runs, reader, buckets)));
  return {
    runs: runs.map((run) => ({ runId: run.id, name: runName(run), status: run.status })),
    charts,
  };
}

async function readChart(
  key: string,
  runs: readonly Run[],
  reader: RecordReader,
  buckets: number,
): Promise<Chart> {
  const having = runs.filter((run) => run.metrics.some((metric) => metric.key === key));
  const series = await Promise.all(
    having.map(async (run) => ({
      runId: run.id,
      ...(await reader.readThinnedSeries(run.id, key, buckets)),
    })),
  );
  return { key, series };
}

/** The main metric first, the others as the run printed them. */
function orderedKeys({ metrics }: Run): readonly string[] {
  const main = mainMetric(metrics);
  return [...(main ? [main] : []), ...metrics].map(({ key }) => key);
}
