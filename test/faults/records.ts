import type { Change } from '../../src/core/change/change';
import { diffBytes } from '../../src/core/checkpoint/byteDelta';
import { encodeManifest } from '../../src/core/checkpoint/manifest';
import { encodeSkeleton } from '../../src/core/checkpoint/skeleton';
import type { BlobHash, Run } from '../../src/core/run/run';
import type { Store } from '../../src/store/store';
import { points, runId, started, taken } from '../unit/store/sampleChanges';

/**
 * What a writer was told is recorded. Record `n` of a writer is one commit of several changes, so that
 * half of it would be seen; line `n` of its log is that number; a blob is made from a number, and a
 * checkpoint with that number refers to it.
 */
export interface Acknowledged {
  readonly writer: string;
  isStarted: boolean;
  /** One more than the highest number that was acknowledged. */
  records: number;
  /** Numbers below `records` that were refused, and so may lack. */
  readonly refused: Set<number>;
  readonly logLines: Set<number>;
  readonly blobs: Map<number, BlobHash>;
  readonly checkpoints: Set<number>;
}

/** What the store said of one call. */
export type Acknowledgement =
  | { readonly kind: 'started' }
  | { readonly kind: 'record' | 'refused' | 'log' | 'checkpoint'; readonly number: number }
  | { readonly kind: 'blob'; readonly number: number; readonly hash: BlobHash };

export function nothingAcknowledged(writer: string): Acknowledged {
  return {
    writer,
    isStarted: false,
    records: 0,
    refused: new Set(),
    logLines: new Set(),
    blobs: new Map(),
    checkpoints: new Set(),
  };
}

export function acknowledge(acknowledged: Acknowledged, said: Acknowledgement): void {
  switch (said.kind) {
    case 'started':
      acknowledged.isStarted = true;
      break;
    case 'record':
      acknowledged.records = Math.max(acknowledged.records, said.number + 1);
      break;
    case 'refused':
      acknowledged.refused.add(said.number);
      break;
    case 'log':
      acknowledged.logLines.add(said.number);
      break;
    case 'checkpoint':
      acknowledged.checkpoints.add(said.number);
      break;
    case 'blob':
      acknowledged.blobs.set(said.number, said.hash);
  }
}

/** One in which several windows record at once. */
export const sharedRun = 'shared';

export const startOf = (writer: string): Change => started(writer);

export function record(writer: string, number: number): readonly Change[] {
  return [
    points(writer, 'plain', [number], number),
    points(writer, 'odd', [oddValue(number)], number),
    {
      kind: 'paramsAdded',
      runId: runId(writer),
      params: [{ key: `p${number}`, value: String(oddValue(number)), origin: 'printed' }],
    },
  ];
}

/** Values that a column could come to harm with. */
function oddValue(number: number): number {
  const odd = [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -0,
    5e-324,
    Number.MAX_VALUE,
    0.1 + 0.2,
    Math.fround(0.1),
    2 ** 53 + 2,
  ];
  return odd[number % (odd.length + 3)] ?? Math.sqrt(number);
}

export function logLine(number: number): Uint8Array {
  return new TextEncoder().encode(`${number}\n`);
}

/** Some kilobytes that do not compress to nothing. */
export function blob(writer: string, number: number): Uint8Array {
  const lines = Array.from(
    { length: 300 },
    (_, line) => `${writer} ${number} ${line * line * 7919}`,
  );
  return new TextEncoder().encode(lines.join('\n'));
}

const notebookOf = (writer: string) => `${writer}.ipynb`;

/** A manifest that others follow, and the ordinal of its only span. */
export interface ManifestLink {
  readonly hash: BlobHash;
  readonly ordinal: number;
}

/** Of a file that is one span; follows another where there is one. */
export function manifestOf(
  hash: BlobHash,
  content: Uint8Array,
  parent: ManifestLink | undefined,
): Uint8Array {
  const ordinal = (parent?.ordinal ?? -1) + 1;
  const skeleton = encodeSkeleton(content, [{ start: 0, end: content.length }], [ordinal]);
  return encodeManifest({
    ...(parent && { parent: parent.hash }),
    ...{ depth: ordinal, chainBytes: 0, skeletonBytes: skeleton.length },
    delta: diffBytes(new Uint8Array(), skeleton),
    newSpans: [{ hash, sizeBytes: content.length }],
    left: parent === undefined ? [] : [parent.ordinal],
    ...{ taken: [], dropped: [], executions: [] },
  });
}

export function checkpointOf(
  writer: string,
  number: number,
  content: BlobHash,
  manifest: BlobHash,
): Change {
  const { checkpoint } = taken(`${writer}-${number}`, notebookOf(writer), 1000 + number);
  return { kind: 'checkpointTaken', checkpoint: { ...checkpoint, content, manifest } };
}

/** All that is wrong with what the store holds of this writer; empty if nothing is. */
export async function wrongs(store: Store, expected: Acknowledged): Promise<readonly string[]> {
  const { writer } = expected;
  const run = await store.getRun(runId(writer));
  const found = [
    ...(run === undefined ? [] : await wrongRecords(store, run, expected)),
    ...(await wrongLog(store, expected)),
    ...(await wrongBlobs(store, expected)),
  ];
  if (run === undefined && (expected.isStarted || expected.records > 0)) {
    found.unshift(`the run is gone, with ${expected.records} records`);
  }
  return found.map((wrong) => `${writer}: ${wrong}`);
}

async function wrongRecords(
  store: Store,
  run: Run,
  { records, refused }: Acknowledged,
): Promise<readonly string[]> {
  const found: string[] = [];
  const plain = await store.readSeries(run.id, 'plain');
  const odd = await store.readSeries(run.id, 'odd');
  const params = new Map(run.params.map(({ key, value }) => [key, value]));
  const [plainAt, oddAt] = [placesOf(plain.steps), placesOf(odd.steps)];
  const highest = Math.max(records - 1, ...plainAt.keys(), ...oddAt.keys());
  for (let number = 0; number <= highest; number++) {
    const [plainPlaces = [], oddPlaces = []] = [plainAt.get(number), oddAt.get(number)];
    const param = params.get(`p${number}`);
    const parts = [plainPlaces.length, oddPlaces.length, param === undefined ? 0 : 1];
    if (parts.every((count) => count === 0)) {
      if (!refused.has(number)) found.push(`record ${number} is lost`);
    } else if (parts.some((count) => count !== 1)) {
      found.push(`record ${number} is there ${parts.join(', ')} times`);
    } else {
      const [plainValue, value] = [
        plain.values[plainPlaces[0] ?? 0],
        odd.values[oddPlaces[0] ?? 0],
      ];
      const isSame = plainValue === number && Object.is(value, oddValue(number));
      if (!isSame || param !== String(oddValue(number))) {
        found.push(`record ${number} is another: ${plainValue}, ${value}, ${param}`);
      }
    }
  }
  return found;
}

/** Where each number is. */
function placesOf(numbers: Float64Array): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  for (const [place, number] of numbers.entries()) {
    const known = places.get(number);
    if (known === undefined) places.set(number, [place]);
    else known.push(place);
  }
  return places;
}

/** After the last line that was acknowledged there may be anything; before it lines that were refused. */
async function wrongLog(store: Store, { writer, logLines }: Acknowledged): Promise<string[]> {
  if (logLines.size === 0) return [];
  const highest = Math.max(...logLines);
  const log = new TextDecoder().decode(await store.readLog(runId(writer)));
  const there: number[] = [];
  for (const line of log.split('\n').map(Number)) {
    if (there.at(-1) === highest) break;
    there.push(line);
  }
  const isAscending = there.every((line, index) => line > (there[index - 1] ?? -1));
  const isWhole = [...logLines].every((line) => there.includes(line));
  if (isAscending && isWhole) return [];
  return [`the log lacks some of its ${logLines.size} lines: ${JSON.stringify(log.slice(-60))}`];
}

async function wrongBlobs(store: Store, expected: Acknowledged): Promise<readonly string[]> {
  const { writer, blobs, checkpoints } = expected;
  const found: string[] = [];
  const there = await store.listCheckpoints({ notebook: notebookOf(writer) });
  for (const number of checkpoints) {
    if (!there.some(({ takenAtMs }) => takenAtMs === 1000 + number)) {
      found.push(`checkpoint ${number} is lost`);
    }
  }
  for (const checkpoint of there) {
    const number = checkpoint.takenAtMs - 1000;
    try {
      const bytes = await store.readCheckpoint(checkpoint);
      if (Buffer.compare(bytes, blob(writer, number)) !== 0) {
        found.push(`checkpoint ${number} gives another file`);
      }
    } catch (error) {
      found.push(`checkpoint ${number} cannot be put together: ${String(error)}`);
    }
  }
  // What refers to a blob came after it, and so does not come without it.
  const owed = new Map(blobs);
  for (const { content, takenAtMs } of there) {
    if (content !== undefined) owed.set(takenAtMs - 1000, content);
  }
  for (const [number, hash] of owed) {
    try {
      const bytes = await store.readBlob(hash);
      if (!Buffer.from(bytes).equals(blob(writer, number))) found.push(`blob ${number} is another`);
    } catch (error) {
      found.push(`blob ${number} is lost: ${error instanceof Error ? error.message : error}`);
    }
  }
  return found;
}
