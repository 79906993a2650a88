import type { BlobHash, CheckpointId } from '../run/run';

/** A checkpoint, as far as retention looks at it. */
export interface RetainedVersion {
  readonly id: CheckpointId;
  readonly notebook: string;
  readonly takenAtMs: number;
  /** The user let it go, and may still bring it back. */
  readonly isDeleted: boolean;
  /** The user said something of it, or a run is linked to it: it stays whole. */
  readonly isProtected: boolean;
  /** Its large outputs that are still there. */
  readonly outputs: readonly BlobHash[];
}

export interface OutputQuota {
  /** 0: no limit. */
  readonly maxBytes: number;
  /** What an output takes on disk. */
  readonly bytesOf: (hash: BlobHash) => number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** So long the outputs of all checkpoints stay, then those of the last of each hour … */
export const allOutputsDays = 7;
/** … and from here on those of the last of each day. */
export const hourlyOutputsDays = 30;

/**
 * Which large outputs go. One stays as long as a checkpoint that keeps its outputs has it: the newest of
 * each notebook, what is protected, and those that their age leaves. Past the quota more go, first those
 * that were seen last the longest ago; those of the newest and the protected never do. A deleted checkpoint
 * takes the place of none that is there: it is never the newest, and of those of a time only among its like.
 */
export function chooseDropped(
  versions: readonly RetainedVersion[],
  nowMs: number,
  { maxBytes, bytesOf }: OutputQuota,
): ReadonlySet<BlobHash> {
  const newest = lastOf(
    versions.filter(({ isDeleted }) => !isDeleted),
    ({ notebook }) => notebook,
  );
  const lastInTime = lastOf(versions, (version) => timeSlot(version, nowMs));
  const lastSeenMs = new Map<BlobHash, number>();
  const dropped = new Set<BlobHash>();
  for (const version of versions) {
    const staysWhole = version.isProtected || newest.has(version);
    for (const hash of version.outputs) {
      if (!staysWhole && !lastInTime.has(version)) {
        if (!lastSeenMs.has(hash)) dropped.add(hash);
        continue;
      }
      dropped.delete(hash);
      const seenMs = staysWhole ? Number.POSITIVE_INFINITY : version.takenAtMs;
      lastSeenMs.set(hash, Math.max(seenMs, lastSeenMs.get(hash) ?? 0));
    }
  }
  if (maxBytes === 0) return dropped;
  let bytes = 0;
  for (const hash of lastSeenMs.keys()) bytes += bytesOf(hash);
  for (const [hash, seenMs] of [...lastSeenMs].sort(([, a], [, b]) => a - b)) {
    if (bytes <= maxBytes || seenMs === Number.POSITIVE_INFINITY) break;
    dropped.add(hash);
    bytes -= bytesOf(hash);
  }
  return dropped;
}

function lastOf(
  versions: readonly RetainedVersion[],
  groupOf: (version: RetainedVersion) => string,
): ReadonlySet<RetainedVersion> {
  const last = new Map<string, RetainedVersion>();
  for (const version of versions) {
    const group = groupOf(version);
    if ((last.get(group)?.takenAtMs ?? Number.NEGATIVE_INFINITY) <= version.takenAtMs) {
      last.set(group, version);
    }
  }
  return new Set(last.values());
}

/** Of the versions of one slot the last keeps its outputs. */
function timeSlot({ id, notebook, takenAtMs, isDeleted }: RetainedVersion, nowMs: number): string {
  const ageMs = nowMs - takenAtMs;
  if (ageMs <= allOutputsDays * dayMs) return id;
  const slotMs = ageMs <= hourlyOutputsDays * dayMs ? hourMs : dayMs;
  return `${slotMs} ${isDeleted} ${Math.floor(takenAtMs / slotMs)} ${notebook}`;
}
