import type { LineSpec } from '../../../../src/core/chart/chartSpec';
import type { CardEditorProps } from '../../cardContext';

/** Chooses the metrics of a chart. */
export function LineEditor({ spec, context, onChange }: CardEditorProps<LineSpec>) {
  const toggle = (key: string) =>
    onChange({
      ...spec,
      metrics: spec.metrics.includes(key)
        ? spec.metrics.filter((other) => other !== key)
        : [...spec.metrics, key],
    });
  return (
    <fieldset class="choices">
      <legend>Metrics</legend>
      {context.metrics.map(({ key, runCount }) => (
        <label key={key}>
          <input
            type="checkbox"
            checked={spec.metrics.includes(key)}
            onChange={() => toggle(key)}
          />
          <span class="choice-name">{key}</span>
          <span class="muted">
            {runCount} {runCount === 1 ? 'run' : 'runs'}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
