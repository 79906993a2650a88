import { useMemo, useState } from 'preact/hooks';
import type { ConfusionSpec } from '../../../../src/core/chart/chartSpec';
import type { MatrixNormalization } from '../../../../src/core/media/confusionMatrix';
import type { MatrixItem } from '../../../../src/core/media/media';
import { itemAtStep, stepsOf } from '../../../../src/core/media/stepSlides';
import type { ChartedRun } from '../../../../src/protocol/chartsPage';
import type { CardContext } from '../../cardContext';
import { useMedia, useTags } from '../../plot/useMedia';

export interface ShownMatrix {
  readonly run: ChartedRun;
  readonly item: MatrixItem;
}

export function normalizationOf({ by }: ConfusionSpec): MatrixNormalization {
  return by === 'row' || by === 'column' ? by : 'none';
}

/** The matrices of one series at one step, side by side; undefined until they are read. */
export function useConfusion(spec: ConfusionSpec, context: CardContext) {
  const { runs } = context;
  const media = useMedia('matrix', context);
  const tags = useTags(media);
  const [wanted, setWanted] = useState<number>();
  const tag = spec.key === '' ? tags[0] : spec.key;
  return useMemo(() => {
    if (media === undefined) return undefined;
    const of = media.map(({ runId, items }) => ({
      runId,
      items: items.flatMap((item): readonly MatrixItem[] =>
        item.kind === 'matrix' && item.tag === tag ? [item] : [],
      ),
    }));
    const steps = stepsOf(of.flatMap(({ items }) => items));
    const at = Math.min(wanted ?? steps.length - 1, steps.length - 1);
    const shown = of.flatMap(({ runId, items }): readonly ShownMatrix[] => {
      const run = runs.find((each) => each.runId === runId);
      const item = itemAtStep(items, steps[at]);
      return run && item ? [{ run, item }] : [];
    });
    return {
      ...{ tag, steps, at, shown, setAt: setWanted },
      notes: media.flatMap(({ notes }) => notes),
    };
  }, [media, tag, wanted, runs]);
}
