import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildProcess } from './buildProcess';
import { type Death, live, mayBeTold, wasmPath, wrongsOfCopy } from './killedLives';
import { killPoints, repairPoints } from './killPoints';
import { isLong } from './long';
import type { Acknowledged } from './records';
import { seededRandom } from './seededRandom';

const leastKills = isLong ? 1200 : 1;

type Processes = Awaited<ReturnType<typeof buildProcess>>;

interface Tally {
  kills: number;
  acknowledged: number;
  readonly missed: string[];
  readonly wrongs: string[];
}

/** All named points in an order of their own, with random deaths between. */
function someDeaths(random: () => number): readonly (readonly Death[])[] {
  const tear: Death = { kind: 'point', point: killPoints[0]?.name ?? '', count: 5 };
  const all: (readonly Death[])[] = [
    ...killPoints.map(({ name }) => [
      { kind: 'point', point: name, count: countOf(name, random) } as const,
    ]),
    // Only who finds what another has torn comes to these.
    ...repairPoints.map(({ name }) => [tear, { kind: 'point', point: name, count: 1 } as const]),
    ...Array.from({ length: 6 }, () => [randomDeath(random)]),
  ];
  return all
    .map((deaths) => ({ deaths, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ deaths }) => deaths);
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

/** Lets one writer after the other die in a folder, and looks after each what is there. */
async function killInARow(
  processes: Processes,
  deaths: readonly Death[],
  tally: Tally,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'epochlog-faults-'));
  const lives: Acknowledged[] = [];
  const note = async (what: string, looked: readonly Acknowledged[], told: readonly string[]) => {
    const wrongs = [...told, ...(await wrongsOfCopy(folder, looked))];
    tally.wrongs.push(...wrongs.map((wrong) => `${what}: ${wrong}`));
  };
  for (const [index, death] of deaths.entries()) {
    const writer = `life${index}`;
    const { script, snapshotWorkerPath } = processes;
    const task = {
      folder,
      wasmPath,
      writer,
      ...(death.kind === 'random' && { snapshotWorkerPath }),
    };
    const { acknowledged, cameToPoint, problems, errors } = await live(script, task, death);
    lives.push(acknowledged);
    tally.kills++;
    tally.acknowledged += acknowledged.records + acknowledged.logLines.size;
    tally.acknowledged += acknowledged.blobs.size + acknowledged.checkpoints.size;
    const what = JSON.stringify(death);
    if (!cameToPoint) tally.missed.push(what);
    const told = problems.filter((message) => !mayBeTold.test(message));
    if (errors !== '') told.push(errors);
    // All of them at times, as it takes longer with each.
    const isLast = index === deaths.length - 1;
    await note(what, isLast || index % 10 === 9 ? lives : lives.slice(-3), told);
  }
  rmSync(folder, { recursive: true, force: true });
}

test('what was acknowledged outlives a kill at any point', async () => {
  const processes = await buildProcess('writerProcess');
  const tally: Tally = { kills: 0, acknowledged: 0, missed: [], wrongs: [] };
  const random = seededRandom(20_261_120);
  while (tally.kills < leastKills && tally.wrongs.length === 0) {
    // Who comes to a folder without a journal does not come to every point.
    const first: Death = { kind: 'point', point: 'before the acknowledgement', count: 6 };
    const rows: [Death[], Death[]] = [[first], [first]];
    // In the long form more die in the same folder, so that what was repaired is torn again and again.
    const rounds = Array.from({ length: isLong ? 3 : 1 }, () => someDeaths(random));
    for (const [index, deaths] of rounds.flat().entries()) rows[index % 2]?.push(...deaths);
    await Promise.all(rows.map((deaths) => killInARow(processes, deaths, tally)));
    if (isLong) console.log(`${tally.kills} kills, ${tally.acknowledged} acknowledged`);
  }
  const lost = tally.wrongs.filter((wrong) => /lost|gone|lacks|in half/.test(wrong)).length;
  const unopened = tally.wrongs.filter((wrong) => wrong.includes('does not open')).length;
  console.log(
    `kills: ${tally.kills}, acknowledged: ${tally.acknowledged}, lost: ${lost}, stores that did not open: ${unopened}`,
  );
  expect(tally.wrongs).toEqual([]);
  expect(tally.missed).toEqual([]);
}, 7_200_000);

test('a store that acknowledges before it has written is caught', async () => {
  const { script } = await buildProcess('writerProcess');
  const folder = mkdtempSync(join(tmpdir(), 'epochlog-faults-'));
  const task = { folder, wasmPath, writer: 'hasty', isHasty: true };
  const death: Death = { kind: 'random', from: 'opened', afterMs: 200 };
  const { acknowledged } = await live(script, task, death);
  expect((await wrongsOfCopy(folder, [acknowledged])).join('\n')).toMatch(/lost|gone/);
  rmSync(folder, { recursive: true, force: true });
});
