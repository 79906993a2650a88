import { useMemo, useState } from 'preact/hooks';
import type { ImagesSpec } from '../../../../src/core/chart/chartSpec';
import type { ImageItem } from '../../../../src/core/media/media';
import { itemAtStep, stepsOf } from '../../../../src/core/media/stepSlides';
import type { ChartedRun } from '../../../../src/protocol/chartsPage';
import type { CardContext } from '../../cardContext';
import { useMedia, useTags } from '../../plot/useMedia';

/** The pictures of one series at one step, side by side; undefined until they are listed. */
export function useImages(spec: ImagesSpec, context: CardContext) {
  const { runs } = context;
  const media = useMedia('image', context);
  const tags = useTags(media);
  const [wanted, setWanted] = useState<number>();
  const tag = spec.key === '' ? tags[0] : spec.key;
  return useMemo(() => {
    if (media === undefined) return undefined;
    const of = media.map(({ runId, items }) => ({
      runId,
      items: items.flatMap((item): readonly ImageItem[] =>
        item.kind === 'image' && item.tag === tag ? [item] : [],
      ),
    }));
    const steps = stepsOf(of.flatMap(({ items }) => items));
    const at = Math.min(wanted ?? steps.length - 1, steps.length - 1);
    const shown = of.flatMap(
      ({ runId, items }): readonly { run: ChartedRun; item: ImageItem }[] => {
        const run = runs.find((each) => each.runId === runId);
        const item = itemAtStep(items, steps[at]);
        return run && item ? [{ run, item }] : [];
      },
    );
    return {
      ...{ tag, tags, steps, at, shown, media, setAt: setWanted },
      notes: media.flatMap(({ notes }) => notes),
    };
  }, [media, tags, tag, wanted, runs]);
}
