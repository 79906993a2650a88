import { commands } from 'vscode';
import type { RunMediaReader } from '../app/media/runMediaReader';
import type { PlotReader } from '../app/plotReader';
import type { RecordCache } from '../app/recordCache';
import type { Run, RunId } from '../core/run/run';
import { UserError } from '../core/userError';
import { commandIds } from '../platform/contributionIds';
import type { PlotsHost } from '../protocol/plotsHost';

export interface PlotsHostPorts {
  readonly cache: RecordCache;
  readonly plots: PlotReader;
  readonly media: RunMediaReader;
  /** The runs of the panel, as they are now. */
  readonly shownRuns: () => readonly Run[];
  readonly showCharts: (runIds: readonly RunId[]) => void;
}

/** Nobody looks at the pictures of more runs side by side. */
const maxMediaRuns = 24;

/** The host half of charts of many runs. */
export function createPlotsHost(ports: PlotsHostPorts): PlotsHost {
  const { cache, plots, media, shownRuns, showCharts } = ports;
  const runsOf = (runIds: readonly RunId[]) => runIds.flatMap((runId) => cache.run(runId) ?? []);
  return {
    async readFieldChoices() {
      await cache.ready;
      return plots.fieldChoices(shownRuns());
    },
    async readColumns(fields) {
      await cache.ready;
      const runs = shownRuns();
      return { runIds: runs.map(({ id }) => id), columns: await plots.columns(runs, fields) };
    },
    readImportance: (value, runIds) => plots.importance(runsOf(runIds), value),
    readMedia: (kind, runIds) =>
      Promise.all(
        runsOf(runIds.slice(0, maxMediaRuns)).map(async (run) => ({
          runId: run.id,
          ...(await media.list(run, kind)),
        })),
      ),
    async readImage(runId, id) {
      const run = cache.run(runId);
      if (run === undefined) throw new UserError('This run is not there any more.');
      return media.readImage(run, id);
    },
    openRun: async (runId) => {
      await commands.executeCommand(commandIds.openRun, [runId]);
    },
    chartRuns: async (runIds) => showCharts(runIds),
    compareRuns: async (runIds) => {
      await commands.executeCommand(commandIds.compareRuns, runIds);
    },
  };
}
