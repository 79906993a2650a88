import { useState } from 'preact/hooks';
import { formatDelta } from '../../src/core/format/formatNumber';
import type { TableCell, TableRow } from '../../src/core/notebook/tableDiff';
import type { ShownTable } from '../../src/core/notebook/view/cutTable';

interface TableViewProps {
  readonly table: ShownTable;
  readonly label: string;
  /** Rows and cells carry signs of what became of them. */
  readonly isDiff: boolean;
}

const firstRows = 60;

const rowSigns: Readonly<Record<TableRow['change'], string>> = {
  same: '',
  changed: '~',
  added: '+',
  removed: '−',
};

/** A dataframe, or two as one, cell by cell. A wide one scrolls by itself, with the keyboard too. */
export function TableView({ table, label, isDiff }: TableViewProps) {
  const [limit, setLimit] = useState(firstRows);
  const { columns, rows, note, hiddenColumns, hiddenRows } = table;
  const width = columns.length + (isDiff ? 1 : 0);
  const next = Math.min(rows.length, limit * 5);
  const notes = [
    note,
    hiddenRows > 0 ? `${hiddenRows.toLocaleString('en')} more rows are not shown.` : '',
    hiddenColumns > 0 ? `${hiddenColumns.toLocaleString('en')} more columns are not shown.` : '',
  ].filter((each) => each !== '');
  return (
    <div class="table-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="table-scroll" tabIndex={0} aria-label={`${label}, scrollable`}>
        <table class="data-table" aria-label={label}>
          <thead>
            <tr>
              {isDiff && (
                <th class="row-sign" scope="col">
                  <span class="visually-hidden">Change</span>
                </th>
              )}
              {columns.map(({ name, change }, i) => (
                <th key={i} scope="col" class={change}>
                  {change === 'same' ? '' : change === 'added' ? '+ ' : '− '}
                  {name === '' ? <span class="visually-hidden">Row</span> : name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, limit).map((row, at) =>
              typeof row === 'number' ? (
                <tr key={at} class="fold">
                  <td colSpan={width}>
                    ⋯ {row.toLocaleString('en')} unchanged {row === 1 ? 'row' : 'rows'}
                  </td>
                </tr>
              ) : (
                <tr key={at} class={`row-${row.change}`}>
                  {isDiff && <td class="row-sign">{rowSigns[row.change]}</td>}
                  {row.cells.map((cell, i) => (
                    <CellOfTable key={i} cell={cell} isIndex={columns[i]?.isIndex === true} />
                  ))}
                </tr>
              ),
            )}
            {rows.length > limit && (
              <tr class="fold">
                <td colSpan={width}>
                  <button type="button" class="plain-button" onClick={() => setLimit(next)}>
                    Show {next - limit} more of {rows.length - limit} rows
                  </button>
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </section>
      {notes.length > 0 && <p class="muted table-note">{notes.join(' · ')}</p>}
    </div>
  );
}

function CellOfTable({ cell, isIndex }: { readonly cell: TableCell; readonly isIndex: boolean }) {
  const { old, new: fresh, changed, delta } = cell;
  const content = changed ? (
    <>
      <del>{old}</del> <span class="arrow">→</span> <ins>{fresh}</ins>
      {delta !== undefined && <span class="delta"> {formatDelta(delta)}</span>}
    </>
  ) : (
    (fresh ?? old ?? '')
  );
  const mark = changed ? 'cell-changed' : '';
  return isIndex ? (
    <th scope="row" class={mark}>
      {content}
    </th>
  ) : (
    <td class={mark}>{content}</td>
  );
}
