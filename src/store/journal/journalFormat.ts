import { crc32 } from 'node:zlib';
import { Decoder, Encoder } from '@msgpack/msgpack';
import type { Change, PointsAppended, RunEdit } from '../../core/change/change';
import type { RunId } from '../../core/run/run';
import { packSeries } from '../../core/series/packSeries';
import type { Moment } from './hybridClock';

/**
 * A journal file is append-only: a header (8 bytes magic, u32 version), then frames
 * `[u32 length][u32 crc32][payload]`, all little-endian. A payload is the msgpack array
 * `[sequence, ms, counter, changes]`; one frame is one commit, whole or not there.
 */
const magic = new TextEncoder().encode('EPOCHJNL');
const version = 1;
export const headerBytes = 12;
const frameHeaderBytes = 8;

/** A run's raw log reached this size; kept so that a list of runs need not look at the files. */
export interface LogGrew {
  readonly kind: 'logGrew';
  readonly runId: RunId;
  readonly sizeBytes: number;
}

/** `pointsAppended` as it lies in the journal; that itself is found only in journals of version 0.1. */
export interface PointsPacked {
  readonly kind: 'pointsPacked';
  readonly runId: RunId;
  readonly key: string;
  /** What `packSeries` gave. */
  readonly points: Uint8Array;
  readonly edition?: string;
}

/**
 * `runEdited` of a field that earlier programs do not know, as it lies in the journal: of a kind that
 * they do not know they read nothing more, where of a field they would let the frame go.
 */
export interface RunFiled {
  readonly kind: 'runFiled';
  readonly runId: RunId;
  readonly edit: RunEdit;
}

/** So much of a run's output in all is not in its log, because of the limit of that name. */
export interface LogCut {
  readonly kind: 'logLeftOut';
  readonly runId: RunId;
  readonly bytes: number;
  readonly why: 'maxLogMB' | 'maxTotalGB';
}

/** The user let the log of a run go, and kept the run. */
export interface LogDropped {
  readonly kind: 'logDropped';
  readonly runId: RunId;
}

/** This number was given out under this name; no other may ever get it. */
export interface NumberTaken {
  readonly kind: 'numberTaken';
  readonly name: string;
  readonly number: number;
}

/**
 * The first of a frame that is in another journal too, or half of it, or not: its writer could not know, as
 * that disk failed. It takes effect once, as frame `sequence` of `writerId`, wherever it is found first.
 */
export interface Retried {
  readonly kind: 'retried';
  readonly writerId: string;
  readonly sequence: number;
}

export type StoredChange =
  | Change
  | PointsPacked
  | RunFiled
  | LogGrew
  | LogCut
  | LogDropped
  | NumberTaken
  | Retried;

export interface Frame {
  /** Counts the commits of this writer from 1, without a gap. */
  readonly sequence: number;
  /** Of its first change; the others follow by `momentCount`. */
  readonly moment: Moment;
  readonly changes: readonly StoredChange[];
}

export interface FrameScan {
  readonly frames: readonly Frame[];
  /** How many of the bytes the frames take. */
  readonly endBytes: number;
  /**
   * What follows them. `unfinished`: a frame that is cut off, as after a crash or while it is being
   * written. `newer`: a frame with a kind of change that only a later version of Epochlog knows.
   */
  readonly rest: 'none' | 'unfinished' | 'damaged' | 'newer';
}

const knownKinds: Readonly<Record<StoredChange['kind'], true>> = {
  runStarted: true,
  paramsAdded: true,
  pointsAppended: true,
  pointsPacked: true,
  runEnded: true,
  seriesReplaced: true,
  outputRead: true,
  codeStateRecorded: true,
  environmentRecorded: true,
  filesRecorded: true,
  runLinked: true,
  runEdited: true,
  runFiled: true,
  checkpointTaken: true,
  checkpointEdited: true,
  logGrew: true,
  logLeftOut: true,
  logDropped: true,
  numberTaken: true,
  retried: true,
  runPurged: true,
  checkpointPurged: true,
  checkpointThinned: true,
  notebookMoved: true,
  viewSaved: true,
  viewDeleted: true,
};

// Undefined fields are left out, as they would otherwise come back as null.
const encoder = new Encoder({ ignoreUndefined: true });
const decoder = new Decoder();

export function journalHeader(): Uint8Array {
  const bytes = new Uint8Array(headerBytes);
  bytes.set(magic);
  new DataView(bytes.buffer).setUint32(magic.length, version, true);
  return bytes;
}

export function checkJournalHeader(bytes: Uint8Array): 'good' | 'unfinished' | 'damaged' | 'newer' {
  if (magic.some((byte, index) => index < bytes.length && bytes[index] !== byte)) return 'damaged';
  if (bytes.length < headerBytes) return 'unfinished';
  const found = view(bytes).getUint32(magic.length, true);
  if (found > version) return 'newer';
  return found === version ? 'good' : 'damaged';
}

export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  const { sequence, moment, changes } = frame;
  const payload = encoder.encode([sequence, moment.ms, moment.counter, changes.map(toJournal)]);
  const bytes = new Uint8Array(frameHeaderBytes + payload.length);
  const header = view(bytes);
  header.setUint32(0, payload.length, true);
  header.setUint32(4, crc32(payload), true);
  bytes.set(payload, frameHeaderBytes);
  return bytes;
}

/** Reads whole frames, stopping at the first that is cut off, damaged, or not numbered `firstSequence` on. */
export function scanFrames(bytes: Uint8Array, firstSequence: number): FrameScan {
  const frames: Frame[] = [];
  const header = view(bytes);
  let offset = 0;
  const stop = (rest: FrameScan['rest']): FrameScan => ({ frames, endBytes: offset, rest });
  while (offset < bytes.length) {
    if (bytes.length - offset < frameHeaderBytes) return stop('unfinished');
    const length = header.getUint32(offset, true);
    const start = offset + frameHeaderBytes;
    // A frame is never empty, but zeros that a power cut left would pass the checksum as one.
    if (length === 0) return stop('damaged');
    if (bytes.length - start < length) return stop('unfinished');
    const payload = bytes.subarray(start, start + length);
    if (crc32(payload) !== header.getUint32(offset + 4, true)) return stop('damaged');
    const frame = decodePayload(payload);
    if (frame.sequence !== firstSequence + frames.length) return stop('damaged');
    if (!frame.changes.every((change) => Object.hasOwn(knownKinds, change.kind))) {
      return stop('newer');
    }
    frames.push(frame);
    offset = start + length;
  }
  return stop('none');
}

/** Reads what `encodeFrame` gave. */
export function decodeFrame(bytes: Uint8Array): Frame {
  return decodePayload(bytes.subarray(frameHeaderBytes));
}

/** How many moments a change takes: each param has its own, so that their order is kept everywhere. */
export function momentCount(change: StoredChange): number {
  // The others keep the stamps that they had in the first journal.
  if (change.kind === 'retried') return 0;
  return change.kind === 'paramsAdded' ? Math.max(1, change.params.length) : 1;
}

function decodePayload(payload: Uint8Array): Frame {
  // SAFETY: the checksum holds, so these are the bytes that `encodeFrame` wrote.
  const [sequence, ms, counter, changes] = decoder.decode(payload) as [
    number,
    number,
    number,
    StoredChange[],
  ];
  return { sequence, moment: { ms, counter }, changes: changes.map(withColumns) };
}

function toJournal(change: StoredChange): StoredChange {
  if (change.kind === 'runEdited') {
    const { runId, edit } = change;
    const isNew = edit.field === 'archivedAtMs' || edit.field === 'experiment';
    return isNew ? { kind: 'runFiled', runId, edit } : change;
  }
  if (change.kind !== 'pointsAppended') return change;
  const { runId, key, edition } = change;
  const points = packSeries(change);
  return { kind: 'pointsPacked', runId, key, points, ...(edition !== undefined && { edition }) };
}

function withColumns(change: StoredChange): StoredChange {
  return change.kind === 'pointsAppended'
    ? {
        ...change,
        steps: toColumn(change.steps),
        values: toColumn(change.values),
        timesMs: toColumn(change.timesMs),
      }
    : change;
}

/** msgpack gives a typed array back as the bytes it lay in; it is copied, as they may be unaligned. */
function toColumn(bytes: PointsAppended['steps'] | Uint8Array): Float64Array {
  return bytes instanceof Float64Array ? bytes : new Float64Array(new Uint8Array(bytes).buffer);
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
