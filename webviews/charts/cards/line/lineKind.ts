import type { CardKind } from '../../cardContext';
import { seriesCsv } from '../../export/seriesCsv';
import { LineBody } from './lineBody';
import { LineEditor } from './lineEditor';
import { LineTable } from './lineTable';

export const lineKind: CardKind<'line'> = {
  kind: 'line',
  name: 'Lines',
  description: 'Metrics over steps or time, a line for each run.',
  titleOf: ({ metrics }) => metrics.join(', '),
  draft: ({ metrics: [first] }) =>
    first === undefined ? undefined : { kind: 'line', metrics: [first.key] },
  Body: LineBody,
  Table: LineTable,
  Editor: LineEditor,
  csv: ({ metrics }, { runs, readLines }) => seriesCsv(metrics, runs, readLines),
};
