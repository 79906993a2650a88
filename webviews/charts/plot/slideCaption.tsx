import type { ComponentChildren } from 'preact';
import type { MediaItem } from '../../../src/core/media/media';
import type { ChartedRun } from '../../../src/protocol/chartsPage';
import type { CardContext } from '../cardContext';

interface SlideCaptionProps {
  readonly run: ChartedRun;
  readonly item: MediaItem;
  readonly context: CardContext;
  readonly children: ComponentChildren;
}

/** Empty for what has no step. */
export function stepText({ step }: MediaItem): string {
  return step === undefined ? '' : `step ${step}`;
}

/** Whose it is, which opens the run, and what is said of it. */
export function SlideCaption({ run, item, context, children }: SlideCaptionProps) {
  const { host, attempt } = context;
  return (
    <figcaption>
      <button
        type="button"
        class="link"
        title={`Open ${run.name}`}
        onClick={() => attempt(host.openRun(run.runId))}
      >
        {context.shortNameOf(run.runId)}
      </button>
      <span class="muted" title={item.where}>
        {children}
      </span>
    </figcaption>
  );
}
