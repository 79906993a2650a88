import { errorMessage } from '../../src/core/userError';
import { openStore } from '../../src/store/openStore';
import type { Store } from '../../src/store/store';
import { type Fault, failingDisk } from './failingDisk';
import { MemoryDisk } from './memoryDisk';
import { project, storeFolder, wasmPath } from './powerCutSession';
import { Recorder } from './recorder';
import { type Acknowledged, acknowledge, nothingAcknowledged, wrongs } from './records';

/** How long is waited for a call that may be held until the disk is good again. */
const patienceMs = 5;
/** All that was held must be written so long after it is. */
const recoveryMs = 5000;

export interface FailingSession {
  readonly calls: readonly string[];
  readonly wrongs: readonly string[];
}

/** What is told of a journal that could neither be written on nor cut back. */
const mayBeTold = /\.log (ends in an unfinished record|is damaged from byte)/;

/** What a user can read: whole sentences, not the bare error of the system. */
const isReadable = (message: string) => /\.$/.test(message) && !/^E[A-Z]+: /.test(message);

/** Opens, records and closes on a disk with that fault, and compares what is there afterwards. */
export async function playOnFailingDisk(fault?: Fault): Promise<FailingSession> {
  const memory = MemoryDisk.holding(new Map([[project, 'folder']]));
  const failing = failingDisk(memory, fault);
  const found: string[] = [];
  const expected: Acknowledged[] = [];
  const numbers: number[] = [];
  const check = (message: string) => {
    if (!isReadable(message)) found.push(`says ${JSON.stringify(message)}`);
  };
  for (const writer of ['one', 'two']) {
    const store = await openFailing(failing.disk, check, () => failing.lift());
    await takeNumbers(store, numbers, check);
    const acknowledged = nothingAcknowledged(writer);
    expected.push(acknowledged);
    const rejected = await recordAll(store, acknowledged, () => failing.lift());
    await takeNumbers(store, numbers, check);
    for (const message of rejected) check(message);
    if (rejected.length > 0 && fault?.kind !== 'EACCES') found.push(...rejected);
    try {
      await store.close();
    } catch (error) {
      found.push(`close: ${errorMessage(error)}`);
    }
  }
  if (new Set(numbers).size < numbers.length) found.push(`numbers are taken twice: ${numbers}`);
  found.push(...(await reopen(memory, expected)));
  return { calls: failing.calls, wrongs: found };
}

/** A store that could not be opened can be once the fault is gone. */
async function openFailing(
  disk: ReturnType<typeof failingDisk>['disk'],
  check: (message: string) => void,
  lift: () => void,
): Promise<Store> {
  const open = () =>
    openStore(
      storeFolder,
      { changed: () => {}, problem: ({ message }) => check(message) },
      {
        ...{ wasmPath, disk, pollMs: 3, retryMs: 1 },
        ...{ snapshotAfterBytes: 700, exclusiveTimeoutMs: 50 },
      },
    );
  try {
    return await open();
  } catch (error) {
    check(errorMessage(error));
    lift();
    return open();
  }
}

/** Records some of everything, then lifts the fault; returns the messages of what was refused. */
async function recordAll(
  store: Store,
  acknowledged: Acknowledged,
  lift: () => void,
): Promise<readonly string[]> {
  const recorder = new Recorder(store, acknowledged.writer, (said) =>
    acknowledge(acknowledged, said),
  );
  const messages: string[] = [];
  const calls: Promise<void>[] = [];
  const call = async (...works: readonly Promise<unknown>[]) => {
    const all = works.map((work) =>
      work.then(
        () => {},
        (error) => void messages.push(errorMessage(error)),
      ),
    );
    calls.push(...all);
    await Promise.race([Promise.all(all), rest(patienceMs)]);
  };
  await call(recorder.start());
  await call(recorder.record());
  await call(recorder.record(), recorder.record(), recorder.log());
  await call(recorder.blob());
  await call(recorder.log());
  await call(recorder.record());
  lift();
  if (!acknowledged.isStarted && messages.length > 0) await recorder.start();
  await recorder.record().catch((error) => messages.push(errorMessage(error)));
  await Promise.race([Promise.all(calls), rest(recoveryMs).then(() => messages.push('is stuck'))]);
  return messages;
}

/** Some at once; that one cannot be taken now is said, and not held. */
async function takeNumbers(
  store: Store,
  numbers: number[],
  check: (message: string) => void,
): Promise<void> {
  const taken = [1, 2].map(() =>
    store.takeNumber('model').then(
      (number) => void numbers.push(number),
      (error) => check(errorMessage(error)),
    ),
  );
  await Promise.race([Promise.all(taken), rest(patienceMs)]);
}

async function reopen(
  disk: MemoryDisk,
  expected: readonly Acknowledged[],
): Promise<readonly string[]> {
  try {
    const found: string[] = [];
    const store = await openStore(
      storeFolder,
      {
        changed: () => {},
        problem({ message }) {
          if (!mayBeTold.test(message)) found.push(message);
        },
      },
      { wasmPath, disk, pollMs: 60_000 },
    );
    for (const acknowledged of expected) found.push(...(await wrongs(store, acknowledged)));
    await store.close();
    return found;
  } catch (error) {
    return [`does not open: ${error instanceof Error ? error.stack : error}`];
  }
}

const rest = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
