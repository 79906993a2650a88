// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot leave out what is off screen.
// biome-ignore-all lint/a11y/useFocusableInteractive: the buttons inside have the focus.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ColumnLayout, PlacedColumn } from '../../src/core/table/columnLayout';
import {
  columnLabel,
  figureLabel,
  metricOf,
  type TableColumn,
} from '../../src/core/table/tableColumn';
import type { ColumnSort } from '../../src/core/table/tableState';
import { Icon } from '../shared/icon';
import { checkWidthPx } from './gridBody';
import { ResizeHandle } from './resizeHandle';

export interface HeaderActions {
  onSort(column: TableColumn, isAdded: boolean): void;
  onResize(column: TableColumn, widthPx: number): void;
  /** To the width that its cells need. */
  onFit(column: TableColumn): void;
  onMove(id: string, before: string | undefined): void;
  onMenu(column: TableColumn, xPx: number, yPx: number): void;
}

interface HeaderProps {
  readonly layout: ColumnLayout;
  /** The columns that scroll and are in sight. */
  readonly window: { readonly start: number; readonly end: number };
  readonly sort: readonly ColumnSort[];
  readonly allSelected: boolean;
  readonly onSelectAll: (all: boolean) => void;
  readonly onReveal: (placed: PlacedColumn) => void;
  readonly actions: HeaderActions;
}

const resizeStepPx = 16;

/** The names of the columns: one stop of the Tab key, walked with the arrow keys. */
export function Header(props: HeaderProps) {
  const { layout, window: seen, sort, actions } = props;
  const [focusedIndex, setFocusedIndex] = useState(0);
  const [dropBefore, setDropBefore] = useState<string>();
  const row = useRef<HTMLDivElement>(null);
  /** Where the focus goes as soon as that column is drawn. */
  const focusSoon = useRef<number>();
  const last = layout.columns.length - 1;
  const focused = Math.min(focusedIndex, last);

  useEffect(() => {
    if (focusSoon.current !== focused) return;
    focusSoon.current = undefined;
    row.current?.querySelector<HTMLElement>(`[data-at="${focused}"]`)?.focus();
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const placed = layout.columns[focused];
    if (placed === undefined) return;
    if ((event.shiftKey && event.key === 'F10') || event.key === 'ContextMenu') {
      const box = row.current?.querySelector(`[data-at="${focused}"]`)?.getBoundingClientRect();
      if (box) actions.onMenu(placed.column, box.left, box.bottom);
    } else if (event.key === 'Home' || event.key === 'End') {
      walk(event.key === 'Home' ? 0 : last);
    } else if (by === 0) return;
    else if (event.altKey && event.shiftKey) {
      actions.onResize(placed.column, placed.widthPx + by * resizeStepPx);
    } else if (event.altKey) moveBy(placed, by);
    else walk(focused + by);
    event.preventDefault();
    event.stopPropagation();
  };
  const walk = (to: number) => {
    const next = Math.max(0, Math.min(last, to));
    const placed = layout.columns[next];
    if (placed) props.onReveal(placed);
    focusSoon.current = next;
    setFocusedIndex(next);
  };
  const moveBy = (placed: PlacedColumn, by: number) => {
    const other = layout.columns[placed.index + by];
    if (other === undefined || other.isPinned !== placed.isPinned) return;
    const before = by < 0 ? other : layout.columns[placed.index + 2];
    actions.onMove(
      placed.column.id,
      before?.isPinned === placed.isPinned ? before.column.id : undefined,
    );
    walk(placed.index + by);
  };

  const cellOf = (placed: PlacedColumn) => (
    <HeaderCell
      key={placed.column.id}
      placed={placed}
      sort={sort}
      isTabStop={placed.index === focused}
      isDropPlace={dropBefore === placed.column.id}
      actions={actions}
      onFocus={() => setFocusedIndex(placed.index)}
      onDragOver={setDropBefore}
    />
  );
  const shown = layout.scrolled.filter(
    (placed, at) => (at >= seen.start && at < seen.end) || placed.index === focused,
  );
  return (
    <div role="rowgroup" class="header" onDragEnd={() => setDropBefore(undefined)}>
      <div ref={row} role="row" class="row" aria-rowindex={1} onKeyDown={onKeyDown}>
        <div
          role="presentation"
          class="stuck"
          style={{ width: `${checkWidthPx + layout.pinnedWidthPx}px` }}
        >
          <div role="columnheader" class="cell cell-check" aria-colindex={1}>
            <input
              type="checkbox"
              tabIndex={-1}
              checked={props.allSelected}
              aria-label="Select all runs"
              onClick={() => props.onSelectAll(!props.allSelected)}
            />
          </div>
          {layout.pinned.map(cellOf)}
        </div>
        <div role="presentation" class="slide" style={{ width: `${layout.scrolledWidthPx}px` }}>
          {shown.map(cellOf)}
        </div>
        <div role="columnheader" class="cell cell-menu" aria-colindex={layout.columns.length + 2}>
          <span class="visually-hidden">Actions</span>
        </div>
      </div>
    </div>
  );
}

interface HeaderCellProps {
  readonly placed: PlacedColumn;
  readonly sort: readonly ColumnSort[];
  readonly isTabStop: boolean;
  readonly isDropPlace: boolean;
  readonly actions: HeaderActions;
  readonly onFocus: () => void;
  readonly onDragOver: (id: string | undefined) => void;
}

const dragType = 'application/x-epochlog-column';

function HeaderCell(props: HeaderCellProps) {
  const { placed, sort, isTabStop, isDropPlace, actions, onFocus, onDragOver } = props;
  const { column, widthPx, leftPx, isPinned, index } = placed;
  const sortedAt = sort.findIndex((each) => each.column === column.id);
  const direction = sort[sortedAt]?.direction;
  const figure = figureLabel(column);
  return (
    <div
      role="columnheader"
      class={[
        'cell cell-header',
        column.id === 'starred' ? 'cell-star' : '',
        column.kind === 'field' && metricOf(column) !== undefined ? 'of-metric' : '',
        isDropPlace ? 'drop' : '',
      ].join(' ')}
      aria-colindex={index + 2}
      data-header={column.id}
      aria-sort={
        direction === undefined ? 'none' : direction === 'asc' ? 'ascending' : 'descending'
      }
      style={{ width: `${widthPx}px`, ...(isPinned ? {} : { left: `${leftPx}px` }) }}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes(dragType)) return;
        event.preventDefault();
        onDragOver(column.id);
      }}
      onDrop={(event) => {
        const moved = event.dataTransfer?.getData(dragType);
        if (!moved) return;
        event.preventDefault();
        onDragOver(undefined);
        actions.onMove(moved, column.id);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        actions.onMenu(column, event.clientX, event.clientY);
      }}
    >
      <button
        type="button"
        class="sort"
        data-at={index}
        tabIndex={isTabStop ? 0 : -1}
        title={headerTitle(column)}
        draggable
        onDragStart={(event) => {
          event.dataTransfer?.setData(dragType, column.id);
          if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
        }}
        onFocus={onFocus}
        onClick={(event) => actions.onSort(column, event.shiftKey)}
      >
        {column.id === 'starred' ? (
          <>
            <Icon name="star" />
            <span class="visually-hidden">Starred</span>
          </>
        ) : (
          <span class="sort-text">
            {columnLabel(column)}
            {figure !== undefined && <span class="figure muted"> {figure}</span>}
          </span>
        )}
        {direction !== undefined && (
          <span class="sort-mark">
            <Icon name={direction === 'desc' ? 'down' : 'up'} />
            {sort.length > 1 && <span class="sort-number">{sortedAt + 1}</span>}
          </span>
        )}
      </button>
      <ResizeHandle
        widthPx={widthPx}
        onResize={(width) => actions.onResize(column, width)}
        onFit={() => actions.onFit(column)}
      />
    </div>
  );
}

function headerTitle(column: TableColumn): string {
  const name = column.kind === 'shown' ? columnLabel(column) : column.id;
  return `${name}\nClick to sort, with Shift to sort by several; Alt with an arrow key moves the column, with Shift too it changes its width`;
}
