// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot leave out the lines that are off screen.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { StyledLine } from '../../../src/core/log/styledLine';
import { maxHeightPx, type ShownLines, scaleOf, useShownLines } from '../../shared/tallList';
import { onThemeChange } from '../../shared/theme';
import { useResize } from '../../shared/useResize';
import { LogRow, rowId } from './logRow';
import { createTerminalColors } from './terminalColors';

export const rowHeightPx = 19;
const overscan = 12;

/** Lines that the user chose, both ends included. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

interface LogListProps {
  readonly count: number;
  /** Lines by their numbers; asked again when it changes. */
  readonly read: (start: number, end: number) => Promise<readonly StyledLine[]>;
  readonly wraps: boolean;
  /** Where the keyboard is. */
  readonly focus: number;
  readonly onFocus: (line: number) => void;
  /** Goes to the focused line whenever it changes. */
  readonly revealed: object;
  /** Stays at the end while lines come. */
  readonly follows: boolean;
  readonly onFollow: (follows: boolean) => void;
  readonly onCopy: (lines: LineRange) => void;
  /** The user asks for the course of a metric that a line gave. */
  readonly onPoint: (key: string) => void;
}

/** The lines of a log, of which only those near the visible part exist. */
export function LogList(props: LogListProps) {
  const { count, read, wraps, focus, onFocus, revealed, follows, onFollow } = props;
  const list = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ start: 0, end: 60, topPx: 0 });
  const [anchor, setAnchor] = useState<number>();
  const [colorsOf, setColors] = useState(() => createTerminalColors());
  useEffect(() => onThemeChange(() => setColors(() => createTerminalColors())), []);
  const scrolledBy = useRef<'user' | 'page'>('page');

  const room = list.current?.clientHeight ?? 0;
  // Wrapped lines are higher, so that the last one is reached as the only one.
  const fullPx = count * rowHeightPx + (wraps ? Math.max(0, room - rowHeightPx) : 0);
  const heightPx = Math.min(fullPx, maxHeightPx);

  const measure = useCallback(() => {
    const element = list.current;
    if (element === null) return;
    const topPx = element.scrollTop * scaleOf(element, fullPx, heightPx);
    const first = Math.min(Math.max(0, count - 1), Math.floor(topPx / rowHeightPx));
    const seen = Math.ceil(element.clientHeight / rowHeightPx) + 1;
    const start = wraps ? first : Math.max(0, first - overscan);
    const end = Math.min(count, first + seen + overscan);
    // In steps of a line where they wrap; else pixel by pixel.
    const drawnPx = wraps
      ? element.scrollTop
      : Math.round(element.scrollTop - (topPx - start * rowHeightPx));
    setView((old) =>
      old.start === start && old.end === end && old.topPx === drawnPx
        ? old
        : { start, end, topPx: drawnPx },
    );
  }, [count, fullPx, heightPx, wraps]);
  useLayoutEffect(measure, [measure]);
  useResize(list, measure);

  const shown = useShownLines(read, view.start, view.end);

  /** The line that is to be seen, where lines are as high as they are. */
  const pending = useRef<number>();
  const settle = () => {
    const element = list.current;
    const line = pending.current;
    if (element === null || line === undefined) return;
    const wanted = element.querySelector(`#${rowId(line)}`);
    if (wanted === null) return;
    pending.current = undefined;
    const overPx = wanted.getBoundingClientRect().bottom - element.getBoundingClientRect().bottom;
    if (overPx <= 0) return;
    let goneLines = 0;
    let gonePx = 0;
    for (const row of element.querySelectorAll('.log-row')) {
      if (gonePx >= overPx || row === wanted) break;
      gonePx += row.getBoundingClientRect().height;
      goneLines++;
    }
    scrolledBy.current = 'page';
    element.scrollTop += (goneLines * rowHeightPx) / scaleOf(element, fullPx, heightPx);
  };
  useLayoutEffect(settle, [shown]);

  const scrollToLine = useCallback(
    (line: number, at: 'nearest' | 'middle') => {
      const element = list.current;
      if (element === null) return;
      const scale = scaleOf(element, fullPx, heightPx);
      const topPx = element.scrollTop * scale;
      const linePx = line * rowHeightPx;
      const spare = element.clientHeight - rowHeightPx;
      const isSeen = linePx >= topPx && linePx <= topPx + spare;
      let next = topPx;
      if (wraps) {
        // How high lines are is known once they are drawn.
        pending.current = line;
        const isDrawn = list.current?.querySelector(`#${rowId(line)}`) != null;
        if (!isDrawn || linePx < topPx) next = linePx < topPx ? linePx : linePx - spare;
      } else if (at === 'middle') {
        if (!isSeen) next = linePx - spare / 2;
      } else if (linePx < topPx) next = linePx;
      else if (linePx > topPx + spare) next = linePx - spare;
      if (next === topPx) {
        settle();
        return;
      }
      scrolledBy.current = 'page';
      element.scrollTop = next / scale;
    },
    [fullPx, heightPx, wraps],
  );
  const reveal = useRef(scrollToLine);
  reveal.current = scrollToLine;
  const isThere = focus < count;
  useLayoutEffect(() => {
    if (isThere) reveal.current(focus, 'middle');
  }, [revealed, isThere]);
  useLayoutEffect(() => {
    if (follows && count > 0) reveal.current(count - 1, 'nearest');
  }, [follows, count, wraps]);

  const onScroll = () => {
    measure();
    const element = list.current;
    if (element === null || scrolledBy.current === 'page') {
      scrolledBy.current = 'user';
      return;
    }
    const isAtEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - rowHeightPx;
    if (isAtEnd !== follows) onFollow(isAtEnd);
  };

  const selection = useMemo(
    () => ({ start: Math.min(anchor ?? focus, focus), end: Math.max(anchor ?? focus, focus) }),
    [anchor, focus],
  );
  const moveTo = (line: number, extends_: boolean) => {
    const next = Math.max(0, Math.min(count - 1, line));
    setAnchor(extends_ ? (anchor ?? focus) : undefined);
    onFocus(next);
    scrollToLine(next, 'nearest');
    if (next < count - 1 && follows) onFollow(false);
  };
  const focused = shown.lines[focus - shown.start];
  const onKeyDown = (event: KeyboardEvent) => {
    const isControl = event.ctrlKey || event.metaKey;
    if (isControl && event.key.toLowerCase() === 'c') {
      // What the mouse marked is copied as everywhere.
      if (document.getSelection()?.isCollapsed === false) return;
      props.onCopy(selection);
      event.preventDefault();
      return;
    }
    const page = Math.max(1, Math.floor(room / rowHeightPx) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: focus + 1,
      ArrowUp: focus - 1,
      PageDown: focus + page,
      PageUp: focus - page,
      Home: 0,
      End: count - 1,
    };
    const move = moves[event.key];
    const key = focused?.points[0]?.key;
    if (move !== undefined && !event.altKey) moveTo(move, event.shiftKey);
    else if (event.key === 'Enter' && key !== undefined) props.onPoint(key);
    else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const key = target?.closest<HTMLElement>('[data-point]')?.dataset.point;
    const line = target?.closest<HTMLElement>('[data-line]')?.dataset.line;
    if (line === undefined) return;
    setAnchor(event.shiftKey ? (anchor ?? focus) : undefined);
    onFocus(Number(line));
    if (key !== undefined) props.onPoint(key);
  };

  return (
    <div
      ref={list}
      role="grid"
      class={`log mono ${wraps ? 'wraps' : ''}`}
      tabIndex={0}
      aria-label="Lines of the log"
      aria-rowcount={count}
      aria-multiselectable={true}
      aria-activedescendant={focused && rowId(focused.line)}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div role="rowgroup" class="log-lines" style={{ height: `${heightPx}px` }}>
        <div
          role="presentation"
          class="log-drawn"
          style={{ transform: `translateY(${view.topPx + offsetOf(shown, view, wraps)}px)` }}
        >
          {shown.lines.map((line) => (
            <LogRow
              key={line.line}
              line={line}
              isFocused={line.line === focus}
              isSelected={
                anchor !== undefined && line.line >= selection.start && line.line <= selection.end
              }
              colorsOf={colorsOf}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** Lines that are still those of before stay where they were until the next ones are there. */
function offsetOf(
  shown: ShownLines<StyledLine>,
  view: { readonly start: number },
  wraps: boolean,
): number {
  return wraps ? 0 : (shown.start - view.start) * rowHeightPx;
}
