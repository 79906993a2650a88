import { useEffect, useState } from 'preact/hooks';
import type { BoardQuery, GoalFigure } from '../../src/core/leaderboard/boardQuery';
import { goalFigureWords } from '../../src/core/leaderboard/describeGoal';
import type { ShownBoard } from '../../src/core/leaderboard/shownBoard';
import type { LeaderboardState } from '../../src/protocol/leaderboardPage';
import { Select } from '../shared/select';

export interface BarProps {
  readonly query: BoardQuery;
  readonly shown: ShownBoard;
  readonly setState: (patch: LeaderboardState) => void;
}

/** What is ranked: a metric, one of its figures, what is better, and a target if there is one. */
export function GoalBar({ query, shown, setState }: BarProps) {
  const { figure, figureNumber } = query;
  const { metric = '', direction, metrics } = shown;
  const options = metrics.map(({ key, runCount }) => ({
    value: key,
    text: `${key} (${runCount.toLocaleString('en')})`,
  }));
  const isOffered = metrics.some(({ key }) => key === metric);
  return (
    <>
      <Select
        label="Metric"
        value={metric}
        options={isOffered ? options : [{ value: metric, text: metric }, ...options]}
        onChange={(next) => setState({ metric: next })}
      />
      <Select
        label="By"
        value={figure}
        options={figureOptions}
        onChange={(next) => setState({ figure: next })}
      />
      {(figure === 'mean' || figure === 'at') && (
        <NumberField
          label={figure === 'mean' ? 'How many of the last values' : 'Step'}
          value={figureNumber}
          onChange={(next) =>
            setState({ figureNumber: Math.max(figure === 'mean' ? 1 : 0, next ?? 0) })
          }
        />
      )}
      <Select
        label="Better"
        value={direction}
        options={[
          { value: 'higher', text: '▲ higher' },
          { value: 'lower', text: '▼ lower' },
        ]}
        onChange={(next) => setState({ direction: next === 'lower' ? 'lower' : 'higher' })}
      />
      <NumberField
        label="Target"
        shownLabel="Target"
        placeholder="none"
        value={query.target}
        onChange={(target) => setState({ target })}
      />
    </>
  );
}

// SAFETY: the keys of the record are its figures.
const figureOptions = (Object.keys(goalFigureWords) as GoalFigure[]).map((value) => ({
  value,
  text: goalFigureWords[value],
}));

interface NumberFieldProps {
  readonly label: string;
  readonly shownLabel?: string;
  readonly placeholder?: string;
  readonly value: number | undefined;
  /** Undefined where the field is empty; what is no number is not told. */
  readonly onChange: (value: number | undefined) => void;
}

/** Keys that come within this time are one change. */
const gatherMs = 300;

function NumberField({ label, shownLabel, placeholder, value, onChange }: NumberFieldProps) {
  const written = value === undefined ? '' : String(value);
  const [text, setText] = useState(written);
  const number = text.trim() === '' ? undefined : Number(text);
  const isWrong = number !== undefined && !Number.isFinite(number);
  useEffect(() => setText(written), [written]);
  useEffect(() => {
    if (isWrong || number === value) return;
    const timer = setTimeout(() => onChange(number), gatherMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <label class="field">
      {shownLabel}
      <input
        class={`number-field ${isWrong ? 'is-wrong' : ''}`}
        type="text"
        inputMode="decimal"
        aria-label={label}
        aria-invalid={isWrong}
        title={isWrong ? 'Write a number, such as 0.95' : label}
        placeholder={placeholder}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        // Who goes on to the next field need not wait; it also comes when the field is taken away, in
        // the midst of drawing.
        onChange={() => {
          if (!isWrong && number !== value) queueMicrotask(() => onChange(number));
        }}
      />
    </label>
  );
}
