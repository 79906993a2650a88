import { bestOf } from '../../../../src/core/plot/chooseFields';
import type { CardKind } from '../../cardContext';
import { plotCsv } from '../../plot/plotCsv';
import { titleOfField } from '../../plot/specTitle';
import { BarsBody } from './barsBody';
import { BarsEditor } from './barsEditor';
import { BarsTable } from './barsTable';
import { barFields } from './useBars';

export const barsKind: CardKind<'bars'> = {
  kind: 'bars',
  name: 'Bars',
  description: 'A figure of each run, or the mean of each group with its spread.',
  titleOf: ({ value, groupBy }) =>
    groupBy === undefined
      ? `${titleOfField(value)} of each run`
      : `${titleOfField(value)} by ${titleOfField(groupBy)}`,
  draft: ({ metrics: [main] }) =>
    main === undefined ? undefined : { kind: 'bars', value: bestOf(main.key) },
  Body: BarsBody,
  Table: BarsTable,
  Editor: BarsEditor,
  csv: (spec, context) => plotCsv(barFields(spec), context),
};
