// A window: a process that records numbered things in a store beside others that do the same, and prints
// what it was told and what it sees of the others. Once it is told how much there is to see, on stdin, it
// waits until it sees that, prints what the whole store looks like to it, and ends at the next line.
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { openStore } from '../../src/store/openStore';
import type { Store } from '../../src/store/store';
import { readAll } from '../unit/store/readAll';
import { edited, points, runId, started } from '../unit/store/sampleChanges';
import { Recorder } from './recorder';
import { type Acknowledgement, sharedRun } from './records';
import { sayLine } from './sayLine';

/** What the process is told, as JSON in its only argument. */
export interface WindowTask {
  readonly folder: string;
  readonly wasmPath: string;
  readonly snapshotWorkerPath: string;
  readonly writer: string;
  readonly others: readonly string[];
  readonly forMs: number;
}

/** What there is to see in the end: how many records of each writer, and of all in the run they share. */
export interface WholeRecord {
  readonly records: Readonly<Record<string, number>>;
  readonly shared: number;
}

/** A line that the process prints. */
export type WindowLine =
  | (Acknowledgement & { readonly atMs: number })
  | { readonly kind: 'number' | 'shared'; readonly number: number }
  /** It sees the first `count` records of another. */
  | {
      readonly kind: 'sees';
      readonly writer: string;
      readonly count: number;
      readonly atMs: number;
    }
  | { readonly kind: 'problem'; readonly message: string }
  | { readonly kind: 'recorded' }
  /** Of all that the store holds, as this window sees it. */
  | { readonly kind: 'digest'; readonly digest: string };

const say = (line: WindowLine) => sayLine(line);

async function countOf(store: Store, run: string, key: string): Promise<number> {
  const metrics = (await store.getRun(runId(run)))?.metrics ?? [];
  return metrics.find((metric) => metric.key === key)?.count ?? 0;
}

async function live(task: WindowTask): Promise<void> {
  const { folder, wasmPath, snapshotWorkerPath, writer, others, forMs } = task;
  const look = async (run: string) => {
    if (!others.includes(run)) return;
    const count = await countOf(store, run, 'plain');
    say({ kind: 'sees', writer: run, count, atMs: Date.now() });
  };
  const store = await openStore(
    folder,
    {
      changed: ({ runIds }) => void Promise.all(runIds.map(look)),
      problem: ({ message }) => say({ kind: 'problem', message }),
    },
    { wasmPath, snapshotWorkerPath, snapshotAfterBytes: 50_000, maxJournalBytes: 20_000 },
  );
  const recorder = new Recorder(store, writer, (said) => say({ ...said, atMs: Date.now() }));
  await recorder.start();
  await store.commit([started(sharedRun)]);
  const endMs = Date.now() + forMs;
  for (let round = 0; Date.now() < endMs; round++) {
    await recorder.record();
    if (round % 3 === 0) {
      await store.commit([
        points(sharedRun, 'all', [round], round),
        edited(sharedRun, { field: 'name', value: `${writer} ${round}` }),
        edited(sharedRun, { field: 'tag', key: `t${round % 7}`, value: writer }),
      ]);
      say({ kind: 'shared', number: round });
    }
    if (round % 5 === 0) say({ kind: 'number', number: await store.takeNumber('model') });
    if (round % 8 === 0) await recorder.log();
    if (round % 16 === 0) await recorder.blob();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  say({ kind: 'recorded' });

  const lines = createInterface(process.stdin)[Symbol.asyncIterator]();
  // SAFETY: the supervisor writes nothing else.
  const whole = JSON.parse((await lines.next()).value) as WholeRecord;
  await untilSeen(store, whole);
  say({ kind: 'digest', digest: await digestOf(store) });
  await lines.next();
  await store.close();
  process.exit(0);
}

/** For as long as it takes: who never sees it is found by the supervisor. */
async function untilSeen(store: Store, { records, shared }: WholeRecord): Promise<void> {
  const isSeen = async () => {
    for (const [run, count] of Object.entries(records)) {
      if ((await countOf(store, run, 'plain')) < count) return false;
    }
    return (await countOf(store, sharedRun, 'all')) >= shared;
  };
  while (!(await isSeen())) await new Promise((resolve) => setTimeout(resolve, 20));
  // What came last of the others is not all counted, such as names and sizes of logs.
  await new Promise((resolve) => setTimeout(resolve, 1500));
}

async function digestOf(store: Store): Promise<string> {
  const asText = (_key: string, value: unknown) =>
    typeof value === 'number' ? (Object.is(value, -0) ? '-0' : String(value)) : value;
  const all = JSON.stringify(await readAll(store), asText);
  return createHash('sha256').update(all).digest('hex');
}

// SAFETY: the supervisor gives nothing else.
void live(JSON.parse(process.argv[2] ?? '') as WindowTask);
