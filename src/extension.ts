import { join } from 'node:path';
import type { ExtensionContext } from 'vscode';
import { createKeptLogs } from './app/log/keptLogs';
import { createRecord } from './app/record';
import { createRecordExporter } from './app/recordExporter';
import { createRecorders } from './app/recorders';
import { captureCommands } from './capture/commandCapture';
import { captureNotebooks } from './capture/notebooks';
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
  const workerPath = (name: string) => join(context.extensionPath, 'dist', 'workers', `${name}.js`);
  const now = () => Date.now();

  const directory = await findStoreDirectory(context);
  const record = createRecord({
    ...{ directory, workerPath: workerPath('storeWorker'), now, onError, settings: readSettings() },
    onProblem: (problem) => quietly('Telling of a problem', () => showStoreProblem(problem, log)),
  });
  const recording = registerRecordingSwitch(register);
  const workspace = createRecordingWorkspace(recording.isPaused);
  const recorders = createRecorders({
    ...{ store: record.store, directory, workspace, workerPath, pressCtrlC, now, onError },
    patterns: readMetricPatterns,
    sampleEveryMs: () => readSettings().sampleEveryMs,
    onNote: log.warn,
  });
  const { commands, extraction } = recorders;
  const notebooks = captureNotebooks(record, recorders, workspace, context.workspaceState, quietly);
  close = () => recorders.close(notebooks.flush);

  context.subscriptions.push(
    log,
    onSettingsChange(() => record.applySettings(readSettings())),
    watchPatterns(extraction, quietly),
    recording,
    captureCommands(commands, createUnseenHint(context.subscriptions), quietly),
    notebooks,
    registerSurfaces(context, {
      ...{ ...record, ...recorders, recording, register, guard, log },
      exporter: createRecordExporter(directory, workerPath('exportWorker')),
      logs: createKeptLogs(record.store, workerPath('logWorker'), readMetricPatterns, directory),
    }),
  );
  return { snapshot: record.snapshot };
}

/** VS Code waits for this when a window closes; what is acknowledged is on disk without it. */
export async function deactivate(): Promise<void> {
  await close?.();
}
