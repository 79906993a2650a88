import { bestOf } from '../../../../src/core/plot/chooseFields';
import type { CardKind } from '../../cardContext';
import { seriesCsv } from '../../export/seriesCsv';
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
  csv: ({ value, of }, context) =>
    of === 'points'
      ? seriesCsv([value], context.runs.slice(0, maxPointRuns), context.readLines)
      : plotCsv([value], context),
};
