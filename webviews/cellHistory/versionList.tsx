// biome-ignore-all lint/a11y/useSemanticElements: a <select> cannot leave out the options that are off screen.
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { VersionRow } from '../../src/protocol/cellHistoryPage';
import { rowWindow, scrollToRow } from '../shared/rowWindow';
import { useResize } from '../shared/useResize';
import { linesText, metricText, movedIndex, timeText, trendOf } from './state';

const rowHeightPx = 58;

interface VersionListProps {
  /** Oldest first; shown from the newest down. */
  readonly versions: readonly VersionRow[];
  readonly chosen: number;
  /** Key of the one that the chosen version is held against. */
  readonly against: number | undefined;
  readonly nowMs: number;
  readonly onChoose: (index: number) => void;
}

/** All versions, of which only those near the visible part exist. */
export function VersionList({ versions, chosen, against, nowMs, onChoose }: VersionListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ start: 0, end: 20 });
  const count = versions.length;
  const row = count - 1 - chosen;

  const measure = useCallback(() => {
    const element = list.current;
    if (element === null) return;
    const next = rowWindow(element.scrollTop, element.clientHeight, rowHeightPx, count);
    setView((old) => (old.start === next.start && old.end === next.end ? old : next));
  }, [count]);
  useLayoutEffect(measure, [measure]);
  useResize(list, measure);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const next = scrollToRow(row, element.scrollTop, element.clientHeight, rowHeightPx);
    if (next !== element.scrollTop) element.scrollTop = next;
    measure();
  }, [row, measure]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((list.current?.clientHeight ?? 0) / rowHeightPx) - 1);
    const moved = movedIndex(event.key, row, count, page);
    if (moved === undefined) return;
    event.preventDefault();
    onChoose(count - 1 - moved);
  };

  const rows = Array.from({ length: Math.max(0, view.end - view.start) }, (_, i) => view.start + i);
  return (
    <div
      ref={list}
      class="versions"
      role="listbox"
      tabIndex={0}
      aria-label="Versions, newest first"
      aria-activedescendant={optionId(versions[chosen]?.key)}
      onScroll={measure}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: `${count * rowHeightPx}px` }}>
        <div role="presentation" style={{ transform: `translateY(${view.start * rowHeightPx}px)` }}>
          {rows.map((at) => {
            const index = count - 1 - at;
            const version = versions[index];
            return version === undefined ? undefined : (
              <Option
                key={version.key}
                version={version}
                place={[at + 1, count]}
                isChosen={index === chosen}
                isOther={version.key === against}
                nowMs={nowMs}
                onChoose={() => onChoose(index)}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

const optionId = (key: number | undefined) => `version-${key}`;

interface OptionProps {
  readonly version: VersionRow;
  readonly place: readonly [number, number];
  readonly isChosen: boolean;
  readonly isOther: boolean;
  readonly nowMs: number;
  readonly onChoose: () => void;
}

function Option({ version, place, isChosen, isOther, nowMs, onChoose }: OptionProps) {
  const lines = linesText(version);
  const mark = version.isCurrent ? 'Current' : version.onlyRan ? 'Only run' : undefined;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keyboard.
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus.
    <div
      id={optionId(version.key)}
      class={`version ${isOther ? 'other' : ''}`}
      role="option"
      aria-selected={isChosen}
      aria-posinset={place[0]}
      aria-setsize={place[1]}
      onClick={onChoose}
    >
      <div class="version-time">
        <span>{timeText(version, nowMs)}</span>
        {mark !== undefined && <span class="mark">{mark}</span>}
        {isOther && <span class="mark">Compared</span>}
      </div>
      <div class="version-line mono">
        {version.firstLine === '' ? '(empty)' : version.firstLine}
      </div>
      <div class="version-facts">
        {lines !== undefined && <span class="muted">{lines}</span>}
        {version.metric !== undefined && (
          <span class={`metric ${trendOf(version.metric) ?? ''}`}>
            {metricText(version.metric)}
          </span>
        )}
        {lines === undefined && version.metric === undefined && (
          <span class="muted">{place[0] === place[1] ? 'first' : 'same lines'}</span>
        )}
      </div>
    </div>
  );
}
