import { commands, Disposable, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { FollowedLog } from '../app/logFileFollower';
import { formatAge } from '../core/format/formatTime';
import { baseName } from '../core/run/runName';
import { Cancelled, UserError } from '../core/userError';
import { setContextKey } from '../platform/contextKeys';
import { commandIds, contextKeyIds } from '../platform/contributionIds';
import type { Services } from './services';

/** A file that was not written for so long may be complete: the user knows. */
const restedMs = 10 * 60_000;
/** A smaller file is read before a progress could be seen. */
const largeBytes = 4 * 1024 * 1024;

/** "Attach to Log File…": reads a log as a run, and goes on while it grows. */
export function registerAttachLogFile(services: Services): Disposable {
  const { logFiles, recorder, editor, register } = services;
  const show = () => setContextKey(contextKeyIds.followsLogFile, logFiles.followed().length > 0);
  const stopShowing = recorder.onDidChangeActive(show);
  return Disposable.from(
    new Disposable(stopShowing),
    register(commandIds.attachLogFile, async (given) => {
      const uri = given instanceof Uri ? given : await chooseFile();
      if (uri.scheme !== 'file')
        throw new UserError('Choose a log file that lies on this machine.');
      const { size, mtime } = await workspace.fs.stat(uri).then(undefined, () => {
        throw new UserError(`${uri.fsPath} is not there.`);
      });
      const isComplete = Date.now() - mtime > restedMs && (await askIfComplete(uri, mtime));
      const log = await logFiles.follow({ path: uri.fsPath, isComplete });
      if (!(await isRead(log, size))) {
        await log.cancel();
        await editor.delete([{ kind: 'run', id: log.runId }]);
        throw new Cancelled();
      }
      if (isComplete) await log.stop();
      await tell(log, isComplete);
    }),
    register(commandIds.stopFollowing, async () => {
      const log = await chooseFollowed(logFiles.followed());
      await log.stop();
    }),
  );
}

async function chooseFile(): Promise<Uri> {
  const root = workspace.workspaceFolders?.[0]?.uri;
  const chosen = await window.showOpenDialog({
    title: 'Attach to Log File',
    openLabel: 'Attach',
    canSelectMany: false,
    filters: { 'Log files': ['log', 'txt', 'out', 'err'], 'All files': ['*'] },
    ...(root && { defaultUri: root }),
  });
  if (!chosen?.[0]) throw new Cancelled();
  return chosen[0];
}

async function askIfComplete(uri: Uri, writtenAtMs: number): Promise<boolean> {
  const complete = 'It Is Complete: Read It';
  const chosen = await window.showQuickPick([complete, 'Read It, and Follow It While It Grows'], {
    title: 'Attach to Log File',
    placeHolder: `${baseName(uri.fsPath)} was last written ${formatAge(writtenAtMs, Date.now())}`,
  });
  if (chosen === undefined) throw new Cancelled();
  return chosen === complete;
}

/** @returns false if the user would not wait for it. */
async function isRead(log: FollowedLog, sizeBytes: number): Promise<boolean> {
  if (sizeBytes <= largeBytes) {
    await log.caughtUp;
    return true;
  }
  const location = ProgressLocation.Notification;
  const title = `Reading ${baseName(log.path)}`;
  return window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    let shown = 0;
    const unlisten = log.onProgress((part) => {
      const increment = Math.floor(100 * part) - shown;
      if (increment <= 0) return;
      shown += increment;
      progress.report({ increment, message: `${shown} %` });
    });
    const cancelled = new Promise<boolean>((resolve) =>
      token.onCancellationRequested(() => resolve(false)),
    );
    const isRead = await Promise.race([log.caughtUp.then(() => true), cancelled]);
    unlisten();
    return isRead;
  });
}

/** Said because the user asked for it; the run goes on being followed whatever becomes of this. */
async function tell(log: FollowedLog, isComplete: boolean): Promise<void> {
  const name = baseName(log.path);
  const showCharts = 'Show Charts';
  const stop = 'Stop Following';
  const chosen = isComplete
    ? await window.showInformationMessage(`${name} was read as a run.`, showCharts)
    : await window.showInformationMessage(
        `${name} is followed as a run while it grows.`,
        showCharts,
        stop,
      );
  if (chosen === showCharts) await commands.executeCommand(commandIds.showCharts, [log.runId]);
  if (chosen === stop) await log.stop();
}

async function chooseFollowed(followed: readonly FollowedLog[]): Promise<FollowedLog> {
  const [only] = followed;
  if (!only) throw new UserError('No log file is followed.');
  if (followed.length === 1) return only;
  const chosen = await window.showQuickPick(
    followed.map((log) => ({ label: baseName(log.path), description: log.path, log })),
    { title: 'Stop Following' },
  );
  if (!chosen) throw new Cancelled();
  return chosen.log;
}
