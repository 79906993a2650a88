import { diffSource } from '../notebook/diffSource';
import { createWorkBudget } from '../notebook/workBudget';
import type { CellTrack, CellTransition, CellVersion } from './cellTrack';
import type { CellPlace, CellSpan } from './historyStep';
import type { NotebookHistory } from './notebookHistory';

/** About a second of work, for thousands of versions. */
const countUnits = 20_000_000;

/** All that is known of one cell, as plain data. */
export interface TraceData {
  /** Where it was seen first, which names it for good. */
  readonly first: CellPlace;
  readonly last: CellPlace;
  readonly ids: readonly string[];
  /** Whether the newest checkpoint has it. */
  readonly isCurrent: boolean;
  readonly lives: readonly CellSpan[];
  /** By when they were last seen or ran, oldest first. */
  readonly versions: readonly TracedVersion[];
  readonly splitFrom?: TracePart;
  readonly mergedInto?: TracePart;
}

export interface TracedVersion extends CellVersion {
  /** From 0, by when it was first seen; stays the same when others come. */
  readonly number: number;
  /** Lines that it has and the version before it in the list has not, and the other way round. */
  readonly added: number;
  readonly removed: number;
}

export interface TracePart {
  readonly atMs: number;
  /** Where the other cell was seen. */
  readonly other: CellPlace;
}

/** @returns undefined for a cell that was never in a checkpoint. */
export function toTraceData(
  track: CellTrack,
  { tracks, newestMoment }: NotebookHistory,
): TraceData | undefined {
  const [first, last] = [track.lives[0]?.first, track.lastSeen];
  if (!first || !last) return undefined;
  const part = (transition: CellTransition | undefined): TracePart | undefined => {
    const other = tracks[transition?.other ?? -1]?.lives[0]?.first;
    return transition && other ? { atMs: transition.at.atMs, other } : undefined;
  };
  const splitFrom = part(track.splitFrom);
  const mergedInto = part(track.mergedInto);
  return {
    ...{ first, last },
    ids: [...track.ids],
    isCurrent: last.checkpointId === newestMoment?.checkpointId,
    lives: track.lives,
    versions: countLines(track.versions),
    ...(splitFrom ? { splitFrom } : {}),
    ...(mergedInto ? { mergedInto } : {}),
  };
}

function countLines(versions: readonly CellVersion[]): readonly TracedVersion[] {
  const budget = createWorkBudget(countUnits);
  const sorted = [...versions.entries()].sort(([, a], [, b]) => lastMs(a) - lastMs(b));
  return sorted.map(([number, version], index) => {
    const before = sorted[index - 1]?.[1];
    const hunks = before ? diffSource(before.source, version.source, budget) : [];
    const count = (side: 'oldLines' | 'newLines') =>
      hunks.reduce((sum, hunk) => sum + hunk[side].length, 0);
    return { ...version, number, added: count('newLines'), removed: count('oldLines') };
  });
}

/** When a version was last seen or ran. */
export function lastMs({ spans, executions }: CellVersion): number {
  return spans.at(-1)?.last.atMs ?? executions.at(-1)?.startedAtMs ?? 0;
}

/** When a version was first seen or ran. */
export function firstMs({ spans, executions }: CellVersion): number {
  return spans[0]?.first.atMs ?? executions[0]?.startedAtMs ?? 0;
}
