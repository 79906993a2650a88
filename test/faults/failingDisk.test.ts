import { expect, test } from 'vitest';
import { type Fault, faultKinds } from './failingDisk';
import { playOnFailingDisk } from './failingSession';
import { isLong } from './long';
import { seededRandom } from './seededRandom';

/**
 * Each call in turn, with each fault. In the short form of each kind of call the first and one more, with
 * some faults; of those that write records and logs, as most can go wrong there, more and with all.
 */
function* faults(calls: readonly string[]): Generator<Fault> {
  const random = seededRandom(20_261_120);
  const counts = new Map<string, number>();
  for (const call of calls) counts.set(call, (counts.get(call) ?? 0) + 1);
  for (const [call, count] of counts) {
    const isWrite = /^(write|sync) (journal|logs)/.test(call);
    const every = Array.from({ length: count }, (_, occurrence) => occurrence);
    const some = isWrite ? every.slice(0, 8) : new Set([0, Math.floor(random() * count)]);
    for (const occurrence of isLong ? every : some) {
      for (const kind of faultKinds) {
        if (kind === 'short' && !call.startsWith('write ')) continue;
        for (const isLasting of [false, true]) {
          if (isLong || isWrite || random() < 0.25) yield { call, occurrence, kind, isLasting };
        }
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
  const all = faults(calls);
  const playSome = async () => {
    for (const fault of all) {
      tried++;
      const session = await playOnFailingDisk(fault);
      const what = JSON.stringify(fault);
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
