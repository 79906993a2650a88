import { bestOf } from '../../../../src/core/plot/chooseFields';
import type { CardKind } from '../../cardContext';
import { plotCsv } from '../../plot/plotCsv';
import { titleOfField } from '../../plot/specTitle';
import { ParallelBody } from './parallelBody';
import { ParallelEditor } from './parallelEditor';
import { ParallelTable } from './parallelTable';
import { parallelFields } from './useParallel';

export const parallelKind: CardKind<'parallel'> = {
  kind: 'parallel',
  name: 'Parallel axes',
  description: 'Params and a metric side by side; brush an axis to see which runs lead where.',
  titleOf: ({ value }) => `Params and ${titleOfField(value)}`,
  draft: ({ metrics: [main] }) =>
    main === undefined ? undefined : { kind: 'parallel', axes: [], value: bestOf(main.key) },
  Body: ParallelBody,
  Table: ParallelTable,
  Editor: ParallelEditor,
  csv: async (spec, context) =>
    plotCsv(parallelFields(spec, await context.host.readFieldChoices()), context),
};
