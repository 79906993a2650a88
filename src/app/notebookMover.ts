import type { Checkpoint } from '../core/checkpoint/checkpoint';
import { movesOf } from '../core/notebook/fileNews';
import type { Remote } from '../core/rpc';
import type { Store } from '../store/store';
import type { CheckpointKeeper } from './checkpointKeeper';
import type { NotebookFiles } from './notebookFiles';
import type { RecordCache } from './recordCache';
import type { RecordReader } from './recordReader';

/** Lets histories follow notebooks that are renamed. Paths are those of the record. */
export interface NotebookMover {
  /** A file or a folder was renamed. */
  renamed(from: string, to: string): Promise<void>;
  /**
   * Of notebooks that are gone, the one that became this file, if any: by an equal or a nearly equal content.
   *
   * @param filePath absolute path of the file that appeared.
   */
  findOrigin(gone: readonly string[], filePath: string): Promise<string | undefined>;
}

/** So much of the sources must be the same for a file to be taken for a notebook that is gone. */
const minLikeness = 0.8;
/** A file that appears is compared with so many of the latest states. */
const statesCompared = 5;

export function createNotebookMover(
  store: Store,
  keeper: Pick<CheckpointKeeper, 'settle'>,
  cache: RecordCache,
  reader: RecordReader,
  files: Remote<NotebookFiles>,
  now: () => number,
): NotebookMover {
  const statesOf = (path: string): readonly Checkpoint[] =>
    cache
      .checkpoints()
      .filter(({ notebook }) => notebook === path)
      .slice(0, statesCompared);

  return {
    async renamed(from, to) {
      // What is under way goes to the path it began with, and a move takes along only what is there before.
      await Promise.all([cache.ready, keeper.settle()]);
      const known = new Set(cache.checkpoints().map(({ notebook }) => notebook));
      for (const { source } of cache.runs()) {
        if (source.kind === 'notebook') known.add(source.notebook);
      }
      const atMs = now();
      const moves = [...movesOf(known, from, to)];
      if (moves.length === 0) return;
      await store.commit(
        moves.map(([old, fresh]) => ({ kind: 'notebookMoved', from: old, to: fresh, atMs })),
      );
    },
    async findOrigin(gone, filePath) {
      const hash = await files.hash(filePath);
      const same = gone.find((path) => statesOf(path).some(({ content }) => content === hash));
      if (same !== undefined) return same;
      for (const path of gone) {
        const [newest] = statesOf(path);
        if (!newest) continue;
        const content = await reader.readCheckpoint(newest).catch(() => undefined);
        if (content && (await files.likeness(filePath, content)) >= minLikeness) return path;
      }
      return undefined;
    },
  };
}
