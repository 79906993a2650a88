import { useState } from 'preact/hooks';
import { Button } from '../shared/controls';
import { Popover } from './popover';

interface FigurePromptProps {
  readonly figure: 'at' | 'mean';
  readonly metric: string;
  readonly place: { readonly xPx: number; readonly yPx: number };
  readonly onChoose: (number: number) => void;
  readonly onClose: () => void;
}

/** Asks at which step, or of how many values the mean is meant. */
export function FigurePrompt({ figure, metric, place, onChoose, onClose }: FigurePromptProps) {
  const [typed, setTyped] = useState(figure === 'mean' ? '5' : '100');
  const number = Number(typed);
  const isGood =
    typed.trim() !== '' &&
    (figure === 'mean' ? Number.isInteger(number) && number > 0 : Number.isFinite(number));
  const label =
    figure === 'mean' ? `Mean of so many last values of ${metric}` : `${metric} at step`;
  const take = () => {
    if (!isGood) return;
    onChoose(number);
    onClose();
  };
  return (
    <Popover label={label} class="figure-prompt" xPx={place.xPx} yPx={place.yPx} onClose={onClose}>
      <label>
        <span>{label}</span>
        <input
          class="field"
          inputMode="decimal"
          value={typed}
          aria-invalid={!isGood}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take();
          }}
        />
      </label>
      <Button look="primary" disabled={!isGood} onClick={take}>
        Show
      </Button>
    </Popover>
  );
}
