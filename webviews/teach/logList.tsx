// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot leave out the lines that are off screen.
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { LogLine } from '../../src/core/log/logLine';
import type { TeachState } from '../../src/protocol/teachPage';
import { rowWindow, scrollToRow } from '../shared/rowWindow';
import { maxHeightPx, scaleOf, useShownLines } from '../shared/tallList';
import { useResize } from '../shared/useResize';
import { LineRow, lineElementId, numberElementId } from './lineRow';
import { numberStarts, type Role } from './state';

export const rowHeightPx = 20;

interface LogListProps {
  readonly label: string;
  readonly count: number;
  /** Lines by their place in the list; asked again when it changes. */
  readonly read: (start: number, end: number) => Promise<readonly LogLine[]>;
  readonly picked: Pick<TeachState, 'line' | 'picks'>;
  /** Where the list stands, and where the keyboard is. */
  readonly focus: number;
  readonly onFocus: (index: number) => void;
  readonly onPick: (line: LogLine, start: number, role: Role | undefined) => void;
}

/** The lines of a log, of which only those near the visible part exist. */
export function LogList(props: LogListProps) {
  const { label, count, read, picked, focus, onFocus, onPick } = props;
  const list = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ start: 0, end: 60, shiftPx: 0 });
  const [number, setNumber] = useState(0);
  const fullPx = count * rowHeightPx;
  const heightPx = Math.min(fullPx, maxHeightPx);

  const measure = useCallback(() => {
    const element = list.current;
    if (element === null) return;
    const topPx = element.scrollTop * scaleOf(element, fullPx, heightPx);
    const next = rowWindow(topPx, element.clientHeight, rowHeightPx, count);
    const shiftPx = Math.round(element.scrollTop - topPx);
    setView((old) =>
      old.start === next.start && old.end === next.end && old.shiftPx === shiftPx
        ? old
        : { ...next, shiftPx },
    );
  }, [count, fullPx, heightPx]);

  useLayoutEffect(measure, [measure]);
  useResize(list, measure);

  const shown = useShownLines(read, view.start, view.end);

  const reveal = useCallback(
    (index: number) => {
      const element = list.current;
      if (element === null) return;
      const scale = scaleOf(element, fullPx, heightPx);
      const top = element.scrollTop * scale;
      const next = scrollToRow(index, top, element.clientHeight, rowHeightPx);
      if (next !== top) element.scrollTop = next / scale;
    },
    [fullPx, heightPx],
  );
  useLayoutEffect(() => reveal(focus), [focus, reveal]);

  const focused = shown.lines[focus - shown.start];
  const starts = numberStarts(focused);
  const at = Math.min(number, starts.length - 1);

  const moveTo = (index: number) => onFocus(Math.max(0, Math.min(count - 1, index)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((list.current?.clientHeight ?? 0) / rowHeightPx) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: focus + 1,
      ArrowUp: focus - 1,
      PageDown: focus + page,
      PageUp: focus - page,
      Home: 0,
      End: count - 1,
    };
    const picks: Readonly<Record<string, Role | 'current'>> = {
      Enter: 'current',
      ' ': 'current',
      m: 'value',
      s: 'step',
      e: 'epoch',
    };
    const move = moves[event.key];
    const pick = picks[event.key];
    const start = starts[at];
    if (move !== undefined) moveTo(move);
    else if (event.key === 'ArrowRight') setNumber(Math.min(starts.length - 1, at + 1));
    else if (event.key === 'ArrowLeft') setNumber(Math.max(0, at - 1));
    else if (pick !== undefined && focused !== undefined && start !== undefined) {
      onPick(focused, start, pick === 'current' ? undefined : pick);
    } else return;
    event.preventDefault();
  };

  const onClick = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : undefined;
    // A number takes no focus, so that the keys stay with the list.
    list.current?.focus();
    const row = target?.closest<HTMLElement>('[data-index]');
    if (row == null) return;
    const index = Number(row.dataset.index);
    const line = shown.lines[index - shown.start];
    onFocus(index);
    const start = target?.closest<HTMLElement>('[data-start]')?.dataset.start;
    if (line === undefined || start === undefined) return;
    setNumber(numberStarts(line).indexOf(Number(start)));
    onPick(line, Number(start), undefined);
  };

  const active =
    focused === undefined
      ? undefined
      : starts[at] === undefined
        ? lineElementId(focused.line)
        : numberElementId(focused.line, starts[at]);
  return (
    <div
      ref={list}
      role="grid"
      class="log mono"
      tabIndex={0}
      aria-label={label}
      aria-describedby="log-keys"
      aria-rowcount={count}
      aria-activedescendant={active}
      onScroll={measure}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div role="rowgroup" class="lines" style={{ height: `${heightPx}px` }}>
        <div
          role="presentation"
          class="drawn"
          style={{ transform: `translateY(${shown.start * rowHeightPx + view.shiftPx}px)` }}
        >
          {shown.lines.map((line, index) => (
            <LineRow
              key={line.line}
              line={line}
              index={shown.start + index}
              picked={line.line === picked.line ? picked : noPicks}
              isFocused={line === focused}
              number={line === focused ? starts[at] : undefined}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

const noPicks: Pick<TeachState, 'line' | 'picks'> = {};
