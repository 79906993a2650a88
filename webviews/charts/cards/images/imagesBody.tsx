import { useEffect } from 'preact/hooks';
import type { ImagesSpec } from '../../../../src/core/chart/chartSpec';
import type { CardBodyProps } from '../../cardContext';
import '../../plot/media.css';
import { PlotEmpty, PlotLoading } from '../../plot/plotState';
import { StepSlider } from '../../plot/stepSlider';
import { maxMediaRuns } from '../../plot/useMedia';
import { LoggedImage } from './loggedImage';
import { useImages } from './useImages';

/** Pictures that runs logged, side by side, by step. */
export function ImagesBody({ spec, context, heightPx, onPicture }: CardBodyProps<ImagesSpec>) {
  const read = useImages(spec, context);
  useEffect(() => onPicture(undefined), []);
  if (read === undefined) return <PlotLoading heightPx={heightPx} />;
  const { shown, steps, at, setAt, notes } = read;
  if (steps.length === 0) {
    return (
      <PlotEmpty heightPx={heightPx}>
        These runs logged no picture. Those that a run writes as PNG, JPEG, GIF, WebP or BMP appear
        here, and those in TensorBoard's event files and in the outputs of its cell.
        {notes.length > 0 && ` ${notes.join(' ')}`}
      </PlotEmpty>
    );
  }
  const { runs } = context;
  const more =
    runs.length > maxMediaRuns ? [`Of the first ${maxMediaRuns} of ${runs.length} runs.`] : [];
  const said = [...more, ...notes];
  return (
    <>
      <StepSlider steps={steps} at={at} onChange={setAt} />
      <div class="media-row">
        {shown.map(({ run, item }) => (
          <LoggedImage
            key={run.runId}
            run={run}
            item={item}
            context={context}
            heightPx={heightPx - 60}
          />
        ))}
        {shown.length === 0 && <p class="muted">None yet at this step.</p>}
      </div>
      {said.length > 0 && <p class="note muted">{said.join(' ')}</p>}
    </>
  );
}
