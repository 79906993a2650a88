import { type Disposable, FileSystemError, Uri } from 'vscode';
import type { RecordCache } from '../app/recordCache';
import type { RecordReader } from '../app/recordReader';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import { dayKey, timeOfDay } from '../core/present/describeDay';
import type { CheckpointId } from '../core/run/run';
import { baseName } from '../core/run/runName';
import { schemes } from '../platform/contributionIds';
import { registerReadOnlyFiles } from '../platform/readOnlyFiles';

/** Where VS Code's own notebook editor finds a checkpoint; the last part is what its tab shows. */
export function checkpointUri(checkpoint: Checkpoint): Uri {
  const base = baseName(checkpoint.notebook);
  const extension = base.endsWith('.py') ? '.py' : '.ipynb';
  const name = base.replace(/\.(?:ipynb|py)$/, '');
  const time = timeOfDay(checkpoint.takenAtMs).replaceAll(':', '.');
  return Uri.from({
    scheme: schemes.checkpoint,
    path: `/${checkpoint.id}/${name} (${dayKey(checkpoint.takenAtMs)} ${time})${extension}`,
  });
}

/** The checkpoint that an editor shows; undefined if it shows something else, or it was deleted. */
export function checkpointAt(
  { scheme, path }: Uri,
  cache: Pick<RecordCache, 'checkpoint'>,
): Checkpoint | undefined {
  const [, id] = path.split('/');
  // SAFETY: an id that is not there is found nowhere.
  return scheme === schemes.checkpoint ? cache.checkpoint(id as CheckpointId) : undefined;
}

/** Checkpoints as read-only files. */
export function registerCheckpointFileSystem(cache: RecordCache, reader: RecordReader): Disposable {
  const find = async (uri: Uri): Promise<Checkpoint> => {
    await cache.ready;
    const checkpoint = checkpointAt(uri, cache);
    if (!checkpoint) throw FileSystemError.FileNotFound(uri);
    return checkpoint;
  };
  return registerReadOnlyFiles(schemes.checkpoint, {
    async stat(uri) {
      const { takenAtMs, sizeBytes } = await find(uri);
      return { atMs: takenAtMs, sizeBytes };
    },
    read: async (uri) => reader.readCheckpoint(await find(uri)),
  });
}
