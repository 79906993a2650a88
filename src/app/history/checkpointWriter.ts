import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { usedHashes } from '../../core/checkpoint/chain';
import type { LeftOut } from '../../core/checkpoint/checkpoint';
import type { CellExecution } from '../../core/notebook/cellExecution';
import type { BlobHash } from '../../core/run/run';
import { hashOf, writeBlob } from '../../store/contents/blobFiles';
import { CheckpointVersions } from '../../store/contents/checkpointVersions';
import type { StoredContent } from '../../store/contents/readCheckpoint';
import { outputMedia, SpanMarks } from '../../store/contents/reducedNotebook';
import { writeVersion } from '../../store/contents/writeVersion';
import { nodeDisk } from '../../store/disk/disk';
import { WriteRetry } from '../../store/journal/writeRetry';
import type { StoreContext } from '../../store/storeContext';
import { defaultOptions } from '../../store/storeOptions';
import { storePaths } from '../../store/storePaths';
import { FileParts } from './fileParts';
import { NotebookReader, type NotebookReading } from './notebookReader';

/** The bytes of a notebook file, or where it lies (an absolute path). */
export type NotebookContent = Uint8Array | { readonly path: string };

export interface KeepRequest {
  readonly content: NotebookContent;
  /** The latest checkpoint of the same notebook. */
  readonly before:
    | (StoredContent & { readonly leftOut?: LeftOut; readonly problem?: string })
    | undefined;
  readonly executions: readonly CellExecution[];
  /** Whether the store may grow; if not, it is only told what would have been kept. */
  readonly hasRoom: boolean;
}

export interface KeptContent extends NotebookReading {
  /** It is what the checkpoint before holds, and nothing ran: there is nothing to say. */
  readonly isSame: boolean;
  readonly content: BlobHash;
  readonly sizeBytes: number;
  readonly isKept: boolean;
  /** Undefined if `content` is kept as one blob, or not at all. */
  readonly manifest?: BlobHash;
}

/** Writes what checkpoints hold into the store's folder; the other side of a worker. */
export interface CheckpointWriter {
  /** Resolves once it is on disk, touched so that no window collects it before it is referred to. */
  keep(request: KeepRequest): Promise<KeptContent>;
}

export function createCheckpointWriter(storeFolder: string): CheckpointWriter {
  const context = writerContext(storeFolder);
  /** As what the store writes, it waits until the disk can be written to again. */
  const retry = new WriteRetry(context, {
    firstDelayMs: defaultOptions.retryMs,
    maxHeldBytes: defaultOptions.maxHeldBytes,
  });
  const versions = new CheckpointVersions(context);
  const parts = new FileParts();
  const marks = new SpanMarks(randomBytes(12).toString('hex'));
  const reader = new NotebookReader(context, versions, marks);
  const verified = new Set<BlobHash>();

  return {
    async keep({ content: given, before, executions, hasRoom }) {
      const file = given instanceof Uint8Array ? given : await readFile(given.path);
      const content = hashOf(file);
      const sizeBytes = file.length;
      const isKeptBefore = before !== undefined && before.leftOut?.what !== 'content';
      const parent = isKeptBefore ? reader.versionOf(before) : undefined;
      // Of what retention dropped outputs of, or what is damaged, the file in hand has more.
      const isWholeBefore =
        isKeptBefore && (before.manifest === undefined || parent?.spans.dropped.size === 0);
      if (before?.content === content && executions.length === 0 && (isWholeBefore || !hasRoom)) {
        return { isSame: true, content, sizeBytes, isKept: isKeptBefore, cellCount: 0 };
      }
      const isValidBefore = parent !== undefined && before?.problem === undefined;
      const split = parts.split(file, new Set(isValidBefore ? usedHashes(parent.spans) : []));
      const fresh = reader.parse(file, split);
      const reading = await reader.compare(fresh, file, split, isKeptBefore ? before : undefined);
      if (!hasRoom) return { isSame: false, content, sizeBytes, isKept: false, ...reading };
      const media =
        fresh.reduced === undefined ? new Map() : outputMedia(fresh.reduced, marks, split.hashes);
      const toWrite = {
        ...{ file, split, parent, executions, verified },
        mediaOf: (hash: BlobHash) => media.get(hash),
      };
      const version = await holding(retry, file, () => writeVersion(context, toWrite));
      if (version === undefined) {
        await holding(retry, file, () => writeBlob(context, file));
        return { isSame: false, content, sizeBytes, isKept: true, ...reading };
      }
      versions.keep(version);
      if (fresh.reduced) {
        parts.keep(version.hash, file, split);
        reader.keep(version.hash, fresh.reduced);
      }
      return {
        isSame: false,
        content,
        sizeBytes,
        isKept: true,
        manifest: version.hash,
        ...reading,
      };
    },
  };
}

async function holding<T>(
  retry: WriteRetry,
  file: Uint8Array,
  write: () => Promise<T>,
): Promise<T> {
  const release = retry.hold(file.length);
  try {
    return await retry.run(write);
  } finally {
    release();
  }
}

/** What is wrong with the disk the store itself tells, which writes there too. */
function writerContext(storeFolder: string): StoreContext {
  return {
    disk: nodeDisk,
    paths: storePaths(storeFolder),
    wasmPath: '',
    now: Date.now,
    report: () => undefined,
    passed: () => undefined,
  };
}
