import type { ParallelSpec } from '../../../../src/core/chart/chartSpec';
import { bestOf } from '../../../../src/core/plot/chooseFields';
import { fieldText } from '../../../../src/core/plot/plotField';
import type { CardEditorProps } from '../../cardContext';
import { FieldSelect } from '../../plot/fieldSelect';
import { titleOfField } from '../../plot/specTitle';
import { useChoices } from '../../plot/usePlotData';
import { withField } from '../../plot/withField';
import { parallelFields } from './useParallel';

export function ParallelEditor({ spec, context, onChange }: CardEditorProps<ParallelSpec>) {
  const choices = useChoices(context);
  const fields = choices === undefined ? [] : parallelFields(spec, choices).slice(0, -1);
  const offered = [
    ...(choices?.params ?? []).map(({ key }) => fieldText({ kind: 'param', key })),
    ...(choices?.metrics ?? []).map(({ key }) => bestOf(key)),
    'duration',
  ].filter((field) => field !== spec.value);
  const toggle = (field: string) => {
    const axes = fields.includes(field)
      ? fields.filter((each) => each !== field)
      : [...fields, field];
    onChange({ ...withField(spec, 'order', undefined), axes });
  };
  return (
    <>
      <div class="editor-fields">
        <span>Last axis and colour</span>
        <FieldSelect
          label="Last axis and colour"
          value={spec.value}
          choices={choices}
          onChange={(value = spec.value) => onChange({ ...spec, value })}
        />
      </div>
      <fieldset class="choices">
        <legend>Axes before it, in the order in which they are chosen</legend>
        {offered.map((field) => (
          <label key={field}>
            <input
              type="checkbox"
              checked={fields.includes(field)}
              onChange={() => toggle(field)}
            />
            <span class="choice-name">{titleOfField(field)}</span>
          </label>
        ))}
      </fieldset>
    </>
  );
}
