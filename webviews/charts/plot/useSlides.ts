import { useMemo } from 'preact/hooks';
import type { ConfusionSpec, ImagesSpec } from '../../../src/core/chart/chartSpec';
import type { MediaItem } from '../../../src/core/media/media';
import { itemAtStep, placeOfStep, stepAtPlace, stepsOf } from '../../../src/core/media/stepSlides';
import type { ChartedRun } from '../../../src/protocol/chartsPage';
import type { CardViewProps } from '../cardContext';
import { useMedia, useTags } from './useMedia';
import { withField } from './withField';

type Kind = MediaItem['kind'];
type ItemOf<K extends Kind> = Extract<MediaItem, { readonly kind: K }>;

export interface Slide<K extends Kind> {
  readonly run: ChartedRun;
  readonly item: ItemOf<K>;
}

/** What runs logged of one series, at one step, side by side; undefined until it is listed. */
export function useSlides<K extends Kind, TSpec extends ConfusionSpec | ImagesSpec>(
  kind: K,
  { spec, context, onSpec }: CardViewProps<TSpec>,
) {
  const { runs } = context;
  const media = useMedia(kind, context);
  const tags = useTags(media);
  const tag = spec.key === '' ? tags[0] : spec.key;
  const slides = useMemo(() => {
    if (media === undefined) return undefined;
    const isWanted = (item: MediaItem): item is ItemOf<K> => item.kind === kind && item.tag === tag;
    const of = media.map(({ runId, items }) => ({ runId, items: items.filter(isWanted) }));
    const steps = stepsOf(of.flatMap(({ items }) => items));
    const at = placeOfStep(steps, spec.step);
    const shown = of.flatMap(({ runId, items }): readonly Slide<K>[] => {
      const run = runs.find((each) => each.runId === runId);
      const item = itemAtStep(items, steps[at]);
      return run && item ? [{ run, item }] : [];
    });
    return { steps, at, shown, notes: media.flatMap(({ notes }) => notes) };
  }, [media, kind, tag, spec.step, runs]);
  return (
    slides && {
      ...slides,
      setAt: (at: number) => onSpec(withField(spec, 'step', stepAtPlace(slides.steps, at))),
    }
  );
}
