import { useEffect, useRef } from 'preact/hooks';
import type { ImagesSpec } from '../../../../src/core/chart/chartSpec';
import type { RunId } from '../../../../src/core/run/run';
import type { CardBodyProps } from '../../cardContext';
import { PlotEmpty, PlotLoading } from '../../plot/plotState';
import { stepText } from '../../plot/slideCaption';
import { SlideRow } from '../../plot/slideRow';
import { type DrawnSlide, slidesPicture } from '../../plot/slidesPicture';
import { useSlides } from '../../plot/useSlides';
import { drawImage } from './drawImage';
import { LoggedImage } from './loggedImage';

/** Pictures that runs logged, side by side, by step. */
export function ImagesBody(props: CardBodyProps<ImagesSpec>) {
  const { context, heightPx, onPicture } = props;
  const read = useSlides('image', props);
  const elements = useRef(new Map<RunId, HTMLImageElement>());
  const shownNow = read?.shown;
  useEffect(() => {
    const slides = (shownNow ?? []).map(({ run: { runId, name }, item }) => ({
      ...{ name, note: stepText(item) },
      draw: (...args: Parameters<DrawnSlide['draw']>) =>
        drawImage(elements.current.get(runId), ...args),
    }));
    onPicture(slides.length === 0 ? undefined : slidesPicture(slides, context.theme));
  }, [shownNow, context.theme]);
  if (read === undefined) return <PlotLoading heightPx={heightPx} />;
  const { shown, notes } = read;
  if (read.steps.length === 0) {
    return (
      <PlotEmpty heightPx={heightPx}>
        These runs logged no picture. Those that a run writes as PNG, JPEG, GIF, WebP or BMP appear
        here, and those in TensorBoard's event files and in the outputs of its cell.
        {notes.length > 0 && ` ${notes.join(' ')}`}
      </PlotEmpty>
    );
  }
  return (
    <SlideRow slides={read} runs={context.runs}>
      {shown.map(({ run, item }) => (
        <LoggedImage
          key={run.runId}
          run={run}
          item={item}
          context={context}
          heightPx={heightPx - 60}
          onElement={(image) => {
            if (image === undefined) elements.current.delete(run.runId);
            else elements.current.set(run.runId, image);
          }}
        />
      ))}
    </SlideRow>
  );
}
