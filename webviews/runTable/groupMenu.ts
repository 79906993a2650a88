import type { Catalogue } from '../../src/core/table/catalogue';
import { paramColumnId, tagColumnId } from '../../src/core/table/chooseColumns';
import { columnLabel, parseColumn } from '../../src/core/table/tableColumn';
import { maxGroupLevels, type TableState } from '../../src/core/table/tableState';
import type { PopupMenuItem } from '../shared/popupMenu';

const usual = ['experiment', 'notebook', 'script', 'dataset.digest', 'status', 'branch'];
const maxParams = 40;
const maxTags = 15;

/** What runs can be grouped by: more than one, the first chosen outermost. */
export function groupMenu(
  { groupBy }: Pick<TableState, 'groupBy'>,
  catalogue: Catalogue,
  setGroupBy: (ids: readonly string[]) => void,
): readonly (readonly PopupMenuItem[])[] {
  const item = (id: string): readonly PopupMenuItem[] => {
    const column = parseColumn(id);
    if (column === undefined) return [];
    const isOn = groupBy.includes(id);
    return [
      {
        text: columnLabel(column),
        isChecked: isOn,
        isDisabled: !isOn && groupBy.length >= maxGroupLevels,
        onChoose: () => setGroupBy(isOn ? groupBy.filter((each) => each !== id) : [...groupBy, id]),
      },
    ];
  };
  const params = catalogue.params.slice(0, maxParams).map(({ key }) => paramColumnId(key));
  const tags = catalogue.tags.slice(0, maxTags).map(({ key }) => tagColumnId(key));
  const known = new Set([...usual, ...params, ...tags]);
  return [
    groupBy.length === 0 ? [] : [{ text: 'Do Not Group', onChoose: () => setGroupBy([]) }],
    groupBy.filter((id) => !known.has(id)).flatMap(item),
    usual.flatMap(item),
    params.flatMap(item),
    tags.flatMap(item),
  ];
}
