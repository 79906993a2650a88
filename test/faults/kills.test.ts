import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildProcess } from './buildProcess';
import { type Death, live, mayBeTold, wasmPath, wrongsOfCopy } from './killedLives';
import { killPoints, repairPoints } from './killPoints';
import { isLong } from './long';
import type { Acknowledged } from './records';
import { pick, seededRandom } from './seededRandom';

const killCount = isLong ? 1200 : 2 * (killPoints.length + 8);
/** So many writers die one after the other in one folder, so that what was repaired is torn again. */
const livesInFolder = isLong ? 40 : killCount / 2;

interface Tally {
  kills: number;
  acknowledged: number;
  readonly missed: string[];
  readonly wrongs: string[];
}

/** The named points in a row that is different each time, with random deaths and torn repairs between. */
function deaths(count: number, seed: number): readonly Death[] {
  const random = seededRandom(seed);
  const all: Death[] = [];
  const tornFirst = killPoints[0]?.name ?? '';
  while (all.length < count) {
    const points = killPoints.map((point) => [random(), point.name] as const).sort();
    for (const [, point] of points) {
      all.push({ kind: 'point', point, count: countOf(point, random) });
      if (random() < 0.2) all.push(randomDeath(random));
      if (random() < 0.2) {
        all.push({ kind: 'point', point: tornFirst, count: 5 });
        all.push({ kind: 'point', point: pick(random, repairPoints).name, count: 1 });
      }
    }
  }
  return all.slice(0, count);
}

function randomDeath(random: () => number): Death {
  const from = random() < 0.3 ? 'birth' : 'opened';
  return { kind: 'random', from, afterMs: Math.floor(random() * 250) };
}

/** What a writer does often it may die of later; the rest comes once in its life. */
function countOf(point: string, random: () => number): number {
  const isOften = /commit|acknowledgement|log|blob/.test(point);
  return isOften ? 1 + Math.floor(random() * 8) : 1;
}

async function killInARow(script: string, row: number, count: number, tally: Tally) {
  const all = deaths(count, row);
  for (let first = 0; first < all.length; first += livesInFolder) {
    const folder = mkdtempSync(join(tmpdir(), 'epochlog-faults-'));
    const lives: Acknowledged[] = [];
    for (const [index, death] of all.slice(first, first + livesInFolder).entries()) {
      const writer = `life${row}-${first + index}`;
      const life = await live(script, { folder, wasmPath, writer }, death);
      lives.push(life.acknowledged);
      tally.kills++;
      tally.acknowledged += life.acknowledged.records + life.acknowledged.logLines.size;
      tally.acknowledged += life.acknowledged.blobs.size + life.acknowledged.checkpoints.size;
      const what = JSON.stringify(death);
      if (!life.cameToPoint) tally.missed.push(what);
      const told = life.problems.filter((message) => !mayBeTold.test(message));
      // All of them from time to time, as it takes longer with each.
      const looked = index % 8 === 7 ? lives : lives.slice(-3);
      const wrongs = [...told, life.errors, ...(await wrongsOfCopy(folder, looked))];
      tally.wrongs.push(
        ...wrongs.filter((wrong) => wrong !== '').map((wrong) => `${what} ${wrong}`),
      );
    }
    tally.wrongs.push(...(await wrongsOfCopy(folder, lives)));
    rmSync(folder, { recursive: true, force: true });
    if (tally.wrongs.length > 20) break;
  }
}

test('what was acknowledged outlives a kill at any point', async () => {
  const script = await buildProcess('writerProcess');
  const tally: Tally = { kills: 0, acknowledged: 0, missed: [], wrongs: [] };
  await Promise.all([1, 2].map((row) => killInARow(script, row, killCount / 2, tally)));
  const lost = tally.wrongs.filter((wrong) => /lost|gone|lacks|in half/.test(wrong)).length;
  const unopened = tally.wrongs.filter((wrong) => wrong.includes('does not open')).length;
  console.log(
    `kills: ${tally.kills}, acknowledged: ${tally.acknowledged}, lost: ${lost}, stores that did not open: ${unopened}`,
  );
  expect(tally.wrongs).toEqual([]);
  expect(tally.missed).toEqual([]);
}, 7_200_000);

test('a store that acknowledges before it writes is caught', async () => {
  const script = await buildProcess('writerProcess');
  const folder = mkdtempSync(join(tmpdir(), 'epochlog-faults-'));
  const task = { folder, wasmPath, writer: 'hasty', isHasty: true };
  const { acknowledged } = await live(script, task, {
    kind: 'random',
    from: 'opened',
    afterMs: 200,
  });
  expect((await wrongsOfCopy(folder, [acknowledged])).join('\n')).toMatch(/lost|gone/);
  rmSync(folder, { recursive: true, force: true });
});
