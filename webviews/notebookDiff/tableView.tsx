import type { ComponentChild } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { formatDelta } from '../../src/core/format/formatNumber';
import type { DataframeGrid } from '../../src/core/notebook/dataframeGrid';
import type { TableCell, TableDiff, TableRow } from '../../src/core/notebook/tableDiff';

const firstRows = 60;
const maxColumns = 60;
/** Unchanged rows shown beside one that changed. */
const contextRows = 1;

/** Two dataframes as one, cell by cell; rows far from a change are folded. */
export function TableDiffView({
  table,
  label,
}: {
  readonly table: TableDiff;
  readonly label: string;
}) {
  const [isOpen, setOpen] = useState(false);
  const [limit, setLimit] = useState(firstRows);
  const rows = useMemo(
    () => (isOpen ? table.rows.map(toShown) : nearChanges(table.rows)),
    [table, isOpen],
  );
  const columns = table.columns.slice(0, maxColumns);
  const note =
    table.oldNote === table.newNote ? table.newNote : `${table.oldNote} → ${table.newNote}`;
  return (
    <Frame label={label} note={note} leftOut={table.columns.length - columns.length}>
      <thead>
        <tr>
          <th class="row-sign" scope="col">
            <span class="visually-hidden">Change</span>
          </th>
          {columns.map(({ name, change }, i) => (
            <th key={i} scope="col" class={change}>
              {change === 'same' ? '' : change === 'added' ? '+ ' : '− '}
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, limit).map((row, at) =>
          typeof row === 'number' ? (
            <tr key={at} class="fold">
              <td colSpan={columns.length + 1}>
                <button type="button" class="plain-button" onClick={() => setOpen(true)}>
                  ⋯ {row} unchanged {row === 1 ? 'row' : 'rows'}
                </button>
              </td>
            </tr>
          ) : (
            <tr key={at} class={`row-${row.change}`}>
              <td class="row-sign">{rowSigns[row.change]}</td>
              {row.cells.slice(0, maxColumns).map((cell, i) => (
                <CellOfTable key={i} cell={cell} isIndex={table.columns[i]?.isIndex === true} />
              ))}
            </tr>
          ),
        )}
        <MoreRows shown={limit} all={rows.length} columns={columns.length + 1} onMore={setLimit} />
      </tbody>
    </Frame>
  );
}

const rowSigns: Readonly<Record<TableRow['change'], string>> = {
  same: '',
  changed: '~',
  added: '+',
  removed: '−',
};

const toShown = (row: TableRow): TableRow | number => row;

/** Rows near a change, and how many are left out between them. */
function nearChanges(rows: readonly TableRow[]): readonly (TableRow | number)[] {
  const near = new Uint8Array(rows.length);
  for (const [at, { change }] of rows.entries()) {
    if (change !== 'same') near.fill(1, Math.max(0, at - contextRows), at + contextRows + 1);
  }
  // Where only columns came or went every row is as good as any.
  if (!near.includes(1)) near.fill(1, 0, 5);
  const shown: (TableRow | number)[] = [];
  let skipped = 0;
  for (const [at, row] of rows.entries()) {
    if (near[at] === 0) skipped += 1;
    else {
      if (skipped > 0) shown.push(skipped);
      skipped = 0;
      shown.push(row);
    }
  }
  return skipped > 0 ? [...shown, skipped] : shown;
}

function CellOfTable({ cell, isIndex }: { readonly cell: TableCell; readonly isIndex: boolean }) {
  const { old, new: fresh, changed, delta } = cell;
  const content: ComponentChild = changed ? (
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

/** One dataframe. */
export function GridView({
  grid,
  label,
}: {
  readonly grid: DataframeGrid;
  readonly label: string;
}) {
  const [limit, setLimit] = useState(firstRows);
  const columns = grid.columns.slice(0, maxColumns);
  return (
    <Frame label={label} note={grid.note} leftOut={grid.columns.length - columns.length}>
      <thead>
        <tr>
          {columns.map((name, i) => (
            <th key={i} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {grid.rows.slice(0, limit).map((row, at) => (
          <tr key={at}>
            {row.slice(0, maxColumns).map((text, i) =>
              i < grid.indexWidth ? (
                <th key={i} scope="row">
                  {text}
                </th>
              ) : (
                <td key={i}>{text}</td>
              ),
            )}
          </tr>
        ))}
        <MoreRows shown={limit} all={grid.rows.length} columns={columns.length} onMore={setLimit} />
      </tbody>
    </Frame>
  );
}

interface MoreRowsProps {
  readonly shown: number;
  readonly all: number;
  readonly columns: number;
  readonly onMore: (limit: number) => void;
}

function MoreRows({ shown, all, columns, onMore }: MoreRowsProps) {
  if (all <= shown) return undefined;
  const next = Math.min(all, shown * 5);
  return (
    <tr class="fold">
      <td colSpan={columns}>
        <button type="button" class="plain-button" onClick={() => onMore(next)}>
          Show {next - shown} more of {all - shown} rows
        </button>
      </td>
    </tr>
  );
}

interface FrameProps {
  readonly label: string;
  readonly note: string;
  readonly leftOut: number;
  readonly children: ComponentChild;
}

/** A wide table scrolls by itself, with the keyboard too. */
function Frame({ label, note, leftOut, children }: FrameProps) {
  return (
    <div class="table-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="table-scroll" tabIndex={0} aria-label={`${label}, scrollable`}>
        <table class="data-table" aria-label={label}>
          {children}
        </table>
      </section>
      {(note !== '' || leftOut > 0) && (
        <p class="muted table-note">
          {note}
          {leftOut > 0 && ` ${leftOut} more columns are not shown.`}
        </p>
      )}
    </div>
  );
}
