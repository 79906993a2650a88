import type { CellTrack, CellTransition, CellVersion } from './cellTrack';
import type { CellPlace, CellSpan } from './historyStep';
import type { NotebookHistory } from './notebookHistory';

/** All that is known of one cell, as plain data. */
export interface TraceData {
  /** Where it was seen last, which names it. */
  readonly place: CellPlace;
  readonly ids: readonly string[];
  /** Whether the newest checkpoint has it. */
  readonly isCurrent: boolean;
  readonly lives: readonly CellSpan[];
  /** By when they were last seen or ran, oldest first. */
  readonly versions: readonly CellVersion[];
  readonly splitFrom?: TracePart;
  readonly mergedInto?: TracePart;
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
  const place = track.lastSeen;
  if (!place) return undefined;
  const part = (transition: CellTransition | undefined): TracePart | undefined => {
    const other = tracks[transition?.other ?? -1]?.lastSeen;
    return transition && other ? { atMs: transition.at.atMs, other } : undefined;
  };
  const splitFrom = part(track.splitFrom);
  const mergedInto = part(track.mergedInto);
  return {
    place,
    ids: [...track.ids],
    isCurrent: place.checkpointId === newestMoment?.checkpointId,
    lives: track.lives,
    versions: track.versions.toSorted((a, b) => lastMs(a) - lastMs(b)),
    ...(splitFrom ? { splitFrom } : {}),
    ...(mergedInto ? { mergedInto } : {}),
  };
}

/** When a version was last seen or ran. */
export function lastMs({ spans, executions }: CellVersion): number {
  return spans.at(-1)?.last.atMs ?? executions.at(-1)?.startedAtMs ?? 0;
}

/** When a version was first seen or ran. */
export function firstMs({ spans, executions }: CellVersion): number {
  return spans[0]?.first.atMs ?? executions[0]?.startedAtMs ?? 0;
}
