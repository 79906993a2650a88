import { createHash, randomBytes } from 'node:crypto';
import type { Checkpoint } from '../../core/checkpoint/checkpoint';
import type { CellExecution } from '../../core/notebook/cellExecution';
import type { NotebookOutput } from '../../core/notebook/notebook';
import {
  type NotebookOutline,
  type OutlineOutput,
  outlineText,
} from '../../core/notebook/notebookOutline';
import { CheckpointVersions, readManifest } from '../../store/contents/checkpointVersions';
import { readCheckpoint } from '../../store/contents/readCheckpoint';
import { parseNotebookBytes, SpanMarks } from '../../store/contents/reducedNotebook';
import { nodeDisk } from '../../store/disk/disk';
import { readOnlyDisk } from '../../store/disk/readOnlyDisk';
import { storePaths } from '../../store/storePaths';
import { OutlineVersions, toOutlineCell } from './outlineVersions';

export type StoredContent = Pick<Checkpoint, 'content' | 'manifest' | 'leftOut'>;

/** Reads checkpoints from the files of a store, for use inside a worker. */
export interface CheckpointContents {
  /** The file, byte for byte. Rejects with a `UserError` if it cannot be read. */
  read(checkpoint: StoredContent): Promise<Uint8Array>;
  /** Rejects with an `Error` that says why if it is no notebook. */
  outline(checkpoint: StoredContent): Promise<NotebookOutline>;
  /** What ran before it was taken, without putting the notebook together. Rejects as `read` does. */
  executions(checkpoint: StoredContent): Promise<readonly CellExecution[]>;
  /** Those of one cell, whole; none if there is no such cell. */
  outputs(checkpoint: StoredContent, cellIndex: number): Promise<readonly NotebookOutput[]>;
}

/** @param storeFolder the folder of the store. */
export function createCheckpointContents(storeFolder: string): CheckpointContents {
  const place = { disk: readOnlyDisk(nodeDisk), paths: storePaths(storeFolder) };
  const versions = new CheckpointVersions(place);
  const outlines = new OutlineVersions(new SpanMarks(randomBytes(12).toString('hex')));
  const read = (checkpoint: StoredContent) => readCheckpoint(place, versions, checkpoint);
  const parse = async (checkpoint: StoredContent) => parseNotebookBytes(await read(checkpoint));
  return {
    read,
    async outline(checkpoint) {
      const { manifest } = checkpoint;
      if (manifest !== undefined) {
        return outlines.outline(manifest, versions);
      }
      const { cells, language } = await parse(checkpoint);
      return {
        cells: cells.map((cell) => toOutlineCell(cell, toWholeOutput)),
        language,
        executions: [],
      };
    },
    executions: async ({ manifest }) =>
      manifest === undefined ? [] : readManifest(place, manifest).executions,
    outputs: async (checkpoint, cellIndex) =>
      (await parse(checkpoint)).cells[cellIndex]?.outputs ?? [],
  };
}

function toWholeOutput(output: NotebookOutput): OutlineOutput {
  const stored = JSON.stringify(output);
  const text = outlineText(output);
  return {
    kind: output.kind,
    media: Object.keys(output.data),
    bytes: Buffer.byteLength(stored),
    key: createHash('sha256').update(stored).digest('base64'),
    ...(text === undefined ? {} : { text }),
  };
}
