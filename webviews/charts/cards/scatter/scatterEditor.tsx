import type { ScatterSpec } from '../../../../src/core/chart/chartSpec';
import type { CardEditorProps } from '../../cardContext';
import { FieldSelect, ScaleSelect } from '../../plot/fieldSelect';
import { useChoices } from '../../plot/usePlotData';
import { withField } from '../../plot/withField';

export function ScatterEditor({ spec, context, onChange }: CardEditorProps<ScatterSpec>) {
  const choices = useChoices(context);
  return (
    <div class="editor-fields">
      <span>X axis</span>
      <FieldSelect
        label="X axis"
        value={spec.x}
        choices={choices}
        none="Automatic: the first param that varies"
        onChange={(x = '') => onChange({ ...spec, x })}
      />
      <span>Scale</span>
      <ScaleSelect
        label="Scale of the x axis"
        value={spec.xScale}
        onChange={(scale) => onChange(withField(spec, 'xScale', scale))}
      />
      <span>Y axis</span>
      <FieldSelect
        label="Y axis"
        value={spec.y}
        choices={choices}
        onChange={(y = spec.y) => onChange({ ...spec, y })}
      />
      <span>Scale</span>
      <ScaleSelect
        label="Scale of the y axis"
        value={spec.yScale}
        onChange={(scale) => onChange(withField(spec, 'yScale', scale))}
      />
      <span>Colour</span>
      <FieldSelect
        label="Colour"
        value={spec.color}
        choices={choices}
        none="The same for all"
        onChange={(color) => onChange(withField(spec, 'color', color))}
      />
      <span>Size</span>
      <FieldSelect
        label="Size"
        value={spec.size}
        choices={choices}
        none="The same for all"
        onChange={(size) => onChange(withField(spec, 'size', size))}
      />
    </div>
  );
}
