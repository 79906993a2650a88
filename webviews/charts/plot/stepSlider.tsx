import { useId } from 'preact/hooks';

interface StepSliderProps {
  readonly steps: readonly (number | undefined)[];
  readonly at: number;
  readonly onChange: (at: number) => void;
}

/** Goes through the steps at which something was logged. */
export function StepSlider({ steps, at, onChange }: StepSliderProps) {
  const id = useId();
  if (steps.length < 2) return undefined;
  const step = steps[at];
  const text = step === undefined ? 'no step' : `step ${step}`;
  return (
    <div class="step-slider">
      <label for={id}>Step</label>
      <input
        id={id}
        type="range"
        min={0}
        max={steps.length - 1}
        value={at}
        aria-valuetext={text}
        onInput={({ currentTarget }) => onChange(Number(currentTarget.value))}
      />
      <output for={id}>{step === undefined ? 'none' : step}</output>
    </div>
  );
}
