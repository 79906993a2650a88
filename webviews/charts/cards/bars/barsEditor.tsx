import type { BarsSpec } from '../../../../src/core/chart/chartSpec';
import type { CardEditorProps } from '../../cardContext';
import { FieldSelect, Select } from '../../plot/fieldSelect';
import { useChoices } from '../../plot/usePlotData';
import { withField } from '../../plot/withField';

export function BarsEditor({ spec, context, onChange }: CardEditorProps<BarsSpec>) {
  const choices = useChoices(context);
  return (
    <div class="editor-fields">
      <span>Value</span>
      <FieldSelect
        label="Value"
        value={spec.value}
        choices={choices}
        kinds={['metric', 'param', 'attribute']}
        onChange={(value = spec.value) => onChange({ ...spec, value })}
      />
      <span>A bar for</span>
      <FieldSelect
        label="A bar for"
        value={spec.groupBy}
        choices={choices}
        kinds={['param', 'attribute', 'tag']}
        none="Each run"
        onChange={(groupBy) => onChange(withField(spec, 'groupBy', groupBy))}
      />
      <span>Order</span>
      <Select
        label="Order"
        value={spec.order === 'name' ? 'name' : 'value'}
        options={[
          { value: 'value', text: 'The best first' },
          { value: 'name', text: 'By name' },
        ]}
        onChange={(order) =>
          onChange(withField(spec, 'order', order === 'name' ? order : undefined))
        }
      />
    </div>
  );
}
