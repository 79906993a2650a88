import type { NotebookCell } from '../notebook/notebook';
import type { CellTrack, CellVersion } from './cellTrack';
import type { CellPlace } from './historyStep';
import type { NotebookHistory } from './notebookHistory';
import type { SourceMatch } from './sourceSearch';
import { firstMs, lastMs } from './traceData';

/** One distinct source of a cell in which it was found. */
export interface SearchHit extends SourceMatch {
  /** Where the source was seen last; where the cell was, if the source only ran. */
  readonly place: CellPlace;
  readonly kind: NotebookCell['kind'];
  readonly source: string;
  readonly ids: readonly string[];
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
  /** Whether the newest checkpoint has it. */
  readonly isCurrent: boolean;
}

/**
 * Every source that a notebook ever had, each read once, whatever cells had it; those seen last come first.
 *
 * @param known what other notebooks' sources gave, so that a copy costs nothing.
 */
export function searchHistory(
  history: NotebookHistory,
  find: (source: string) => SourceMatch | undefined,
  known: Map<string, SourceMatch | undefined>,
): readonly SearchHit[] {
  const look = (source: string) => {
    if (!known.has(source)) known.set(source, find(source));
    return known.get(source);
  };
  return history.tracks
    .flatMap((track) =>
      track.versions.flatMap((version) => {
        const match = look(version.source);
        const hit = match && toHit(track, version, match, history);
        return hit ? [hit] : [];
      }),
    )
    .sort((a, b) => b.lastSeenAtMs - a.lastSeenAtMs);
}

function toHit(
  track: CellTrack,
  version: CellVersion,
  match: SourceMatch,
  { newestMoment }: NotebookHistory,
): SearchHit | undefined {
  const place = version.spans.at(-1)?.last ?? track.lastSeen;
  if (!place) return undefined;
  return {
    ...match,
    place,
    kind: version.kind,
    source: version.source,
    ids: [...track.ids],
    firstSeenAtMs: firstMs(version),
    lastSeenAtMs: lastMs(version),
    isCurrent: version === track.latest && place.checkpointId === newestMoment?.checkpointId,
  };
}
