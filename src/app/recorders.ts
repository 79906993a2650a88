import { resolve } from 'node:path';
import type { MetricPattern } from '../core/extract/patterns/metricPattern';
import type { Remote } from '../core/rpc';
import type { Store } from '../store/store';
import { type CellRecorder, createCellRecorder } from './cellRecorder';
import { type CheckpointKeeper, createCheckpointKeeper } from './checkpointKeeper';
import { closeWindow } from './closeWindow';
import { type CommandRecorder, createCommandRecorder, type Workspace } from './commandRecorder';
import type { RunDiffs } from './compare/runDiffs';
import type { ExtractionService } from './extractionService';
import type { CheckpointWriter } from './history/checkpointWriter';
import type { HistoryService } from './history/historyService';
import { createHistoryImporter, type HistoryImporter } from './historyImporter';
import { createLaunches, type Launches } from './launch/launches';
import type { MediaService } from './media/mediaService';
import { createRunMediaReader, type RunMediaReader } from './media/runMediaReader';
import type { NotebookFiles } from './notebookFiles';
import { createNotebookSnapshots, type NotebookSnapshots } from './notebookSnapshots';
import type { OpenDiffs } from './openDiffs';
import { createPlotReader, type PlotReader } from './plotReader';
import type { PlotService } from './plotService';
import { createRunCompanions } from './runCompanions';
import { createRunRecorder, type RunRecorder } from './runRecorder';
import { createTrustKeeper, type TrustKeeper } from './trustKeeper';
import type { TrustService } from './trustService';
import { connectWorker } from './workerConnection';

export interface RecorderPorts {
  readonly store: Store;
  /** Where the record is kept. */
  readonly directory: string;
  readonly workspace: Workspace;
  /** Path of a built worker. */
  readonly workerPath: (name: string) => string;
  /** The user's settings, as they are now. */
  readonly patterns: () => readonly MetricPattern[];
  readonly sampleEveryMs: () => number;
  /** Presses Ctrl+C in the terminal whose process has this id; false if this window has none. */
  readonly pressCtrlC: (processId: number) => Promise<boolean>;
  readonly now: () => number;
  /** What could not be read or understood, for the developer log. */
  readonly onNote: (note: string) => void;
  readonly onError: (what: string, error: unknown) => void;
}

/** All that records what runs in a window, and the workers that it needs. */
export interface Recorders {
  readonly recorder: RunRecorder;
  readonly commands: CommandRecorder;
  readonly cells: CellRecorder;
  readonly launches: Launches;
  readonly keeper: CheckpointKeeper;
  readonly importer: HistoryImporter;
  readonly extraction: Remote<ExtractionService>;
  /** What ran in the notebooks that are open, and how far their results can be trusted. */
  readonly trust: TrustKeeper;
  readonly diff: Remote<NotebookFiles>;
  readonly runDiffs: Remote<RunDiffs>;
  readonly snapshots: NotebookSnapshots;
  readonly openDiffs: Remote<OpenDiffs>;
  readonly historyService: Remote<HistoryService>;
  readonly plots: PlotReader;
  readonly media: RunMediaReader;
  /**
   * Ends what it records, leaves to others what outlives the window, and closes the store.
   *
   * @param keepOpen takes the checkpoints that are due of open notebooks.
   */
  close(keepOpen: () => Promise<void>): Promise<void>;
}

/** How many checkpoints are asked for what ran before a notebook was opened. */
const readCheckpoints = 40;

export function createRecorders(ports: RecorderPorts): Recorders {
  const { store, directory, workspace, workerPath, pressCtrlC, now, onNote, onError } = ports;
  const extraction = connectWorker<ExtractionService>(workerPath('extractionWorker'));
  type Notebooks = NotebookFiles & OpenDiffs & CheckpointWriter & RunDiffs;
  const diff = connectWorker<Notebooks>(workerPath('diffWorker'), {
    storeFolder: directory,
  });
  const history = connectWorker<HistoryService>(workerPath('historyWorker'), { folder: directory });
  const companions = createRunCompanions(ports);
  const recorder = createRunRecorder({
    ...{ store, extraction: extraction.remote, now, onError, onAdvice: onNote },
    companions: companions.companions,
    patterns: ports.patterns,
  });
  const commands = createCommandRecorder(recorder, store, workspace, onError);
  const launches = createLaunches({
    ...{ storeFolder: directory, launcherPath: workerPath('launcher'), commands, store },
    ...{ isTrusted: workspace.isTrusted, pressCtrlC, now, onError },
  });
  const readExecutions = async (notebook: string) => {
    const latest = await store.listCheckpoints({ notebook, limit: readCheckpoints });
    return latest.length === 0 ? [] : history.remote.executions(latest.toReversed());
  };
  const trust = connectWorker<TrustService>(workerPath('trustWorker'));
  const media = connectWorker<MediaService>(workerPath('mediaWorker'));
  const plots = connectWorker<PlotService>(workerPath('plotWorker'));
  const keeper = createCheckpointKeeper(store, diff.remote, now);
  const cells = createCellRecorder(recorder, store, workspace);
  return {
    ...{ recorder, commands, cells, launches, keeper },
    importer: createHistoryImporter(store, keeper),
    extraction: extraction.remote,
    diff: diff.remote,
    runDiffs: diff.remote,
    trust: createTrustKeeper(trust.remote, readExecutions, onError),
    snapshots: createNotebookSnapshots(diff.remote),
    openDiffs: diff.remote,
    historyService: history.remote,
    plots: createPlotReader({ store, service: plots.remote, now }),
    media: createRunMediaReader({
      ...{ store, service: media.remote },
      toAbsolutePath: (path) => resolve(workspace.rootPath ?? '', path),
    }),
    close: (keepOpen) =>
      closeWindow({ launches, recorder, cells, keeper, store }, keepOpen, [
        ...[extraction, diff, history, trust, media, plots, companions],
      ]),
  };
}
