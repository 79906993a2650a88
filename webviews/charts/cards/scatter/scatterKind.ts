import { bestOf } from '../../../../src/core/plot/chooseFields';
import type { CardKind } from '../../cardContext';
import { plotCsv } from '../../plot/plotCsv';
import { titleOfField } from '../../plot/specTitle';
import { ScatterBody } from './scatterBody';
import { ScatterEditor } from './scatterEditor';
import { ScatterTable } from './scatterTable';
import { scatterFields } from './useScatter';

export const scatterKind: CardKind<'scatter'> = {
  kind: 'scatter',
  name: 'Scatter',
  description: 'A metric against a param or another metric, a point for each run.',
  titleOf: ({ x, y }) => `${titleOfField(y)} by ${x === '' ? 'param' : titleOfField(x)}`,
  draft: ({ metrics: [main] }) =>
    main === undefined ? undefined : { kind: 'scatter', x: '', y: bestOf(main.key) },
  Body: ScatterBody,
  Table: ScatterTable,
  Editor: ScatterEditor,
  csv: async (spec, context) =>
    plotCsv(scatterFields(spec, await context.host.readFieldChoices()), context),
};
