import { PbfReader, PbfWriter } from 'pbf';
import type { CellExecution } from '../notebook/cellExecution';
import type { BlobHash } from '../run/run';
import type { ByteDelta, DeltaStep } from './byteDelta';

/**
 * One version of a notebook file: what its skeleton has new against that of its parent, and the spans
 * that this adds to those of the chain. A version refers to spans by their ordinals in the chain.
 */
export interface Manifest {
  /** Undefined for the first of a chain: everything is inserted. */
  readonly parent?: BlobHash;
  /** How many there are before it in its chain. */
  readonly depth: number;
  /** What the manifests of the chain insert in all, without its first: when that grows large, a chain ends. */
  readonly chainBytes: number;
  readonly skeletonBytes: number;
  readonly delta: ByteDelta;
  /** They have the ordinals that follow those of the chain before. */
  readonly newSpans: readonly StoredSpan[];
  /** Ordinals that the parent's skeleton refers to and this one does not. */
  readonly left: readonly number[];
  /** Ordinals of the chain before that this skeleton refers to and the parent's does not. */
  readonly taken: readonly number[];
  /** Ordinals that this skeleton refers to and whose content retention dropped; not so for its children. */
  readonly dropped: readonly number[];
  readonly droppedAtMs?: number;
  readonly executions: readonly CellExecution[];
}

/** A span that is a blob. */
export interface StoredSpan {
  /** Of its bytes in the file. */
  readonly hash: BlobHash;
  readonly sizeBytes: number;
  /** Of a part of a cell's output: its media type, or `text` of a stream or an error. */
  readonly media?: string;
}

const formatVersion = 1;

/** Fields of the Protocol Buffers message that a manifest is stored as; unknown ones are skipped. */
const field = {
  version: 1,
  parent: 2,
  depth: 3,
  chainBytes: 4,
  skeletonBytes: 5,
  steps: 6,
  inserted: 7,
  spanHashes: 8,
  spanSizes: 9,
  /** 0: no output; else 1 + the position in `media`. */
  spanMedia: 10,
  media: 11,
  left: 12,
  taken: 13,
  dropped: 14,
  droppedAtMs: 15,
  executions: 16,
} as const;

export function encodeManifest(manifest: Manifest): Uint8Array {
  const { parent, newSpans, droppedAtMs, executions, delta } = manifest;
  const writer = new PbfWriter();
  const media = [...new Set(newSpans.flatMap((span) => span.media ?? []))];
  writer.writeVarintField(field.version, formatVersion);
  if (parent !== undefined) writer.writeBytesField(field.parent, hexToBytes(parent));
  writer.writeVarintField(field.depth, manifest.depth);
  writer.writeVarintField(field.chainBytes, manifest.chainBytes);
  writer.writeVarintField(field.skeletonBytes, manifest.skeletonBytes);
  writer.writePackedVarint(field.steps, packSteps(delta.steps));
  writer.writeBytesField(field.inserted, delta.inserted);
  writer.writeBytesField(field.spanHashes, hexToBytes(newSpans.map(({ hash }) => hash).join('')));
  writer.writePackedVarint(
    field.spanSizes,
    newSpans.map(({ sizeBytes }) => sizeBytes),
  );
  writer.writePackedVarint(
    field.spanMedia,
    newSpans.map((span) => (span.media === undefined ? 0 : media.indexOf(span.media) + 1)),
  );
  for (const each of media) writer.writeStringField(field.media, each);
  writer.writePackedVarint(field.left, toGaps(manifest.left));
  writer.writePackedVarint(field.taken, toGaps(manifest.taken));
  writer.writePackedVarint(field.dropped, toGaps(manifest.dropped));
  if (droppedAtMs !== undefined) writer.writeVarintField(field.droppedAtMs, droppedAtMs);
  if (executions.length > 0) writer.writeStringField(field.executions, JSON.stringify(executions));
  return writer.finish();
}

/** @throws Error if the bytes are no manifest, or one of a later format. */
export function decodeManifest(bytes: Uint8Array): Manifest {
  const raw = readFields(bytes);
  if (raw.version !== formatVersion) {
    throw new Error(
      raw.version > formatVersion
        ? 'It was written by a newer version of Epochlog.'
        : 'It is not the manifest of a checkpoint.',
    );
  }
  const hashes = bytesToHex(raw.spanHashes);
  return {
    ...(raw.parent === undefined ? {} : { parent: toHash(bytesToHex(raw.parent)) }),
    depth: raw.depth,
    chainBytes: raw.chainBytes,
    skeletonBytes: raw.skeletonBytes,
    delta: { steps: unpackSteps(raw.steps), inserted: raw.inserted },
    newSpans: raw.spanSizes.map((sizeBytes, index) => {
      const media = raw.media[(raw.spanMedia[index] ?? 0) - 1];
      const hash = toHash(hashes.slice(index * 64, index * 64 + 64));
      return { hash, sizeBytes, ...(media === undefined ? {} : { media }) };
    }),
    left: fromGaps(raw.left),
    taken: fromGaps(raw.taken),
    dropped: fromGaps(raw.dropped),
    ...(raw.droppedAtMs === undefined ? {} : { droppedAtMs: raw.droppedAtMs }),
    // SAFETY: `encodeManifest` wrote it; the blob's hash was checked.
    executions: JSON.parse(raw.executions) as CellExecution[],
  };
}

interface RawFields {
  version: number;
  parent: Uint8Array | undefined;
  depth: number;
  chainBytes: number;
  skeletonBytes: number;
  readonly steps: number[];
  inserted: Uint8Array;
  spanHashes: Uint8Array;
  readonly spanSizes: number[];
  readonly spanMedia: number[];
  readonly media: string[];
  readonly left: number[];
  readonly taken: number[];
  readonly dropped: number[];
  droppedAtMs: number | undefined;
  executions: string;
}

function readFields(bytes: Uint8Array): RawFields {
  const none = new Uint8Array();
  const raw: RawFields = {
    ...{ version: 0, parent: undefined, depth: 0, chainBytes: 0, skeletonBytes: 0 },
    ...{ steps: [], inserted: none, spanHashes: none, spanSizes: [], spanMedia: [], media: [] },
    ...{ left: [], taken: [], dropped: [], droppedAtMs: undefined, executions: '[]' },
  };
  new PbfReader(bytes).readFields((tag: number, into: RawFields, reader: PbfReader) => {
    if (tag === field.version) into.version = reader.readVarint();
    else if (tag === field.parent) into.parent = reader.readBytes();
    else if (tag === field.depth) into.depth = reader.readVarint();
    else if (tag === field.chainBytes) into.chainBytes = reader.readVarint();
    else if (tag === field.skeletonBytes) into.skeletonBytes = reader.readVarint();
    else if (tag === field.steps) reader.readPackedVarint(into.steps);
    else if (tag === field.inserted) into.inserted = reader.readBytes();
    else if (tag === field.spanHashes) into.spanHashes = reader.readBytes();
    else if (tag === field.spanSizes) reader.readPackedVarint(into.spanSizes);
    else if (tag === field.spanMedia) reader.readPackedVarint(into.spanMedia);
    else if (tag === field.media) into.media.push(reader.readString());
    else if (tag === field.left) reader.readPackedVarint(into.left);
    else if (tag === field.taken) reader.readPackedVarint(into.taken);
    else if (tag === field.dropped) reader.readPackedVarint(into.dropped);
    else if (tag === field.droppedAtMs) into.droppedAtMs = reader.readVarint();
    else if (tag === field.executions) into.executions = reader.readString();
  }, raw);
  return raw;
}

/** Of each step: where its copy begins from the end of the copy before (zigzag), and both lengths. */
function packSteps(steps: readonly DeltaStep[]): number[] {
  const packed: number[] = [];
  let expected = 0;
  for (const { copyStart, copyLength, insertLength } of steps) {
    const away = copyStart - expected;
    packed.push(away < 0 ? -2 * away - 1 : 2 * away, copyLength, insertLength);
    expected = copyStart + copyLength;
  }
  return packed;
}

function unpackSteps(packed: readonly number[]): DeltaStep[] {
  const steps: DeltaStep[] = [];
  let expected = 0;
  for (let at = 0; at + 2 < packed.length; at += 3) {
    const [away = 0, copyLength = 0, insertLength = 0] = packed.slice(at, at + 3);
    const copyStart = expected + (away % 2 === 1 ? -(away + 1) / 2 : away / 2);
    steps.push({ copyStart, copyLength, insertLength });
    expected = copyStart + copyLength;
  }
  return steps;
}

function toGaps(ordinals: readonly number[]): number[] {
  return ordinals.map((ordinal, index) => ordinal - (ordinals[index - 1] ?? 0));
}

function fromGaps(gaps: readonly number[]): number[] {
  let sum = 0;
  return gaps.map((gap) => {
    sum += gap;
    return sum;
  });
}

function hexToBytes(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i += 1)
    bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

function bytesToHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// SAFETY: a BlobHash is this.
const toHash = (hex: string) => hex as BlobHash;
