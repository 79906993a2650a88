import type { JournalPosition } from '../database/replica';

/** How much of each writer's journal is contained in something. */
export type Positions = ReadonlyMap<string, JournalPosition>;

export function contains(positions: Positions, others: Positions): boolean {
  return [...others].every(
    ([writerId, { sequence }]) => (positions.get(writerId)?.sequence ?? 0) >= sequence,
  );
}

/** How many bytes of journals are in `positions` and not in `contained`. */
export function bytesPast(positions: Positions, contained: Positions): number {
  let bytes = 0;
  for (const [writerId, { offsetBytes }] of positions) {
    bytes += Math.max(0, offsetBytes - (contained.get(writerId)?.offsetBytes ?? 0));
  }
  return bytes;
}

/** The same in commits. */
export function framesPast(positions: Positions, contained: Positions): number {
  let frames = 0;
  for (const [writerId, { sequence }] of positions) {
    frames += Math.max(0, sequence - (contained.get(writerId)?.sequence ?? 0));
  }
  return frames;
}
