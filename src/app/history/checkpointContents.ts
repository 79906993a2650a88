import { createHash } from 'node:crypto';
import type { Checkpoint } from '../../core/checkpoint/checkpoint';
import type { Notebook, NotebookOutput } from '../../core/notebook/notebook';
import {
  type NotebookOutline,
  type OutlineOutput,
  outlineText,
} from '../../core/notebook/notebookOutline';
import { parseNotebook } from '../../core/notebook/parseNotebook';
import { readBlobFile } from '../../store/contents/blobFiles';
import { nodeDisk } from '../../store/disk/disk';
import { readOnlyDisk } from '../../store/disk/readOnlyDisk';
import { storePaths } from '../../store/storePaths';

export type StoredContent = Pick<Checkpoint, 'content' | 'manifest' | 'leftOut'>;

/** Reads checkpoints from the files of a store, for use inside a worker. */
export interface CheckpointContents {
  /** The file, byte for byte. Rejects with a `UserError` if it cannot be read. */
  read(checkpoint: StoredContent): Promise<Uint8Array>;
  /** Rejects with an `Error` that says why if it is no notebook. */
  outline(checkpoint: StoredContent): Promise<NotebookOutline>;
  /** Those of one cell, whole; none if there is no such cell. */
  outputs(checkpoint: StoredContent, cellIndex: number): Promise<readonly NotebookOutput[]>;
}

/** @param storeFolder the folder of the store. */
export function createCheckpointContents(storeFolder: string): CheckpointContents {
  const place = { disk: readOnlyDisk(nodeDisk), paths: storePaths(storeFolder) };
  const read = ({ content }: StoredContent) => readBlobFile(place, content);
  const parse = async (checkpoint: StoredContent) =>
    parseNotebook(new TextDecoder('utf-8', { fatal: true }).decode(await read(checkpoint)));
  return {
    read,
    outline: async (checkpoint) => toOutline(await parse(checkpoint)),
    outputs: async (checkpoint, cellIndex) =>
      (await parse(checkpoint)).cells[cellIndex]?.outputs ?? [],
  };
}

function toOutline({ cells, language }: Notebook): NotebookOutline {
  return {
    language,
    executions: [],
    cells: cells.map(({ kind, id, source, executionCount, outputs }) => ({
      kind,
      source,
      ...(id === undefined ? {} : { id }),
      ...(executionCount === undefined ? {} : { executionCount }),
      outputs: outputs.map(toOutlineOutput),
    })),
  };
}

function toOutlineOutput(output: NotebookOutput): OutlineOutput {
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
