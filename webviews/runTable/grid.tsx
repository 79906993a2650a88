// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot leave out what is off screen.
// biome-ignore-all lint/a11y/noStaticElementInteractions: its role is that of a grid, with groups or without.
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: as above.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PlacedColumn } from '../../src/core/table/columnLayout';
import type { TableState } from '../../src/core/table/tableState';
import { scrollToRow } from '../shared/rowWindow';
import { useNow } from '../shared/useNow';
import { useResize } from '../shared/useResize';
import type { CurveStore } from './curveStore';
import type { DrawContext } from './drawContext';
import { checkWidthPx, GridBody, menuWidthPx, rowHeightPx } from './gridBody';
import { Header, type HeaderActions } from './header';
import { rowElementId } from './rowView';
import {
  emptySelection,
  moveFocus,
  type RowKey,
  type Selection,
  selectAll,
  selectRow,
} from './selection';
import type { TableModel } from './tableModel';
import type { ShownTable } from './useTable';

export interface GridProps {
  readonly model: TableModel;
  readonly curves: CurveStore;
  readonly table: ShownTable;
  readonly state: TableState;
  readonly selection: Selection;
  readonly header: HeaderActions;
  /** Given the function that draws all cells anew. */
  readonly onRedraw: (redraw: () => void) => void;
  readonly onSelect: (change: (selection: Selection) => Selection) => void;
  readonly onFold: (key: string, isOpen: boolean | undefined) => void;
  readonly onOpen: (slot: number) => void;
  readonly onStar: (slot: number) => void;
  /** What the keys of commands do; false if the key is of none. */
  readonly onKey: (key: string) => boolean;
  readonly onUndo: () => void;
  readonly onMenu: (xPx: number, yPx: number) => void;
  /** Where the pointer rests, to say all of that cell. */
  readonly onHover: (cell: HTMLElement, slot: number, column: string) => void;
}

/** Pinned columns stay in sight only where they leave room for others. */
const stuckPart = 0.6;

export function Grid(props: GridProps) {
  const { model, curves, table, state, selection, onSelect } = props;
  const { rows, layout, facts } = table;
  const grid = useRef<HTMLDivElement>(null);
  const bodyElement = useRef<HTMLDivElement>(null);
  const topElement = useRef<HTMLDivElement>(null);
  const body = useRef<GridBody>();
  const [seen, setSeen] = useState({ start: 0, end: 24 });
  const [isNarrow, setNarrow] = useState(false);
  const nowMs = useNow(1000);
  const latest = useRef(props);
  latest.current = props;

  const context = useMemo<DrawContext>(
    () => ({
      ...{ cells: model.cells, curves, nowMs },
      baseline: table.baseline,
      references: table.references,
    }),
    [model, curves, nowMs, table.baseline, table.references],
  );

  // The rows are drawn by what stands outside Preact, which is told of each change.
  useLayoutEffect(() => {
    if (!grid.current || !bodyElement.current || !topElement.current || body.current) return;
    const made = new GridBody(
      {
        ...{ grid: grid.current, body: bodyElement.current, top: topElement.current },
        idOf: (slot) => model.id(slot),
        directionOf: (metric) => latest.current.table.directionOf(metric),
        onVisible(slots, columns) {
          const ids = columns.flatMap(({ column }) => (column.kind === 'curve' ? [] : column.id));
          model.setVisible(slots, ids);
          curves.want(
            columns.flatMap(({ column }) => (column.kind === 'curve' ? column.key : [])),
            slots,
          );
          const scrolled = columns.filter(({ isPinned }) => !isPinned);
          const [first] = scrolled;
          const start = first ? latest.current.table.layout.scrolled.indexOf(first) : 0;
          const next = { start, end: start + scrolled.length };
          setSeen((old) => (old.start === next.start && old.end === next.end ? old : next));
        },
      },
      layout,
      context,
      selection,
    );
    body.current = made;
    props.onRedraw(() => made.redraw());
  }, []);
  useLayoutEffect(() => body.current?.setLayout(layout), [layout]);
  useLayoutEffect(() => body.current?.setContext(context), [context]);

  useEffect(() => {
    model.isHeld = () => {
      const { slots, focused } = latest.current.selection;
      const hasKeyboard = grid.current?.contains(document.activeElement) === true;
      const hasPointer = bodyElement.current?.matches(':hover') === true;
      return slots.size > 0 || hasPointer || (focused !== undefined && hasKeyboard);
    };
  }, [model]);

  // What the user looks at stays where it is, whatever comes above it.
  const top = useRef<{ readonly key: RowKey; readonly offsetPx: number }>();
  useLayoutEffect(() => {
    const { current: element } = grid;
    body.current?.setRows(rows);
    const { current: kept } = top;
    if (element === null || kept === undefined) return;
    const at = rows.indexOf(kept.key);
    if (at < 0) return;
    element.scrollTop = at * rowHeightPx + kept.offsetPx;
    body.current?.drawSeen();
  }, [rows]);
  useLayoutEffect(() => body.current?.setSelection(selection), [selection, rows, layout]);
  useEffect(() => {
    // Another search or order begins at its top.
    top.current = undefined;
    if (grid.current) grid.current.scrollTop = 0;
  }, [state.search, state.sort, state.groupBy]);

  const measure = useCallback(() => {
    const element = grid.current;
    if (element === null) return;
    const { clientWidth, clientHeight } = element;
    const { pinnedWidthPx } = latest.current.table.layout;
    setNarrow(pinnedWidthPx + checkWidthPx > stuckPart * clientWidth);
    body.current?.resized(clientWidth, Math.max(0, clientHeight - rowHeightPx));
  }, []);
  useResize(grid, measure);
  useLayoutEffect(measure, [layout]);

  const onScroll = () => {
    const element = grid.current;
    if (element === null) return;
    // Read before rows are drawn: after that it would lay out the page at once.
    const { scrollTop } = element;
    body.current?.scrolled();
    model.setAtTop(scrollTop === 0);
    const key = latest.current.table.rows.keyAt(Math.floor(scrollTop / rowHeightPx));
    top.current =
      key === undefined || scrollTop === 0 ? undefined : { key, offsetPx: scrollTop % rowHeightPx };
  };

  const bodyHeight = () => (grid.current?.clientHeight ?? 0) - headHeight();
  const headHeight = () => rowHeightPx * (table.baseline === undefined ? 1 : 2);
  const reveal = (key: RowKey | undefined) => {
    const element = grid.current;
    if (element === null || key === undefined) return;
    const at = rows.indexOf(key);
    element.scrollTop = scrollToRow(at, element.scrollTop, bodyHeight(), rowHeightPx);
    body.current?.drawSeen();
  };
  const revealColumn = ({ isPinned, leftPx, widthPx }: PlacedColumn) => {
    const element = grid.current;
    if (element === null || isPinned) return;
    const room =
      element.clientWidth - menuWidthPx - (isNarrow ? 0 : checkWidthPx + layout.pinnedWidthPx);
    if (leftPx < element.scrollLeft) element.scrollLeft = leftPx;
    else if (leftPx + widthPx > element.scrollLeft + room) {
      element.scrollLeft = leftPx + widthPx - room;
    }
    body.current?.drawSeen();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const toggle = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor(bodyHeight() / rowHeightPx) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -rows.count,
      End: rows.count,
    };
    const by = moves[event.key];
    const { focused } = selection;
    if (by !== undefined) {
      const next = moveFocus(selection, rows, by, { toggle, range: event.shiftKey });
      onSelect(() => next);
      reveal(next.focused);
    } else if (toggle && event.key === 'a') onSelect((old) => selectAll(old, facts.order));
    else if (toggle && event.key === 'z') props.onUndo();
    else if (event.key === 'Escape') {
      onSelect((old) => ({ ...old, slots: emptySelection.slots }));
    } else if (event.target !== grid.current) {
      // Enter and Space on a column's name are its own.
      return;
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      if (typeof focused === 'string') props.onFold(focused, event.key === 'ArrowRight');
      else grid.current?.scrollBy({ left: event.key === 'ArrowRight' ? 120 : -120 });
    } else if (event.key === 'Enter' && typeof focused === 'string') {
      props.onFold(focused, undefined);
    } else if (event.key === ' ') {
      if (focused !== undefined) {
        onSelect((old) => selectRow(old, rows, focused, { toggle: true, range: false }));
      }
    } else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      const box = grid.current?.querySelector('.row.focused')?.getBoundingClientRect();
      if (box !== undefined) props.onMenu(60, box.bottom);
    } else if (toggle || event.altKey || !props.onKey(event.key)) return;
    event.preventDefault();
  };

  const rowAt = (target: EventTarget | null) => {
    if (!(target instanceof Element)) return undefined;
    const element = target.closest<HTMLElement>('.rows .row');
    const index = element?.dataset.index;
    if (index === undefined) return undefined;
    const row = rows.at(Number(index));
    return row === undefined ? undefined : { row, target };
  };
  const onClick = (event: MouseEvent) => {
    const hit = rowAt(event.target);
    if (hit === undefined) return;
    const { row, target } = hit;
    const action = target.closest<HTMLElement>('[data-action]')?.dataset.action;
    if (row.kind === 'group') {
      onSelect((old) => ({ ...old, focused: row.group.key }));
      props.onFold(row.group.key, undefined);
      return;
    }
    const select = (toggle: boolean, range: boolean) =>
      onSelect((old) => selectRow(old, rows, row.slot, { toggle, range }));
    if (action === 'star') props.onStar(row.slot);
    else if (action === 'check') select(true, event.shiftKey);
    else if (action === 'menu') {
      const box = target.getBoundingClientRect();
      openMenu(row.slot, box.left, box.bottom);
    } else select(event.ctrlKey || event.metaKey, event.shiftKey);
  };
  const openMenu = (slot: number, xPx: number, yPx: number) => {
    onSelect((old) =>
      old.slots.has(slot)
        ? { ...old, focused: slot }
        : selectRow(old, rows, slot, { toggle: false, range: false }),
    );
    props.onMenu(xPx, yPx);
  };

  const focusedAt = selection.focused === undefined ? -1 : rows.indexOf(selection.focused);
  const focusedRow = focusedAt < 0 ? undefined : rows.at(focusedAt);
  const isTree = state.groupBy.length > 0;
  return (
    <div
      ref={grid}
      role={isTree ? 'treegrid' : 'grid'}
      class={`grid ${isNarrow ? 'narrow' : ''} ${emptyClass(table)}`}
      tabIndex={0}
      aria-label="Runs"
      aria-multiselectable
      aria-rowcount={rows.count + 1}
      aria-colcount={layout.columns.length + 2}
      aria-activedescendant={
        focusedRow === undefined ? undefined : rowElementId(focusedRow, (slot) => model.id(slot))
      }
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onMouseDown={(event) => {
        // Shift+click chooses a range of rows here, not a range of text.
        if (event.shiftKey) event.preventDefault();
      }}
      onDblClick={(event) => {
        const hit = rowAt(event.target);
        if (hit?.row.kind === 'run' && !hit.target.closest('[data-action]')) {
          props.onOpen(hit.row.slot);
        }
      }}
      onContextMenu={(event) => {
        const hit = rowAt(event.target);
        if (hit === undefined) return;
        event.preventDefault();
        if (hit.row.kind === 'run') openMenu(hit.row.slot, event.clientX, event.clientY);
      }}
      onPointerOver={(event) => {
        const hit = rowAt(event.target);
        const cell = hit?.target.closest<HTMLElement>('[data-column]');
        if (hit?.row.kind !== 'run' || !cell) return;
        props.onHover(cell, hit.row.slot, cell.dataset.column ?? '');
      }}
    >
      <Header
        layout={layout}
        window={seen}
        sort={state.sort}
        allSelected={
          facts.order.length > 0 && facts.order.every((slot) => selection.slots.has(slot))
        }
        onSelectAll={(all) =>
          onSelect((old) =>
            all ? selectAll(old, facts.order) : { ...old, slots: emptySelection.slots },
          )
        }
        onReveal={revealColumn}
        actions={props.header}
      />
      <div
        ref={topElement}
        role="rowgroup"
        class="baseline"
        hidden={table.baseline === undefined}
      />
      <div ref={bodyElement} role="rowgroup" class="rows" />
    </div>
  );
}

/** Without rows it is as high as what is above them. */
function emptyClass({ facts, baseline }: ShownTable): string {
  if (facts.order.length > 0) return '';
  return baseline === undefined ? 'no-rows' : 'no-rows with-baseline';
}
