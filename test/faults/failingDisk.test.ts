import { expect, test } from 'vitest';
import { type Fault, faultKinds } from './failingDisk';
import { playOnFailingDisk } from './failingSession';
import { isLong } from './long';

/** Each call in turn; in the short form with one kind of fault, that lasts or not. */
function* faults(callCount: number): Generator<Fault> {
  for (let atCall = 0; atCall < callCount; atCall++) {
    for (const [index, kind] of faultKinds.entries()) {
      for (const isLasting of [false, true]) {
        if (!isLong && atCall % 8 !== 2 * index + (isLasting ? 1 : 0)) continue;
        yield { atCall, kind, isLasting };
      }
    }
  }
}

test('whichever call of the disk fails, nothing acknowledged is lost and recording goes on', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  const { calls, wrongs } = await playOnFailingDisk();
  expect(wrongs).toEqual([]);
  const found: string[] = [];
  let tried = 0;
  const all = faults(calls.length);
  const playSome = async () => {
    for (const fault of all) {
      tried++;
      const session = await playOnFailingDisk(fault);
      const what = `${JSON.stringify(fault)} at ${session.calls[fault.atCall]}`;
      found.push(...session.wrongs.map((wrong) => `${what}: ${wrong}`));
    }
  };
  // They mostly wait, so several at once.
  await Promise.all(Array.from({ length: 6 }, playSome));
  process.off('unhandledRejection', note);
  console.log(`failing calls: ${tried} in a session of ${calls.length}, ${found.length} wrong`);
  expect(found).toEqual([]);
  expect(unhandled).toEqual([]);
}, 3_600_000);
