import type { Remote } from '../../src/core/rpc';
import {
  type ExportColumn,
  hasFormulas,
  toCsv,
  toJson,
  toMarkdown,
  toPandas,
} from '../../src/core/table/exportTable';
import type { TableState } from '../../src/core/table/tableState';
import type { CopiedText, RunTableHost } from '../../src/protocol/runTablePage';
import type { PopupMenuItem } from '../shared/popupMenu';
import { exportedGroups, exportedRuns } from './exportRows';
import type { TableModel } from './tableModel';
import type { ShownTable } from './useTable';

/** Ways to take the table elsewhere: what is found, in its order and columns; of groups their figures. */
export function exportMenu(
  model: TableModel,
  table: ShownTable,
  state: TableState,
  selected: readonly number[],
  host: Remote<RunTableHost>,
  attempt: (action: Promise<void>) => void,
): readonly (readonly PopupMenuItem[])[] {
  const { columns, groups, facts } = table;
  const slots = selected.length > 1 ? selected : facts.order;
  const what = groups !== undefined ? 'Groups' : selected.length > 1 ? 'Selected Runs' : 'Runs';

  async function read(): Promise<readonly ExportColumn[]> {
    const ids = columns.flatMap(({ id, kind }) => (kind === 'curve' ? [] : id));
    await model.complete([...ids, ...state.groupBy]);
    return groups === undefined
      ? exportedRuns(slots, columns, model.cells)
      : exportedGroups(groups, state.groupBy, columns, model.cells);
  }
  const item = (
    text: string,
    act: (columns: readonly ExportColumn[]) => Promise<void>,
  ): PopupMenuItem => ({ text, onChoose: () => attempt(read().then(act)) });

  return [
    [
      item(`Save ${what} as CSV…`, (read) =>
        host.saveExport({ format: 'csv', ...guardedCsv(read) }),
      ),
      item(`Save ${what} as JSON…`, (read) =>
        host.saveExport({ format: 'json', text: toJson(read) }),
      ),
      item(`Save ${what} as Markdown…`, (read) =>
        host.saveExport({ format: 'md', text: toMarkdown(read) }),
      ),
    ],
    [
      item(`Copy ${what} as pandas`, (read) => host.copyText({ text: toPandas(read) })),
      item(`Copy ${what} as Markdown`, (read) => host.copyText({ text: toMarkdown(read) })),
      item(`Copy ${what} as CSV`, (read) => host.copyText(guardedCsv(read))),
    ],
  ];
}

function guardedCsv(columns: readonly ExportColumn[]): CopiedText {
  const text = toCsv(columns);
  return hasFormulas(columns) ? { text, guardedText: toCsv(columns, true) } : { text };
}
