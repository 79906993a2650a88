import { Disposable, type ExtensionContext } from 'vscode';
import { createBaseline } from '../app/baseline';
import { createDefaultViews } from '../app/defaultViews';
import type { HistoryService } from '../app/history/historyService';
import { createNotebookHistories } from '../app/history/notebookHistories';
import { createLogFileFollower } from '../app/logFileFollower';
import { createPins } from '../app/pins';
import { createRunEdits } from '../app/runEdits';
import { createRunFilter } from '../app/runFilter';
import { createSameRuns } from '../app/sameRuns';
import type { Remote } from '../core/rpc';
import { commandIds, viewIds } from '../platform/contributionIds';
import type { Log } from '../platform/log';
import { readSettings } from '../platform/settings';
import { registerArchiveCommands } from './archiveCommands';
import { registerAttachLogFile } from './attachLogFile';
import { registerBaselineCommands } from './baselineCommands';
import { registerCellHistory } from './cellHistoryPanel';
import { registerCellTrust } from './cellTrust';
import { registerCharts } from './chartsPanel';
import { registerCheckpointCommands } from './checkpointCommands';
import { registerCheckpointFileSystem } from './checkpointFileSystem';
import { registerCheckpointTree } from './checkpointTree';
import { registerCleanUpStore } from './cleanUpStore';
import { registerCompareCommands } from './compareCommands';
import { registerCompareNotebooks } from './compareNotebooks';
import { registerCompare } from './comparePanel';
import { registerDeleteForGood } from './deleteForGood';
import { registerEditCommands } from './editCommands';
import { registerExportRecord } from './exportRecord';
import { registerFilterRuns } from './filterRuns';
import { registerImportHistory } from './importHistory';
import { registerKeptFiles } from './keptFiles';
import { registerLaunchTasks } from './launchTasks';
import { registerLeaderboard } from './leaderboardPanel';
import { registerLensActions } from './lensActions';
import { registerLenses } from './lenses';
import { registerLogDocuments } from './logDocuments';
import { registerNotebookDiff } from './notebookDiffPanel';
import { registerOpenRunFile } from './openRunFile';
import type { RecordingIndicator } from './recordingSwitch';
import { registerRereadLogs } from './rereadLogs';
import { registerRevisionFileSystem } from './revisionFileSystem';
import { registerRunCommands } from './runCommands';
import { registerRunPage } from './runPagePanel';
import { registerRunTable } from './runTablePanel';
import { registerRunTree } from './runTree';
import { registerRunWithEpochlog } from './runWithEpochlog';
import type { Services } from './services';
import { registerStopRun } from './stopRun';
import { registerTeach } from './teachPanel';
import { registerTimeline } from './timelinePanel';
import { registerTrust } from './trustPanel';
import { registerVersionLenses } from './versionLenses';
import { registerViewCommands } from './viewCommands';
import { registerWalkthrough } from './walkthrough';

/** Everything of Epochlog that a user sees. */
export function registerSurfaces(
  context: ExtensionContext,
  parts: Omit<
    Services,
    'find' | 'baseline' | 'pins' | 'defaultViews' | 'edits' | 'logFiles' | 'histories'
  > & {
    readonly historyService: Remote<HistoryService>;
    readonly log: Log;
    readonly recording: RecordingIndicator;
  },
): Disposable {
  const { cache, recorder, reader, register, log, launches, recording } = parts;
  const onError = (what: string, error: unknown) => log.error(what, error);
  const sameRuns = createSameRuns({
    ...{ cache, listFiles: reader.listFiles, now: Date.now },
    isWanted: () => readSettings().tellSame,
    onError,
  });
  const histories = createNotebookHistories(cache, parts.historyService, onError);
  const filter = createRunFilter(context.workspaceState, cache, reader);
  const runTree = registerRunTree(cache, reader, recorder, sameRuns, filter);
  const checkpointTree = registerCheckpointTree(cache);
  const services: Services = {
    ...parts,
    edits: createRunEdits(parts.editor, cache),
    baseline: createBaseline(context.workspaceState, onError),
    pins: createPins(context.workspaceState, onError),
    defaultViews: createDefaultViews(context.workspaceState, cache),
    histories,
    logFiles: createLogFileFollower(recorder, onError),
    find: {
      run: cache.run,
      checkpoint: cache.checkpoint,
      selected: (viewId) => (viewId === viewIds.notebooks ? checkpointTree : runTree).selection(),
    },
  };
  const runTable = registerRunTable(context, services);
  const charts = registerCharts(context, services);
  const compare = registerCompare(context, services);
  const leaderboard = registerLeaderboard(context, services);
  const cellHistory = registerCellHistory(context, services);
  const notebookDiff = registerNotebookDiff(context, services);
  return Disposable.from(
    sameRuns,
    histories,
    recording.show(recorder, cache, sameRuns),
    runTree,
    registerFilterRuns(context, services, filter),
    checkpointTree,
    runTable,
    charts,
    compare,
    notebookDiff,
    registerRunCommands(services, { runTable, charts }),
    registerCompareCommands(services, compare),
    registerRunPage(context, services),
    leaderboard,
    registerViewCommands(services, { runTable, charts, leaderboard }),
    registerRunWithEpochlog(services),
    registerLaunchTasks(launches),
    registerStopRun(services),
    registerAttachLogFile(services),
    ...registerRereadLogs(services),
    registerTeach(context, services),
    registerArchiveCommands(services),
    registerBaselineCommands(services),
    registerEditCommands(services),
    registerDeleteForGood(services),
    registerCleanUpStore(services),
    registerExportRecord(services),
    registerImportHistory(services),
    registerCompareNotebooks(services, notebookDiff),
    registerCheckpointCommands(services, notebookDiff),
    registerCellTrust(parts.trust),
    registerTrust(context, services),
    registerLenses(cache),
    registerVersionLenses(histories),
    cellHistory,
    registerTimeline(context, services, cellHistory),
    registerLensActions(services),
    registerCheckpointFileSystem(cache, reader),
    registerRevisionFileSystem(),
    registerKeptFiles(reader),
    registerLogDocuments(services),
    registerOpenRunFile(register),
    registerWalkthrough(context, services),
    register(commandIds.showExtensionLog, () => log.show()),
  );
}
