import { useMemo, useState } from 'preact/hooks';
import type { MediaItem } from '../../../src/core/media/media';
import { itemAtStep, stepsOf } from '../../../src/core/media/stepSlides';
import type { ChartedRun } from '../../../src/protocol/chartsPage';
import type { CardContext } from '../cardContext';
import { useMedia, useTags } from './useMedia';

type Kind = MediaItem['kind'];
type ItemOf<K extends Kind> = Extract<MediaItem, { readonly kind: K }>;

export interface Slide<K extends Kind> {
  readonly run: ChartedRun;
  readonly item: ItemOf<K>;
}

/**
 * What runs logged of one series, at one step, side by side; undefined until it is listed.
 *
 * @param key names the series; empty: that of the most runs.
 */
export function useSlides<K extends Kind>(kind: K, key: string, context: CardContext) {
  const { runs } = context;
  const media = useMedia(kind, context);
  const tags = useTags(media);
  const [wanted, setWanted] = useState<number>();
  const tag = key === '' ? tags[0] : key;
  return useMemo(() => {
    if (media === undefined) return undefined;
    const isWanted = (item: MediaItem): item is ItemOf<K> => item.kind === kind && item.tag === tag;
    const of = media.map(({ runId, items }) => ({ runId, items: items.filter(isWanted) }));
    const steps = stepsOf(of.flatMap(({ items }) => items));
    const at = Math.min(wanted ?? steps.length - 1, steps.length - 1);
    const shown = of.flatMap(({ runId, items }): readonly Slide<K>[] => {
      const run = runs.find((each) => each.runId === runId);
      const item = itemAtStep(items, steps[at]);
      return run && item ? [{ run, item }] : [];
    });
    return { steps, at, shown, setAt: setWanted, notes: media.flatMap(({ notes }) => notes) };
  }, [media, kind, tag, wanted, runs]);
}
