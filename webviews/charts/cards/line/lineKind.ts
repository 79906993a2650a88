import type { CardKind } from '../../cardContext';
import { LineBody } from './lineBody';
import { lineCsv } from './lineCsv';
import { LineEditor } from './lineEditor';
import { LineTable } from './lineTable';

/** So many runs are asked for at once: a message that is neither tiny nor huge. */
const runsAtOnce = 20;

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
  async csv({ metrics }, { runs, readLines }) {
    const parts: string[] = [];
    for (const key of metrics) {
      for (let start = 0; start < runs.length; start += runsAtOnce) {
        const some = runs.slice(start, start + runsAtOnce);
        const series = await readLines({
          wanted: [{ key, runIds: some.map(({ runId }) => runId) }],
          buckets: 0,
        });
        const [head = '', ...rows] = lineCsv(
          some.map((run) => ({ run, key })),
          series,
        );
        if (parts.length === 0) parts.push(head);
        parts.push(...rows);
      }
    }
    return parts;
  },
};
