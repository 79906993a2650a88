import { openStore } from '../../src/store/openStore';
import { type DiskOperation, MemoryDisk } from './memoryDisk';
import { afterPowerCut, type PowerCut } from './powerCut';
import {
  acknowledgedAt,
  asEnded,
  type Session,
  SessionClock,
  storeFolder,
  wasmPath,
} from './powerCutSession';
import { Recorder } from './recorder';
import { type Acknowledged, acknowledge, nothingAcknowledged, wrongs } from './records';
import { pick, seededRandom } from './seededRandom';

export interface Cut {
  /** How many operations came to be before the power went. */
  readonly afterOperations: number;
  /** What of the unsynced is there; see `cutOf`. */
  readonly variant: number;
}

/** The power cuts that are always tried, before random ones. */
const nothing = { keptNames: 0, keptRemovals: 0, keptSectors: 0, grownSizes: 0, stale: false };
const names = { ...nothing, keptNames: 1, keptRemovals: 1 };
const fixedVariants: readonly Omit<PowerCut, 'random'>[] = [
  nothing,
  { ...names, keptSectors: 1, grownSizes: 1 },
  { ...nothing, keptRemovals: 1 },
  names,
  { ...names, grownSizes: 1 },
  { ...names, grownSizes: 1, stale: true },
  { ...nothing, keptSectors: 1, grownSizes: 1 },
];
export const fixedVariantCount = fixedVariants.length;

/** The same for the same cut, as far as the operations are the same. */
function cutOf({ afterOperations, variant }: Cut): PowerCut & { readonly isPidReused: boolean } {
  const random = seededRandom(afterOperations * 1009 + variant);
  const isPidReused = variant % 3 === 2;
  const fixed = fixedVariants[variant];
  if (fixed !== undefined) return { ...fixed, random, isPidReused };
  const share = () => pick(random, [0.1, 0.5, 0.9]);
  return {
    keptNames: share(),
    keptRemovals: share(),
    keptSectors: share(),
    grownSizes: share(),
    stale: random() < 0.5,
    random,
    isPidReused,
  };
}

/** What the user may be told after a power cut: a journal ended in what nobody was told is there. */
const mayBeTold = /\.log (ends in an unfinished record|is damaged from byte)/;

/** Cuts the power, starts again twice, cuts it in what that did, and returns all that is wrong. */
export async function wrongsAfter(session: Session, cut: Cut): Promise<readonly string[]> {
  const power = cutOf(cut);
  const files = afterPowerCut(session.operations, cut.afterOperations, power);
  const expected = acknowledgedAt(session, cut.afterOperations);
  const found: string[] = [];
  try {
    const disk = restart(session, files, power.isPidReused);
    const restarted = disk.operations.length;
    found.push(...(await reopen(disk, expected)), ...(await reopen(disk, expected)));
    const done = disk.operations.length - restarted;
    const again = restarted + Math.floor(power.random() * (done + 1));
    const after = restart(session, afterPowerCut(disk.operations, again, power), false);
    const wrong = await reopen(after, expected);
    found.push(...wrong.map((each) => `cut again after ${again - restarted}: ${each}`));
  } catch (error) {
    found.push(`does not open: ${error instanceof Error ? error.stack : error}`);
  }
  return found;
}

/** The machine half a minute after the power is back. */
function restart(
  session: Session,
  files: Map<string, Uint8Array | 'folder'>,
  isPidReused: boolean,
): MemoryDisk {
  if (!isPidReused) endProcesses(files);
  const clock = new SessionClock();
  clock.advance(session.endsAtMs - clock.now() + 30_000);
  return MemoryDisk.holding(files, clock.now);
}

let reopened = 0;

/** Opens, compares, records something more and closes; what was recorded is expected from then on. */
async function reopen(
  disk: MemoryDisk,
  expected: readonly Acknowledged[],
): Promise<readonly string[]> {
  const problems: string[] = [];
  const store = await openStore(
    storeFolder,
    { changed: () => {}, problem: ({ message }) => problems.push(message) },
    { wasmPath, disk, now: disk.now, pollMs: 60_000, snapshotAtClose: 'always' },
  );
  const found: string[] = [];
  try {
    for (const acknowledged of expected) found.push(...(await wrongs(store, acknowledged)));
    const writer = `again${++reopened}`;
    const again = nothingAcknowledged(writer);
    const recorder = new Recorder(store, writer, (said) => acknowledge(again, said));
    await recorder.start();
    await recorder.record();
    found.push(...(await wrongs(store, again)));
  } finally {
    await store.close();
  }
  return [...found, ...problems.filter((message) => !mayBeTold.test(message))];
}

/** The processes of before the cut are gone, and their ids nobody's. */
function endProcesses(files: Map<string, Uint8Array | 'folder'>): void {
  for (const [path, content] of files) {
    if (content === 'folder' || !/\/(writers\/|[^/]*\.lock)/.test(path)) continue;
    files.set(path, new TextEncoder().encode(asEnded(new TextDecoder().decode(content))));
  }
}

/** The operations before a cut, in words, to see what it met. */
export function describeOperations(operations: readonly DiskOperation[], count: number): string[] {
  const names = new Map<number, string>();
  const lines: string[] = [];
  const path = (folder: number, name: string) => `${names.get(folder) ?? ''}/${name}`;
  for (const [index, operation] of operations.slice(0, count).entries()) {
    let text: string;
    if (operation.kind === 'link') {
      names.set(operation.inode, path(operation.folder, operation.name));
      text = names.get(operation.inode) ?? '';
    } else if (operation.kind === 'rename') {
      text = `${names.get(operation.inode)} to ${operation.toName}`;
      names.set(operation.inode, path(operation.toFolder, operation.toName));
    } else if (operation.kind === 'folderSynced') {
      text = names.get(operation.folder) ?? '/';
    } else {
      text = names.get(operation.inode) ?? '';
    }
    lines.push(`${index} ${operation.kind} ${text}`);
  }
  return lines.slice(-15);
}
