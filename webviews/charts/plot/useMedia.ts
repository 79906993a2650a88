import { useEffect, useMemo, useState } from 'preact/hooks';
import type { MediaItem } from '../../../src/core/media/media';
import type { MediaOfRun } from '../../../src/protocol/plotsHost';
import type { CardContext } from '../cardContext';

/** Side by side nobody looks at more. */
export const maxMediaRuns = 8;

/** What the first shown runs logged; undefined until the host has answered. */
export function useMedia(
  kind: MediaItem['kind'],
  { runs, host, attemptRead }: CardContext,
): readonly MediaOfRun[] | undefined {
  const [media, setMedia] = useState<readonly MediaOfRun[]>();
  // Only as runs come and go or log more is there something new.
  const key = JSON.stringify(
    runs.slice(0, maxMediaRuns).map(({ runId, status, pointCount }) => [runId, status, pointCount]),
  );
  useEffect(() => {
    let isGone = false;
    const runIds = runs.slice(0, maxMediaRuns).map(({ runId }) => runId);
    attemptRead(
      host.readMedia(kind, runIds).then((read) => {
        if (!isGone) setMedia(read);
      }),
    );
    return () => {
      isGone = true;
    };
  }, [kind, key]);
  return media;
}

/** The tags of all runs, those of most runs first. */
export function useTags(media: readonly MediaOfRun[] | undefined): readonly string[] {
  return useMemo(() => {
    const counts = new Map<string, number>();
    for (const { items } of media ?? []) {
      for (const tag of new Set(items.map((item) => item.tag))) {
        counts.set(tag, (counts.get(tag) ?? 0) + 1);
      }
    }
    return [...counts].sort((a, b) => b[1] - a[1]).map(([tag]) => tag);
  }, [media]);
}
