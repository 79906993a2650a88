import { usualColumns } from '../../../src/core/table/chooseColumns';
import type { TableState } from '../../../src/core/table/tableState';
import { columnCount, sweepRun, sweepRunCount } from './dashboardRuns';

/** Beside those that the table shows of itself. */
const moreColumns = ['end_time', 'script', 'run_id'];
const mainMetric = 'val_acc';

/** What VS Code kept of a table in which the user has chosen a few more columns: 60 of them. */
export function keptTable(): Pick<TableState, 'columns'> {
  const { metrics, params } = sweepRun(0);
  const keys = [mainMetric, ...[...metrics.keys()].filter((key) => key !== mainMetric)];
  const columns = [
    ...usualColumns({
      metrics: keys.map((key) => ({ key, runCount: sweepRunCount })),
      params: params.map(({ key }) => ({ key, runCount: sweepRunCount, differs: true })),
      tags: [],
    }),
    ...moreColumns,
  ];
  if (columns.length !== columnCount) throw new Error(`${columns.length} columns.`);
  return { columns };
}
