import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LaunchClock } from '../../../src/app/launch/launchClock';
import { makeWorkspaceFolder } from '../app/recordingBench';

test('a text is cut where a second or more lies between', async () => {
  const path = join(makeWorkspaceFolder(), 'clock');
  // `größe\n` has eight bytes.
  writeFileSync(path, '0 1000\n8 1250\n16 4000\n24 500');
  const clock = new LaunchClock(path);
  await clock.update();
  expect(clock.partsOf('größe\ngröße\ngr', 18)).toEqual([
    { text: 'größe\ngröße\n', place: { endByte: 16, atMs: 1000 } },
    { text: 'gr', place: { endByte: 18, atMs: 4000 } },
  ]);
  appendFileSync(path, '0\nnot a tick\n40 9000\n');
  await clock.update();
  expect(clock.partsOf('öße\ngröß', 30)).toEqual([
    { text: 'öße\n', place: { endByte: 24, atMs: 4000 } },
    { text: 'größ', place: { endByte: 30, atMs: 5000 } },
  ]);
  expect(clock.partsOf('e\n', 32)).toEqual([{ text: 'e\n', place: { endByte: 32, atMs: 5000 } }]);
});
