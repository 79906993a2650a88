import { type Disposable, FileSystemError, Uri } from 'vscode';
import type { RecordReader } from '../app/recordReader';
import type { BlobHash, RunId } from '../core/run/run';
import { baseName } from '../core/run/runName';
import { schemes } from '../platform/contributionIds';
import { registerReadOnlyFiles } from '../platform/readOnlyFiles';

/** Where an editor finds a file of a run as it was; the last part is what its tab shows. */
export function keptFileUri(runId: RunId, hash: BlobHash, path: string): Uri {
  return Uri.from({ scheme: schemes.kept, path: `/${runId}/${hash}/${baseName(path)}` });
}

/** What was kept of runs, as read-only files: scripts, modules, uncommitted changes, small outputs. */
export function registerKeptFiles(reader: Pick<RecordReader, 'readBlob'>): Disposable {
  const read = async (uri: Uri): Promise<Uint8Array> => {
    const hash = uri.path.split('/')[2] ?? '';
    if (!/^[0-9a-f]{64}$/.test(hash)) throw FileSystemError.FileNotFound(uri);
    // SAFETY: it has the form of one; a hash of nothing that is kept rejects.
    return reader.readBlob(hash as BlobHash);
  };
  return registerReadOnlyFiles(schemes.kept, {
    // What has this hash never changes.
    stat: async (uri) => ({ atMs: 0, sizeBytes: (await read(uri)).length }),
    read,
  });
}
