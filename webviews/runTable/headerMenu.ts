import { quoteKey } from '../../src/core/search/printSearch';
import { metricColumnId } from '../../src/core/table/chooseColumns';
import { moveColumn } from '../../src/core/table/columnLayout';
import { curveColumnId, metricOf, type TableColumn } from '../../src/core/table/tableColumn';
import { maxGroupLevels, type TableState } from '../../src/core/table/tableState';
import type { PopupMenuItem } from '../shared/popupMenu';

interface HeaderMenuParts {
  readonly state: TableState;
  /** The ids of the chosen columns in their order, with those that are left out for now. */
  readonly columnIds: readonly string[];
  readonly setState: (patch: Partial<TableState>) => void;
  readonly onFit: () => void;
  /** Asks for the number of a figure that has one. */
  readonly onAskFigure: (figure: 'at' | 'mean') => void;
}

/** What can be done with a column. */
export function headerMenu(
  column: TableColumn,
  parts: HeaderMenuParts,
): readonly (readonly PopupMenuItem[])[] {
  const { state, columnIds, setState, onFit } = parts;
  const { id } = column;
  const isPinned = state.pinned.includes(id);
  const isGrouped = state.groupBy.includes(id);
  const sortItem = (text: string, direction: 'asc' | 'desc'): PopupMenuItem => ({
    text,
    isDisabled: column.kind === 'curve',
    onChoose: () => setState({ sort: [{ column: id, direction }] }),
  });
  const group: PopupMenuItem = {
    text: isGrouped ? 'Do Not Group by This' : 'Group by This',
    isDisabled: column.kind === 'curve' || (!isGrouped && state.groupBy.length >= maxGroupLevels),
    onChoose: () =>
      setState({
        groupBy: isGrouped ? state.groupBy.filter((each) => each !== id) : [...state.groupBy, id],
      }),
  };
  return [
    [sortItem('Sort Ascending', 'asc'), sortItem('Sort Descending', 'desc')],
    figureItems(column, parts),
    [group],
    [
      {
        text: isPinned ? 'Unpin' : 'Pin',
        onChoose: () =>
          setState({
            pinned: isPinned ? state.pinned.filter((each) => each !== id) : [...state.pinned, id],
          }),
      },
      { text: 'Fit to Content', onChoose: onFit },
      {
        text: 'Move to the Front',
        onChoose: () => {
          const first = columnIds.find((each) => !state.pinned.includes(each));
          if (first !== undefined) setState({ columns: moveColumn(columnIds, id, first) });
        },
      },
      {
        text: 'Hide',
        isDisabled: columnIds.length < 2,
        onChoose: () => setState({ columns: columnIds.filter((each) => each !== id) }),
      },
    ],
  ];
}

const figures = [
  ['Last', 'last'],
  ['Best', 'best'],
  ['Lowest', 'min'],
  ['Highest', 'max'],
  ['First', 'first'],
] as const;

/** What of its metric a column shows. */
function figureItems(column: TableColumn, parts: HeaderMenuParts): readonly PopupMenuItem[] {
  const key = metricOf(column);
  if (key === undefined) return [];
  const choose = (id: string) =>
    parts.setState(replaceColumn(parts.state, parts.columnIds, column.id, id));
  const figure = column.kind === 'field' ? column.field.kind : 'curve';
  const items = figures.map(([text, name]): PopupMenuItem => {
    const metric = metricColumnId(key);
    const id = name === 'last' ? metric : `${name}(${metric})`;
    return { text, isChecked: column.id === id, onChoose: () => choose(id) };
  });
  return [
    ...items,
    {
      text: 'Mean of the Last…',
      isChecked: figure === 'metricMean',
      onChoose: () => parts.onAskFigure('mean'),
    },
    { text: 'At Step…', isChecked: figure === 'metricAt', onChoose: () => parts.onAskFigure('at') },
    {
      text: 'Curve',
      isChecked: column.kind === 'curve',
      onChoose: () => choose(curveColumnId(key)),
    },
  ];
}

/** `mean(metrics.loss, 5)`, `at(metrics.loss, 100)` */
export function figureColumnId(figure: 'at' | 'mean', key: string, number: number): string {
  return `${figure}(metrics.${quoteKey(key)}, ${number})`;
}

/** Another column in the place of one, with its width, its pin and what is sorted by it. */
export function replaceColumn(
  state: TableState,
  columnIds: readonly string[],
  old: string,
  fresh: string,
): Partial<TableState> {
  if (old === fresh) return {};
  const swap = (ids: readonly string[]) => [
    ...new Set(ids.map((each) => (each === old ? fresh : each))),
  ];
  const widths = Object.entries(state.widthsPx).map(
    ([id, width]) => [id === old ? fresh : id, width] as const,
  );
  return {
    columns: swap(columnIds),
    pinned: swap(state.pinned),
    widthsPx: Object.fromEntries(widths),
    sort: state.sort.map((each) => (each.column === old ? { ...each, column: fresh } : each)),
  };
}
