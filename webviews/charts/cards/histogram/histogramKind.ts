import { csvText } from '../../../../src/core/format/csvText';
import { bestOf } from '../../../../src/core/plot/chooseFields';
import type { CardKind } from '../../cardContext';
import { plotCsv } from '../../plot/plotCsv';
import { titleOfField } from '../../plot/specTitle';
import { HistogramBody } from './histogramBody';
import { HistogramEditor } from './histogramEditor';
import { HistogramTable } from './histogramTable';
import { maxPointRuns } from './useHistogram';

export const histogramKind: CardKind<'histogram'> = {
  kind: 'histogram',
  name: 'Histogram',
  description: 'How a figure is spread over the runs, or the values of a metric over its points.',
  titleOf: ({ value, of }) =>
    `Histogram of ${of === 'points' ? `all ${value}` : titleOfField(value)}`,
  draft: ({ metrics: [main] }) =>
    main === undefined ? undefined : { kind: 'histogram', value: bestOf(main.key) },
  Body: HistogramBody,
  Table: HistogramTable,
  Editor: HistogramEditor,
  async csv({ value, of }, context) {
    if (of !== 'points') return plotCsv([value], context);
    const runs = context.runs.slice(0, maxPointRuns);
    const wanted = [{ key: value, runIds: runs.map(({ runId }) => runId) }];
    const lines = await context.readLines({ wanted, buckets: 0 });
    return [
      `run_id,run,${csvText(value)}\n`,
      ...lines.map(({ values }, at) => {
        const { runId = '', name = '' } = runs[at] ?? {};
        return Array.from(values, (each) => `${csvText(runId)},${csvText(name)},${each}\n`).join(
          '',
        );
      }),
    ];
  },
};
