import { isSystemMetric } from '../run/systemMetric';
import { quoteKey } from '../search/printSearch';
import type { Catalogue } from './catalogue';
import {
  type ColumnGroup,
  columnAttributes,
  columnGroup,
  columnLabel,
  curveColumnId,
  parseColumn,
  shownNames,
  type TableColumn,
} from './tableColumn';
import type { TableState } from './tableState';

/** More columns than these nobody reads unless they chose them. */
const maxMetrics = 40;
const maxParams = 40;

/** Before the results, which are what a table is opened for, and behind them. */
const first = ['starred', 'status', 'name', 'start_time', 'duration'];
const last = ['experiment', 'tags'];

/** The ids of the columns of someone who has not chosen any: what tells the runs apart comes first. */
export function usualColumns({ metrics, params }: Catalogue): readonly string[] {
  const trained = metrics.filter(({ key }) => !isSystemMetric(key));
  return [
    ...first,
    ...trained.slice(0, maxMetrics).map(({ key }) => metricColumnId(key)),
    ...params.slice(0, maxParams).map(({ key }) => paramColumnId(key)),
    ...last,
  ];
}

/** The columns on show, pinned ones first, each once. What cannot be read is left out. */
export function chosenColumns(
  { columns, pinned }: Pick<TableState, 'columns' | 'pinned'>,
  catalogue: Catalogue,
): readonly TableColumn[] {
  const ids = new Set(columns.length > 0 ? columns : usualColumns(catalogue));
  const ordered = [...pinned.filter((id) => ids.has(id)), ...ids];
  return [...new Set(ordered)].flatMap((id) => parseColumn(id) ?? []);
}

export interface OfferedColumn {
  readonly id: string;
  readonly label: string;
  readonly group: ColumnGroup;
  /** How many runs have it; undefined of what every run can have. */
  readonly runCount?: number;
}

/** Every column that can be chosen without writing one, in the order of its group. */
export function offeredColumns({ metrics, params, tags }: Catalogue): readonly OfferedColumn[] {
  const offer = (id: string, runCount?: number): readonly OfferedColumn[] => {
    const column = parseColumn(id);
    if (column === undefined) return [];
    const { id: own } = column;
    return [
      {
        ...{ id: own, label: columnLabel(column), group: columnGroup(column) },
        ...(runCount === undefined ? {} : { runCount }),
      },
    ];
  };
  const offered = [
    ...[...shownNames, ...columnAttributes, 'dataset.name', 'dataset.digest'].flatMap((id) =>
      offer(id),
    ),
    ...metrics.flatMap(({ key, runCount }) => [
      ...offer(metricColumnId(key), runCount),
      ...offer(curveColumnId(key), runCount),
    ]),
    ...params.flatMap(({ key, runCount }) => offer(paramColumnId(key), runCount)),
    ...tags.flatMap(({ key, runCount }) => offer(tagColumnId(key), runCount)),
  ];
  return columnGroups.flatMap(({ group }) => offered.filter((each) => each.group === group));
}

export const columnGroups: readonly { readonly group: ColumnGroup; readonly title: string }[] = [
  { group: 'run', title: 'Run' },
  { group: 'metric', title: 'Metrics' },
  { group: 'param', title: 'Params' },
  { group: 'tag', title: 'Tags' },
  { group: 'system', title: 'System' },
];

export function metricColumnId(key: string): string {
  return `metrics.${quoteKey(key)}`;
}

export function paramColumnId(key: string): string {
  return `params.${quoteKey(key)}`;
}

export function tagColumnId(key: string): string {
  return `tags.${quoteKey(key)}`;
}
