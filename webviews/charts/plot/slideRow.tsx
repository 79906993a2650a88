import type { ComponentChildren } from 'preact';
import type { ChartedRun } from '../../../src/protocol/chartsPage';
import './media.css';
import { StepSlider } from './stepSlider';
import { maxMediaRuns } from './useMedia';

interface SlideRowProps {
  readonly slides: {
    readonly steps: readonly (number | undefined)[];
    readonly at: number;
    readonly setAt: (at: number) => void;
    readonly notes: readonly string[];
  };
  readonly runs: readonly ChartedRun[];
  /** One a run that has something at this step. */
  readonly children: readonly ComponentChildren[];
}

/** What runs logged side by side, under the steps that there are. */
export function SlideRow({ slides: { steps, at, setAt, notes }, runs, children }: SlideRowProps) {
  const more =
    runs.length > maxMediaRuns ? [`Of the first ${maxMediaRuns} of ${runs.length} runs.`] : [];
  const said = [...more, ...notes];
  return (
    <>
      <StepSlider steps={steps} at={at} onChange={setAt} />
      <div class="media-row">
        {children}
        {children.length === 0 && <p class="muted">None yet at this step.</p>}
      </div>
      {said.length > 0 && <p class="note muted">{said.join(' ')}</p>}
    </>
  );
}
