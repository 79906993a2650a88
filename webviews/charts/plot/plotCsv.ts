import { csvText } from '../../../src/core/format/csvText';
import { parsePlotField } from '../../../src/core/plot/parsePlotField';
import { fieldText } from '../../../src/core/plot/plotField';
import { valueAt } from '../../../src/core/plot/runColumn';
import type { CardContext } from '../cardContext';
import { readPlotData } from './usePlotData';

/** A row for each run with some of its fields, as exact as JavaScript writes them. */
export async function plotCsv(
  fields: readonly string[],
  context: Pick<CardContext, 'host' | 'runs'>,
): Promise<BlobPart[]> {
  const { runs, columns } = await readPlotData(context, fields);
  const names = fields.map((text) => {
    const field = parsePlotField(text);
    return csvText(field === undefined ? text : fieldText(field));
  });
  const rows = runs.map(({ runId, name }, row) =>
    [
      csvText(runId),
      csvText(name),
      ...columns.map((column) => {
        const value = valueAt(column, row);
        return typeof value === 'string' ? csvText(value) : String(value ?? '');
      }),
    ].join(','),
  );
  return [`${[`run_id,run`, ...names].join(',')}\n`, rows.map((row) => `${row}\n`).join('')];
}
