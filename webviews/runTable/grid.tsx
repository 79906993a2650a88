// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot leave out the rows that are off screen.
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Run, RunId } from '../../src/core/run/run';
import type { RunTableState } from '../../src/protocol/runTablePage';
import { rowWindow, scrollToRow } from '../shared/rowWindow';
import { useNow } from '../shared/useNow';
import { useResize } from '../shared/useResize';
import type { Column } from './columns';
import { type Command, remove, rename, showCharts, star } from './commands';
import { Header } from './header';
import { Row, type RowActions, rowElementId } from './row';
import { emptySelection, moveFocus, type Selection, selectAll, selectRow } from './selection';

const rowHeightPx = 26;

interface GridProps {
  /** Every run of the host's answer. */
  readonly runs: readonly Run[];
  /** Those on show, in their order. */
  readonly rows: readonly Run[];
  readonly columns: readonly Column[];
  readonly state: RunTableState;
  readonly selection: Selection;
  readonly onSelect: (change: (selection: Selection) => Selection) => void;
  readonly onSort: (column: Column) => void;
  readonly onCommand: (command: Command, runs?: readonly Run[]) => void;
  readonly onMenu: (xPx: number, yPx: number) => void;
}

/** The table itself. Only the rows near the visible part exist, so that ten thousand stay smooth. */
export function Grid(props: GridProps) {
  const { runs, rows, columns, state, selection, onSelect, onSort, onCommand, onMenu } = props;
  const grid = useRef<HTMLDivElement>(null);
  const wholes = useMemo(() => new Map(runs.map((run) => [run.id, run])), [runs]);
  const order = useMemo(() => rows.map((run) => run.id), [rows]);
  const [view, setView] = useState({ start: 0, end: 60 });
  const someRunning = rows.some((run) => run.status === 'running');
  const nowMs = useNow(someRunning ? 1000 : 30_000);
  // A row that does not run need not be drawn again every second.
  const minuteMs = Math.floor(nowMs / 30_000) * 30_000 + 30_000;
  const topRow = useRef<{ readonly id: RunId; readonly offsetPx: number }>();

  const measure = useCallback(() => {
    const element = grid.current;
    if (element === null) return;
    const body = element.clientHeight - rowHeightPx;
    const next = rowWindow(element.scrollTop, body, rowHeightPx, rows.length);
    setView((old) => (old.start === next.start && old.end === next.end ? old : next));
    const top = rows[Math.floor(element.scrollTop / rowHeightPx)];
    topRow.current =
      top === undefined || element.scrollTop === 0
        ? undefined
        : { id: top.id, offsetPx: element.scrollTop % rowHeightPx };
  }, [rows]);

  // New runs that arrive above must not move what the user looks at.
  const lastRuns = useRef(runs);
  useLayoutEffect(() => {
    const element = grid.current;
    if (element === null) return;
    if (lastRuns.current !== runs) {
      lastRuns.current = runs;
      const { current: top } = topRow;
      const at = top === undefined ? -1 : order.indexOf(top.id);
      if (top !== undefined && at >= 0) element.scrollTop = at * rowHeightPx + top.offsetPx;
    }
    measure();
  }, [runs, order, measure]);

  useResize(grid, measure);

  const reveal = (id: RunId | undefined) => {
    const element = grid.current;
    if (element === null || id === undefined) return;
    const body = element.clientHeight - rowHeightPx;
    element.scrollTop = scrollToRow(order.indexOf(id), element.scrollTop, body, rowHeightPx);
  };

  // The rows are drawn once for as long as possible, so what they call must stay the same object.
  const latest = useRef({ order, onSelect, onCommand, onMenu });
  latest.current = { order, onSelect, onCommand, onMenu };
  const actions = useMemo<RowActions>(() => {
    const select = (run: Run, toggle: boolean, range: boolean) =>
      latest.current.onSelect((old) =>
        selectRow(old, latest.current.order, run.id, { toggle, range }),
      );
    return {
      onPress: (run, event) => select(run, event.ctrlKey || event.metaKey, event.shiftKey),
      onOpen: (run) => latest.current.onCommand(showCharts, [run]),
      onCheck: (run) => select(run, true, false),
      onStar: (run) => latest.current.onCommand(star, [run]),
      onMenu: (run, xPx, yPx) => {
        latest.current.onSelect((old) =>
          old.ids.has(run.id)
            ? { ...old, focused: run.id }
            : selectRow(old, latest.current.order, run.id, { toggle: false, range: false }),
        );
        latest.current.onMenu(xPx, yPx);
      },
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const toggle = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / rowHeightPx) - 2);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -rows.length,
      End: rows.length,
    };
    const commands: Readonly<Record<string, Command>> = {
      Delete: remove,
      F2: rename,
      s: star,
    };
    const by = moves[event.key];
    const command = commands[event.key];
    if (by !== undefined) {
      const next = moveFocus(selection, order, by, { toggle, range: event.shiftKey });
      onSelect(() => next);
      reveal(next.focused);
    } else if (toggle && event.key === 'a') {
      onSelect((old) => selectAll(old, order));
    } else if (event.key === 'Escape') {
      onSelect((old) => ({ ...old, ids: emptySelection.ids }));
    } else if (event.target !== grid.current) {
      // Enter and Space on a column's name are its own.
      return;
    } else if (event.key === 'Enter') {
      onCommand(showCharts);
    } else if (event.key === ' ') {
      const { focused } = selection;
      if (focused !== undefined) {
        onSelect((old) => selectRow(old, order, focused, { toggle: true, range: false }));
      }
    } else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      const focusedRow = grid.current?.querySelector('.row.focused')?.getBoundingClientRect();
      if (focusedRow !== undefined) onMenu(60, focusedRow.bottom);
    } else if (command !== undefined && !toggle) {
      onCommand(command);
    } else return;
    event.preventDefault();
  };

  const drawn = rows.slice(view.start, view.end);
  const focused = drawn.find((run) => run.id === selection.focused);
  return (
    <div
      ref={grid}
      role="grid"
      class="grid"
      tabIndex={0}
      aria-label="Runs"
      aria-multiselectable
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 2}
      aria-activedescendant={focused === undefined ? undefined : rowElementId(focused)}
      onScroll={measure}
      onKeyDown={onKeyDown}
    >
      <Header
        columns={columns}
        state={state}
        allSelected={rows.length > 0 && rows.every((run) => selection.ids.has(run.id))}
        onSort={onSort}
        onSelectAll={(all) =>
          onSelect((old) => (all ? selectAll(old, order) : { ...old, ids: emptySelection.ids }))
        }
      />
      <div role="rowgroup" class="rows" style={{ height: `${rows.length * rowHeightPx}px` }}>
        <div
          role="presentation"
          class="drawn"
          style={{ transform: `translateY(${view.start * rowHeightPx}px)` }}
        >
          {drawn.map((run, at) => (
            <Row
              key={run.id}
              run={run}
              whole={run.parentId === undefined ? undefined : wholes.get(run.parentId)}
              index={view.start + at}
              columns={columns}
              selected={selection.ids.has(run.id)}
              focused={run === focused}
              nowMs={run.status === 'running' ? nowMs : minuteMs}
              actions={actions}
            />
          ))}
        </div>
      </div>
    </div>
  );
}
