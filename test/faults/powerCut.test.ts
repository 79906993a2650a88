import { expect, test } from 'vitest';
import type { Disk } from '../../src/store/disk/disk';
import { isLong } from './long';
import type { DiskOperation } from './memoryDisk';
import { playSession, type Session, storeFolder } from './powerCutSession';
import { seededRandom } from './seededRandom';
import { type Cut, describeOperations, fixedVariantCount, wrongsAfter } from './survival';

interface Loss {
  readonly cut: Cut;
  readonly wrongs: readonly string[];
}

const allVariants = fixedVariantCount + (isLong ? 8 : 3);

/**
 * All points in all variants in the long form. Else all variants where a snapshot came or a journal went,
 * and of the other points some, with nothing kept and in a few variants.
 */
function* someCuts({ operations, firstCut }: Session): Generator<Cut> {
  const random = seededRandom(20_261_120);
  for (let afterOperations = firstCut; afterOperations <= operations.length; afterOperations++) {
    if (isLong || operations.slice(afterOperations - 1, afterOperations).some(isCritical)) {
      for (let variant = 0; variant < allVariants; variant++) yield { afterOperations, variant };
    } else if (random() < 0.1 || afterOperations === operations.length) {
      yield { afterOperations, variant: 0 };
      yield { afterOperations, variant: 1 + Math.floor(random() * (allVariants + 20)) };
    }
  }
}

function isCritical(operation: DiskOperation): boolean {
  if (operation.kind === 'rename') return /^store\.db/.test(operation.toName);
  return operation.kind === 'unlink' && operation.name.endsWith('.log');
}

async function tryCuts(session: Session, cuts: Iterable<Cut>, enough: number) {
  const losses: Loss[] = [];
  let tried = 0;
  for (const cut of cuts) {
    tried++;
    const wrongs = await wrongsAfter(session, cut);
    if (wrongs.length > 0) losses.push({ cut, wrongs });
    if (losses.length >= enough) break;
  }
  return { tried, losses };
}

function explain(session: Session, { cut, wrongs }: Loss): string {
  const before = describeOperations(session.operations, cut.afterOperations);
  return [`cut ${cut.afterOperations}, variant ${cut.variant}`, ...wrongs, ...before].join('\n  ');
}

test('what was acknowledged outlives a power cut at any point', async () => {
  const session = await playSession();
  // The session went through what it is for.
  expect(
    count(session, (each) => each.kind === 'rename' && each.toName === 'store.db'),
  ).toBeGreaterThan(3);
  expect(
    count(session, (each) => each.kind === 'unlink' && each.name.endsWith('.log')),
  ).toBeGreaterThan(0);

  const { tried, losses } = await tryCuts(session, someCuts(session), 5);
  console.log(
    `power cuts: ${tried} at ${session.operations.length} operations, ${losses.length} with a loss`,
  );
  expect(losses.map((loss) => explain(session, loss))).toEqual([]);
}, 3_600_000);

const count = (session: Session, is: (operation: DiskOperation) => boolean) =>
  session.operations.filter(is).length;

test.each<[string, (disk: Disk) => Disk]>([
  ['never syncs', (disk) => ({ ...disk, sync: async () => {} })],
  ['never syncs a folder', (disk) => ({ ...disk, syncFolder: () => {} })],
  ['removes journals before its snapshot is there for good', withHastyRemoval],
])(
  'a store that %s is caught',
  async (_, change) => {
    const session = await playSession(change);
    const { losses } = await tryCuts(session, cutsAtRemovals(session), 1);
    expect(losses.flatMap(({ wrongs }) => wrongs).join('\n')).toMatch(/is lost|is gone|lacks/);
  },
  120_000,
);

/** At the end, and where a journal was just removed. */
function* cutsAtRemovals({ operations }: Session): Generator<Cut> {
  const removals = [...operations.entries()]
    .filter(([, each]) => each.kind === 'unlink' && each.name.endsWith('.log'))
    .map(([index]) => index + 1);
  for (const afterOperations of [operations.length, ...removals]) {
    for (let variant = 0; variant < fixedVariantCount + 20; variant++) {
      yield { afterOperations, variant };
    }
  }
}

/**
 * Removes the journals of ended writers when a snapshot that contains them gets its name, not once that
 * name is there for good.
 */
function withHastyRemoval(disk: Disk): Disk {
  return {
    ...disk,
    rename(from, to) {
      disk.rename(from, to);
      if (!to.endsWith('store.db')) return;
      for (const name of disk.list(`${storeFolder}/journal`)) {
        const lease = `${storeFolder}/writers/${name.replace('.log', '.json')}`;
        const isAlive = new TextDecoder()
          .decode(readIfThere(disk, lease))
          .includes(`${process.pid}`);
        if (!isAlive) disk.remove(`${storeFolder}/journal/${name}`);
      }
      disk.syncFolder(`${storeFolder}/journal`);
    },
  };
}

const readIfThere = (disk: Disk, path: string) =>
  disk.stat(path) === undefined ? new Uint8Array() : disk.read(path);
