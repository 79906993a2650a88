import { useEffect, useMemo } from 'preact/hooks';
import type { ConfusionSpec } from '../../../../src/core/chart/chartSpec';
import {
  type MatrixNormalization,
  matrixAccuracy,
} from '../../../../src/core/media/confusionMatrix';
import type { CardBodyProps, CardContext } from '../../cardContext';
import '../../plot/media.css';
import { PlotEmpty, PlotLoading } from '../../plot/plotState';
import { PlotView } from '../../plot/plotView';
import { StepSlider } from '../../plot/stepSlider';
import { maxMediaRuns } from '../../plot/useMedia';
import { createMatrixScene } from './matrixScene';
import { normalizationOf, type ShownMatrix, useConfusion } from './useConfusion';

/** Confusion matrices that runs logged, side by side, by step. */
export function ConfusionBody(props: CardBodyProps<ConfusionSpec>) {
  const { spec, context, heightPx, onPicture } = props;
  const { theme, runs } = context;
  const read = useConfusion(spec, context);
  const by = normalizationOf(spec);
  const first = read?.shown[0];
  useEffect(() => {
    const scene = first && createMatrixScene(first.item.matrix, by, theme.font);
    onPicture(
      scene && {
        legend: [],
        draw: (pen, widthPx, height) => scene.draw(pen, widthPx, height, theme),
      },
    );
  }, [first, by, theme]);
  if (read === undefined) return <PlotLoading heightPx={heightPx} />;
  const { shown, steps, at, setAt, notes } = read;
  if (steps.length === 0) {
    return (
      <PlotEmpty heightPx={heightPx}>
        These runs logged no confusion matrix. One is found in files named so (JSON, CSV), in what
        DVCLive writes, and where a program prints one, as by{' '}
        <code>print('Confusion matrix:\n', matrix)</code>.
        {notes.length > 0 && ` ${notes.join(' ')}`}
      </PlotEmpty>
    );
  }
  const more =
    runs.length > maxMediaRuns ? [`Of the first ${maxMediaRuns} of ${runs.length} runs.`] : [];
  const said = [...more, ...notes];
  return (
    <>
      <StepSlider steps={steps} at={at} onChange={setAt} />
      <div class="media-row">
        {shown.map((each) => (
          <Matrix
            key={each.run.runId}
            {...each}
            by={by}
            context={context}
            heightPx={heightPx - 54}
          />
        ))}
        {shown.length === 0 && <p class="muted">None yet at this step.</p>}
      </div>
      {said.length > 0 && <p class="note muted">{said.join(' ')}</p>}
    </>
  );
}

interface MatrixProps extends ShownMatrix {
  readonly by: MatrixNormalization;
  readonly context: CardContext;
  readonly heightPx: number;
}

function Matrix({ run, item, by, context, heightPx }: MatrixProps) {
  const { theme, host, attempt } = context;
  const scene = useMemo(
    () => createMatrixScene(item.matrix, by, theme.font),
    [item.matrix, by, theme],
  );
  const accuracy = matrixAccuracy(item.matrix);
  return (
    <figure class="media">
      <figcaption>
        <button
          type="button"
          class="link"
          title={`Open ${run.name}`}
          onClick={() => attempt(host.openRun(run.runId))}
        >
          {run.name}
        </button>
        <span class="muted" title={item.where}>
          {item.step === undefined ? '' : `step ${item.step} · `}
          {accuracy === undefined ? '' : `${(100 * accuracy).toFixed(1)} % right`}
        </span>
      </figcaption>
      <PlotView
        label={`Confusion matrix of ${run.name}, ${item.matrix.labels.length} classes`}
        scene={scene}
        theme={theme}
        heightPx={Math.max(120, heightPx)}
      />
    </figure>
  );
}
