import { commands, FileType, type Uri, workspace } from 'vscode';
import type { RecordReader } from '../app/recordReader';
import { maxPreviewBytes, previewFile } from '../core/files/filePreview';
import { formatBytes } from '../core/format/formatBytes';
import type { BlobHash, Run, RunFile } from '../core/run/run';
import { UserError } from '../core/userError';
import { commandIds } from '../platform/contributionIds';
import { fileExists } from '../platform/fileExists';
import { fromWorkspacePath } from '../platform/workspacePath';
import type { FileName, RunPageHost, ShownFile } from '../protocol/runPage';
import { keptFileUri } from './keptFiles';

type FilesHost = Pick<RunPageHost, 'readFiles' | 'readPreview' | 'openFile' | 'openKept'>;

/** The files half of a run's page. */
export function createRunPageFiles(requireRun: () => Run, reader: RecordReader): FilesHost {
  const find = async ({ role, path }: FileName): Promise<RunFile> => {
    const files = await reader.listFiles(requireRun().id);
    const file = files.find((each) => each.role === role && each.path === path);
    if (!file) throw new UserError(`${path} is not among the files of this run.`);
    return file;
  };
  return {
    readFiles: () => reader.listFiles(requireRun().id),
    async readPreview(name): Promise<ShownFile> {
      const file = await find(name);
      const none = (why: string): ShownFile => ({ preview: { kind: 'none', why }, isOfNow: false });
      if (file.path.endsWith('/')) return none('It is a folder.');
      if (file.sizeBytes > maxPreviewBytes) {
        return none(`It has ${formatBytes(file.sizeBytes)}: open it to look at it.`);
      }
      const bytes = await readBytes(file, reader);
      if (bytes === undefined) {
        return none('It is no longer there. Its size and hash are still in the record.');
      }
      const preview = previewFile(file.path, bytes.bytes);
      return {
        preview:
          preview.kind === 'image'
            ? { ...preview, base64: Buffer.from(bytes.bytes).toString('base64') }
            : preview,
        isOfNow: bytes.isOfNow,
      };
    },
    async openFile(name) {
      const { path, type, hash, isKept } = await find(name);
      const isThere = await fileExists(fromWorkspacePath(path.replace(/\/$/, '')));
      if (!isThere && isKept && hash !== undefined) await openKept(requireRun(), hash, path);
      else await commands.executeCommand(commandIds.openRunFile, { path, type });
    },
    async openKept(what) {
      const run = requireRun();
      const { codeState, source } = run;
      if (what === 'script' && codeState?.script !== undefined) {
        const path = source.kind === 'notebook' ? 'cell.py' : (source.script ?? 'script.py');
        await openKept(run, codeState.script, path);
      } else if (what === 'diff' && codeState?.diff !== undefined) {
        await openKept(run, codeState.diff, 'uncommitted.diff');
      } else if (what === 'cell' && source.kind === 'notebook') {
        const content = source.cellSource;
        const document = await workspace.openTextDocument({ content, language: 'python' });
        await commands.executeCommand('vscode.open', document.uri, { preview: true });
      } else if (typeof what === 'object') {
        const { hash, path } = await find(what);
        if (hash === undefined) throw new UserError(`The content of ${path} was not kept.`);
        await openKept(run, hash, path);
      } else throw new UserError('It was not kept.');
    },
  };
}

async function openKept(run: Run, hash: BlobHash, path: string): Promise<void> {
  await commands.executeCommand('vscode.open', keptFileUri(run.id, hash, path), { preview: true });
}

/** As the run left it if that was kept; else as it is on the disk now. */
async function readBytes(
  { path, hash, isKept, sizeBytes, modifiedAtMs }: RunFile,
  reader: RecordReader,
): Promise<{ readonly bytes: Uint8Array; readonly isOfNow: boolean } | undefined> {
  if (isKept && hash !== undefined) {
    return { bytes: await reader.readBlob(hash), isOfNow: false };
  }
  const uri: Uri = fromWorkspacePath(path);
  if (!(await fileExists(uri))) return undefined;
  const { type, size, mtime } = await workspace.fs.stat(uri);
  if ((type & FileType.File) === 0 || size > maxPreviewBytes) return undefined;
  // Its time is known to the second on some file systems.
  const isSame = size === sizeBytes && Math.abs(mtime - modifiedAtMs) < 2000;
  return { bytes: await workspace.fs.readFile(uri), isOfNow: !isSame };
}
