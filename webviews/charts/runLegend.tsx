import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { statusWords } from '../../src/core/present/describeRun';
import type { RunId } from '../../src/core/run/run';
import type { ChartedRun } from '../../src/protocol/chartsPage';
import type { LineStyle } from '../shared/chart/runStyles';
import { Swatch } from '../shared/chart/swatch';
import { TextField } from '../shared/controls';
import { Icon } from '../shared/icon';
import { MenuButton } from '../shared/menuButton';
import { rowWindow, scrollToRow } from '../shared/rowWindow';
import { useResize } from '../shared/useResize';
import { legendRuns } from './legendOrder';

interface RunLegendProps {
  readonly runs: readonly ChartedRun[];
  readonly hidden: ReadonlySet<RunId>;
  readonly pinned: ReadonlySet<RunId>;
  /** What the names of all of them begin with. */
  readonly shared: string | undefined;
  readonly shortNameOf: (runId: RunId) => string;
  readonly styleOf: (run: ChartedRun) => LineStyle;
  readonly onToggle: (runId: RunId) => void;
  readonly onSolo: (runId: RunId) => void;
  readonly onPin: (runId: RunId) => void;
  readonly onShowAll: () => void;
  readonly onHighlight: (runId: RunId | undefined) => void;
  readonly onOpenRun: (runId: RunId) => void;
  readonly onOpenLog: (runId: RunId) => void;
}

const rowHeightPx = 24;
/** With fewer nobody needs to look for one. */
const filterFrom = 10;

/**
 * Which line is which run. Pressing one hides its line or brings it back; a list of a thousand holds only
 * the rows in view. Up and down move within it, Tab leaves it.
 */
export function RunLegend(props: RunLegendProps) {
  const { hidden, pinned, styleOf, onHighlight } = props;
  const [filter, setFilter] = useState('');
  const [view, setView] = useState({ topPx: 0, heightPx: 300 });
  const [current, setCurrent] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const wantsFocus = useRef(false);
  const runs = useMemo(() => legendRuns(props.runs, pinned, filter), [props.runs, pinned, filter]);
  const look = useCallback(() => {
    const { current } = list;
    if (current === null) return;
    // The last row in view is whole.
    const roomPx = current.clientHeight + (Number.parseFloat(current.style.marginBottom) || 0);
    current.style.marginBottom = `${roomPx % rowHeightPx}px`;
    setView({ topPx: current.scrollTop, heightPx: roomPx - (roomPx % rowHeightPx) });
  }, []);
  useResize(list, look);
  const at = Math.min(current, runs.length - 1);
  const { start, end } = rowWindow(view.topPx, view.heightPx, rowHeightPx, runs.length);

  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    list.current?.querySelector<HTMLElement>(`[data-at="${at}"]`)?.focus();
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: runs.length - 1,
      PageDown: at + Math.floor(view.heightPx / rowHeightPx),
      PageUp: at - Math.floor(view.heightPx / rowHeightPx),
    };
    const target = targets[event.key];
    if (target === undefined || list.current === null) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(runs.length - 1, target));
    list.current.scrollTop = scrollToRow(next, view.topPx, view.heightPx, rowHeightPx);
    wantsFocus.current = true;
    setCurrent(next);
    look();
    onHighlight(runs[next]?.runId);
  };

  return (
    <aside class="legend" aria-label="Runs">
      <div class="legend-head">
        <span class="muted legend-count">
          {countText(props.runs.length, props.shared, hidden.size)}
        </span>
        {hidden.size > 0 && (
          <button type="button" class="text-button" onClick={props.onShowAll}>
            Show All
          </button>
        )}
      </div>
      {props.runs.length >= filterFrom && (
        <TextField label="Find a run" placeholder="Find a run" value={filter} onInput={setFilter} />
      )}
      <ul
        ref={list}
        aria-label="Runs on the charts"
        onScroll={look}
        onKeyDown={onKeyDown}
        onPointerLeave={() => onHighlight(undefined)}
        onFocusOut={() => onHighlight(undefined)}
      >
        {runs.slice(start, end).map((run, offset) => (
          <LegendRow
            key={run.runId}
            run={run}
            at={start + offset}
            isCurrent={start + offset === at}
            isHidden={hidden.has(run.runId)}
            isPinned={pinned.has(run.runId)}
            style={styleOf(run)}
            count={runs.length}
            abovePx={offset === 0 ? start * rowHeightPx : 0}
            belowPx={start + offset === end - 1 ? (runs.length - end) * rowHeightPx : 0}
            props={props}
            onCurrent={setCurrent}
          />
        ))}
      </ul>
      {runs.length === 0 && <p class="muted">No run is called “{filter.trim()}”.</p>}
    </aside>
  );
}

interface LegendRowProps {
  readonly run: ChartedRun;
  readonly at: number;
  readonly count: number;
  /** Room of the rows that are not drawn. */
  readonly abovePx: number;
  readonly belowPx: number;
  readonly isCurrent: boolean;
  readonly isHidden: boolean;
  readonly isPinned: boolean;
  readonly style: LineStyle;
  readonly props: RunLegendProps;
  readonly onCurrent: (at: number) => void;
}

function LegendRow(row: LegendRowProps) {
  const { run, at, isCurrent, isHidden, isPinned, style, props } = row;
  const { runId, name, status } = run;
  return (
    <li
      class={`legend-row ${isHidden ? 'hidden-run' : ''}`}
      aria-setsize={row.count}
      aria-posinset={at + 1}
      style={{ marginTop: `${row.abovePx}px`, marginBottom: `${row.belowPx}px` }}
      onPointerEnter={() => props.onHighlight(isHidden ? undefined : runId)}
    >
      <button
        type="button"
        class="plain-button legend-toggle"
        aria-pressed={!isHidden}
        aria-label={`${name}, ${statusWords[status]}${isPinned ? ', pinned' : ''}`}
        title={`${name}\n${isHidden ? 'Show this run' : 'Hide this run'}`}
        tabIndex={isCurrent ? 0 : -1}
        data-at={at}
        onFocus={() => {
          row.onCurrent(at);
          props.onHighlight(isHidden ? undefined : runId);
        }}
        onClick={() => props.onToggle(runId)}
      >
        <Swatch style={style} />
        <span class="legend-name">{props.shortNameOf(runId)}</span>
        {isPinned && <span class="legend-pin" aria-hidden="true" />}
        <span class={`status status-${status}`} title={statusWords[status]}>
          <Icon name={status} />
        </span>
      </button>
      <MenuButton
        label={`Actions on ${name}`}
        isTabStop={isCurrent}
        items={[
          { text: 'Show Only This', onChoose: () => props.onSolo(runId) },
          { text: 'Pin to Top', checked: isPinned, onChoose: () => props.onPin(runId) },
          { text: 'Open Run', startsGroup: true, onChoose: () => props.onOpenRun(runId) },
          { text: 'Open Log', onChoose: () => props.onOpenLog(runId) },
        ]}
      />
    </li>
  );
}

function countText(count: number, shared: string | undefined, hiddenCount: number): string {
  const of = shared === undefined ? '' : ` of ${shared}`;
  const runs = `${count} ${count === 1 ? 'run' : 'runs'}${of}`;
  return hiddenCount === 0 ? runs : `${runs}, ${hiddenCount} hidden`;
}
