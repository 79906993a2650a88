import type { ConfusionSpec } from '../../../../src/core/chart/chartSpec';
import { csvText } from '../../../../src/core/format/csvText';
import type { CardEditorProps, CardKind } from '../../cardContext';
import { Select } from '../../plot/fieldSelect';
import { TagSelect } from '../../plot/tagSelect';
import { maxMediaRuns } from '../../plot/useMedia';
import { withField } from '../../plot/withField';
import { ConfusionBody } from './confusionBody';
import { ConfusionTable } from './confusionTable';
import { normalizationOf } from './normalizationOf';

function ConfusionEditor({ spec, context, onChange }: CardEditorProps<ConfusionSpec>) {
  return (
    <div class="editor-fields">
      <span>Series</span>
      <TagSelect
        kind="matrix"
        value={spec.key}
        context={context}
        onChange={(key) => onChange({ ...spec, key })}
      />
      <span>Show</span>
      <Select
        label="Show"
        value={normalizationOf(spec)}
        options={[
          { value: 'none', text: 'As logged' },
          { value: 'row', text: 'Shares of each true class (recall)' },
          { value: 'column', text: 'Shares of each predicted class (precision)' },
        ]}
        onChange={(by) => onChange(withField(spec, 'by', by === 'none' ? undefined : by))}
      />
    </div>
  );
}

export const confusionKind: CardKind<'confusion'> = {
  kind: 'confusion',
  name: 'Confusion matrix',
  description: 'Which classes were taken for which, by step, runs side by side.',
  titleOf: ({ key }) => (key === '' ? 'Confusion matrix' : key),
  draft: ({ runs }) => (runs.length === 0 ? undefined : { kind: 'confusion', key: '' }),
  Body: ConfusionBody,
  Table: ConfusionTable,
  Editor: ConfusionEditor,
  async csv({ key }, { host, runs }) {
    const media = await host.readMedia(
      'matrix',
      runs.slice(0, maxMediaRuns).map(({ runId }) => runId),
    );
    const parts = ['run_id,series,step,true,predicted,value\n'];
    for (const { runId, items } of media) {
      for (const item of items) {
        if (item.kind !== 'matrix' || (key !== '' && item.tag !== key)) continue;
        const { labels, values } = item.matrix;
        const start = `${csvText(runId)},${csvText(item.tag)},${item.step ?? ''}`;
        parts.push(
          Array.from(values, (value, at) => {
            const truth = csvText(labels[Math.floor(at / labels.length)] ?? '');
            return `${start},${truth},${csvText(labels[at % labels.length] ?? '')},${value}\n`;
          }).join(''),
        );
      }
    }
    return parts;
  },
};
