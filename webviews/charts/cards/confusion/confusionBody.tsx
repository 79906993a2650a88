import { useEffect, useMemo } from 'preact/hooks';
import type { ConfusionSpec } from '../../../../src/core/chart/chartSpec';
import {
  type MatrixNormalization,
  matrixAccuracy,
} from '../../../../src/core/media/confusionMatrix';
import type { MatrixItem } from '../../../../src/core/media/media';
import type { CardBodyProps, CardContext } from '../../cardContext';
import { PlotEmpty, PlotLoading } from '../../plot/plotState';
import { PlotView } from '../../plot/plotView';
import { SlideCaption, stepText } from '../../plot/slideCaption';
import { SlideRow } from '../../plot/slideRow';
import { type DrawnSlide, slidesPicture } from '../../plot/slidesPicture';
import { type Slide, useSlides } from '../../plot/useSlides';
import { createMatrixScene } from './matrixScene';
import { normalizationOf } from './normalizationOf';

/** Confusion matrices that runs logged, side by side, by step. */
export function ConfusionBody(props: CardBodyProps<ConfusionSpec>) {
  const { spec, context, heightPx, onPicture } = props;
  const { theme, runs } = context;
  const read = useSlides('matrix', props);
  const by = normalizationOf(spec);
  const shownNow = read?.shown;
  useEffect(() => {
    const slides = (shownNow ?? []).map(({ run: { name }, item }): DrawnSlide => {
      const { draw } = createMatrixScene(item.matrix, by, theme.font);
      return { name, note: noteOf(item), draw };
    });
    onPicture(slides.length === 0 ? undefined : slidesPicture(slides, theme));
  }, [shownNow, by, theme]);
  if (read === undefined) return <PlotLoading heightPx={heightPx} />;
  const { shown, notes } = read;
  if (read.steps.length === 0) {
    return (
      <PlotEmpty heightPx={heightPx}>
        These runs logged no confusion matrix. One is found in files named so (JSON, CSV), in what
        DVCLive writes, and where a program prints one, as by{' '}
        <code>print('Confusion matrix:\n', matrix)</code>.
        {notes.length > 0 && ` ${notes.join(' ')}`}
      </PlotEmpty>
    );
  }
  return (
    <SlideRow slides={read} runs={runs}>
      {shown.map((each) => (
        <Matrix key={each.run.runId} {...each} by={by} context={context} heightPx={heightPx - 54} />
      ))}
    </SlideRow>
  );
}

function noteOf(item: MatrixItem): string {
  const accuracy = matrixAccuracy(item.matrix);
  const right = accuracy === undefined ? '' : `${(100 * accuracy).toFixed(1)} % right`;
  return [stepText(item), right].filter(Boolean).join(' · ');
}

interface MatrixProps extends Slide<'matrix'> {
  readonly by: MatrixNormalization;
  readonly context: CardContext;
  readonly heightPx: number;
}

function Matrix({ run, item, by, context, heightPx }: MatrixProps) {
  const { theme } = context;
  const scene = useMemo(
    () => createMatrixScene(item.matrix, by, theme.font),
    [item.matrix, by, theme],
  );
  return (
    <figure class="media">
      <SlideCaption run={run} item={item} context={context}>
        {noteOf(item)}
      </SlideCaption>
      <PlotView
        label={`Confusion matrix of ${run.name}, ${item.matrix.labels.length} classes`}
        scene={scene}
        theme={theme}
        heightPx={Math.max(120, heightPx)}
      />
    </figure>
  );
}
