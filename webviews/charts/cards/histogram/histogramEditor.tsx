import type { HistogramSpec } from '../../../../src/core/chart/chartSpec';
import { bestOf } from '../../../../src/core/plot/chooseFields';
import { parsePlotField } from '../../../../src/core/plot/parsePlotField';
import type { CardEditorProps } from '../../cardContext';
import { FieldSelect, ScaleSelect, Select } from '../../plot/fieldSelect';
import { useChoices } from '../../plot/usePlotData';
import { withField } from '../../plot/withField';

export function HistogramEditor({ spec, context, onChange }: CardEditorProps<HistogramSpec>) {
  const choices = useChoices(context);
  const isOfPoints = spec.of === 'points';
  const [main] = context.metrics;
  const setOf = (of: 'runs' | 'points') => {
    const field = parsePlotField(spec.value);
    const key = field?.kind === 'metric' ? field.key : (main?.key ?? '');
    onChange(
      of === 'points'
        ? { ...spec, of, value: key }
        : { ...withField(spec, 'of', undefined), value: bestOf(isOfPoints ? spec.value : key) },
    );
  };
  return (
    <div class="editor-fields">
      <span>Count</span>
      <Select
        label="Count"
        value={isOfPoints ? 'points' : 'runs'}
        options={[
          { value: 'runs', text: 'Runs, by one figure of each' },
          { value: 'points', text: 'All points of a metric' },
        ]}
        onChange={setOf}
      />
      <span>Value</span>
      {isOfPoints ? (
        <Select
          label="Value"
          value={spec.value}
          options={context.metrics.map(({ key }) => ({ value: key, text: key }))}
          onChange={(value) => onChange({ ...spec, value })}
        />
      ) : (
        <FieldSelect
          label="Value"
          value={spec.value}
          choices={choices}
          kinds={['metric', 'param', 'attribute']}
          onChange={(value = spec.value) => onChange({ ...spec, value })}
        />
      )}
      <span>Scale</span>
      <ScaleSelect
        label="Scale"
        value={spec.scale}
        onChange={(scale) => onChange(withField(spec, 'scale', scale))}
      />
    </div>
  );
}
