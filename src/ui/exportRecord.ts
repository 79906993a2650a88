import { type Disposable, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { ExportResult } from '../app/exportService';
import type { RecordExporter } from '../app/recordExporter';
import {
  describeExport,
  describeExportedSecrets,
  describeExportProgress,
} from '../core/present/describeExport';
import { baseName } from '../core/run/runName';
import { Cancelled, UserError } from '../core/userError';
import { commandIds } from '../platform/contributionIds';
import { readSettings } from '../platform/settings';
import type { Services } from './services';

/** "Export Record…": all of it as one SQLite file, with what looks like a credential masked. */
export function registerExportRecord({ exporter, register }: Services): Disposable {
  return register(commandIds.exportRecord, async () => {
    const target = await window.showSaveDialog({
      title: 'Export Record',
      saveLabel: 'Export',
      defaultUri: Uri.joinPath(
        workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/'),
        'epochlog-export.db',
      ),
      filters: { 'SQLite database': ['db', 'sqlite', 'sqlite3'] },
    });
    if (!target) throw new Cancelled();
    if (target.scheme !== 'file') throw new UserError('Choose a place on this machine’s disk.');
    const masked = await exportTo(exporter, target.fsPath, false);
    const keepThem = 'Export with Them';
    const choices = masked.secrets > 0 ? [keepThem] : [];
    if ((await tell(masked, target, false, choices)) !== keepThem) return;
    await tell(await exportTo(exporter, target.fsPath, true), target, true, []);
  });
}

function tell(
  result: ExportResult,
  target: Uri,
  isKept: boolean,
  choices: readonly string[],
): Thenable<string | undefined> {
  const warnings = [...result.notes, describeExportedSecrets(result.secrets, isKept) ?? []].flat();
  const message = [describeExport(result, baseName(target.path)), ...warnings].join(' ');
  return warnings.length > 0
    ? window.showWarningMessage(message, ...choices)
    : window.showInformationMessage(message);
}

function exportTo(
  exporter: RecordExporter,
  outPath: string,
  keepSecrets: boolean,
): Thenable<ExportResult> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title: 'Exporting the record', cancellable: true },
    (progress, token) =>
      exporter.exportTo(outPath, {
        keepSecrets,
        directions: readSettings().directions,
        isCancelled: () => token.isCancellationRequested,
        onProgress: ({ part, done, total }) =>
          progress.report({ message: describeExportProgress(part, done, total) }),
      }),
  );
}
