import type { ImportanceSpec } from '../../../../src/core/chart/chartSpec';
import { csvText } from '../../../../src/core/format/csvText';
import { bestOf } from '../../../../src/core/plot/chooseFields';
import type { CardEditorProps, CardKind } from '../../cardContext';
import { FieldSelect } from '../../plot/fieldSelect';
import { titleOfField } from '../../plot/specTitle';
import { useChoices } from '../../plot/usePlotData';
import { ImportanceBody } from './importanceBody';
import { ImportanceTable } from './importanceTable';

function ImportanceEditor({ spec, context, onChange }: CardEditorProps<ImportanceSpec>) {
  const choices = useChoices(context);
  return (
    <div class="editor-fields">
      <span>Explain</span>
      <FieldSelect
        label="Explain"
        value={spec.value}
        choices={choices}
        kinds={['metric', 'attribute']}
        onChange={(value = spec.value) => onChange({ ...spec, value })}
      />
    </div>
  );
}

export const importanceKind: CardKind<'importance'> = {
  kind: 'importance',
  name: 'Importance of params',
  description: 'Which params go with a metric: by a random forest and by rank correlation.',
  titleOf: ({ value }) => `Importance of params for ${titleOfField(value)}`,
  draft: ({ metrics: [main] }) =>
    main === undefined ? undefined : { kind: 'importance', value: bestOf(main.key) },
  Body: ImportanceBody,
  Table: ImportanceTable,
  Editor: ImportanceEditor,
  async csv({ value }, { host, runs }) {
    const { params } = await host.readImportance(
      value,
      runs.map(({ runId }) => runId),
    );
    const rows = params.map(({ name, importance, error, correlation, valueCount, sameAs }) =>
      [
        csvText(name),
        importance ?? '',
        error ?? '',
        correlation.kind,
        correlation.value,
        valueCount,
        csvText(sameAs.join(' ')),
      ].join(','),
    );
    const head = 'param,importance,standard_error,correlation_kind,correlation,values,same_as';
    return [[head, ...rows, ''].join('\n')];
  },
};
