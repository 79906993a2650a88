interface SmoothingFieldProps {
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** The weight of what came before, as TensorBoard's slider has it. */
export function SmoothingField({ value, onChange }: SmoothingFieldProps) {
  return (
    <label
      class="smoothing"
      title="Time-weighted moving average: how much of what came before remains after one step. What was measured stays faint behind."
    >
      Smoothing
      <input
        type="range"
        min="0"
        max="0.99"
        step="0.01"
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.valueAsNumber)}
      />
      <span class="smoothing-value">{value.toFixed(2)}</span>
    </label>
  );
}
