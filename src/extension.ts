import { join } from 'node:path';
import type { ExtensionContext } from 'vscode';
import { createCellRecorder } from './app/cellRecorder';
import { createCheckpointKeeper } from './app/checkpointKeeper';
import { closeWindow } from './app/closeWindow';
import { createCommandRecorder } from './app/commandRecorder';
import type { DiffService } from './app/diffService';
import type { ExtractionService } from './app/extractionService';
import { createLaunches } from './app/launch/launches';
import { createKeptLogs } from './app/log/keptLogs';
import { createRecord } from './app/record';
import { createRecordExporter } from './app/recordExporter';
import { createRunCompanions } from './app/runCompanions';
import { createRunRecorder } from './app/runRecorder';
import { connectWorker } from './app/workerConnection';
import { captureCommands } from './capture/commandCapture';
import { captureNotebookExecutions } from './capture/notebookExecutions';
import { captureNotebookSaves } from './capture/notebookSaves';
import { createRegisterCommand } from './platform/commands';
import { createGuard, createQuietly } from './platform/guard';
import { createLog } from './platform/log';
import { createRecordingWorkspace } from './platform/recordingWorkspace';
import { onSettingsChange, readMetricPatterns, readSettings } from './platform/settings';
import { findStoreDirectory } from './platform/storeDirectory';
import { pressCtrlC } from './ui/launchTerminal';
import { watchPatterns } from './ui/patternProblems';
import { registerRecordingSwitch } from './ui/recordingSwitch';
import { showStoreProblem } from './ui/storeProblem';
import { registerSurfaces } from './ui/surfaces';
import { createUnseenHint } from './ui/unseenHint';

/** What other extensions, and tests, may read of the record. */
export interface EpochlogApi {
  /** Everything that is not deleted, newest first. */
  snapshot(): Promise<{
    readonly runs: readonly object[];
    readonly checkpoints: readonly object[];
  }>;
}

let close: (() => Promise<void>) | undefined;

export async function activate(context: ExtensionContext): Promise<EpochlogApi> {
  const log = createLog();
  const guard = createGuard(log);
  const quietly = createQuietly(log);
  const register = createRegisterCommand(guard);
  const onError = (what: string, error: unknown) => log.error(what, error);
  const worker = (name: string) => join(context.extensionPath, 'dist', 'workers', `${name}.js`);
  const now = () => Date.now();

  const directory = await findStoreDirectory(context);
  const record = createRecord({
    directory,
    workerPath: worker('storeWorker'),
    now,
    onError,
    settings: readSettings(),
    onProblem: (problem) => quietly('Telling of a problem', () => showStoreProblem(problem, log)),
  });
  const extraction = connectWorker<ExtractionService>(worker('extractionWorker'));
  const diff = connectWorker<DiffService>(worker('diffWorker'));
  const { store } = record;
  const recording = registerRecordingSwitch(register);
  const workspace = createRecordingWorkspace(recording.isPaused);
  const companions = createRunCompanions({
    ...{ store, directory, workspace, workerPath: worker, now, onError, onNote: log.warn },
    sampleEveryMs: () => readSettings().sampleEveryMs,
  });
  const recorder = createRunRecorder({
    ...{ store, extraction: extraction.remote, now, onError },
    companions: companions.companions,
    patterns: readMetricPatterns,
    onAdvice: (message) => log.warn(message),
  });
  const commands = createCommandRecorder(recorder, store, workspace, onError);
  const launches = createLaunches({
    ...{ storeFolder: directory, launcherPath: worker('launcher'), commands, store, now, onError },
    ...{ isTrusted: workspace.isTrusted, pressCtrlC },
  });
  const keeper = createCheckpointKeeper(store, diff.remote, now);

  context.subscriptions.push(
    log,
    onSettingsChange(() => record.applySettings(readSettings())),
    watchPatterns(extraction.remote, quietly),
    recording,
    captureCommands(commands, createUnseenHint(context.subscriptions), quietly),
    captureNotebookSaves(keeper, workspace, quietly),
    captureNotebookExecutions(
      createCellRecorder(recorder, store, workspace),
      keeper,
      workspace,
      quietly,
    ),
    registerSurfaces(context, {
      ...record,
      exporter: createRecordExporter(directory, worker('exportWorker')),
      recorder,
      recording,
      launches,
      keeper,
      diff: diff.remote,
      extraction: extraction.remote,
      logs: createKeptLogs(store, worker('logWorker'), readMetricPatterns),
      register,
      guard,
      log,
    }),
  );
  close = () => closeWindow({ launches, recorder, keeper, store }, [extraction, diff, companions]);
  return { snapshot: () => record.snapshot() };
}

/** VS Code waits for this when a window closes; what is acknowledged is on disk without it. */
export async function deactivate(): Promise<void> {
  await close?.();
}
