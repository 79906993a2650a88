// biome-ignore-all lint/a11y/useSemanticElements: a list on the page cannot leave out what is off screen.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CheckpointId } from '../../src/core/run/run';
import type { TimelineLine } from '../../src/protocol/timelinePage';
import { Button } from '../shared/controls';
import { rowWindow, scrollToRow } from '../shared/rowWindow';
import { Line, lineElementId } from './line';
import type { TimelineProps } from './view';

const rowHeightPx = 44;

/** The checkpoints by day, of which only those near the visible part exist. */
export function Checkpoints({ host, state, data, attempt }: TimelineProps) {
  const list = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<readonly string[]>([]);
  const [count, setCount] = useState<number>();
  const [view, setView] = useState({ start: 0, end: 30 });
  const [shown, setShown] = useState<{
    readonly start: number;
    readonly lines: readonly TimelineLine[];
  }>({
    ...{ start: 0, lines: [] },
  });
  const [focus, setFocus] = useState(1);
  const [selected, setSelected] = useState<readonly CheckpointId[]>([]);
  const request = useMemo(() => ({ filter: state.filter, opened }), [state.filter, opened]);

  useEffect(() => {
    let isOld = false;
    const { start, end } = view;
    attempt(
      Promise.all([host.readLineCount(request), host.readLines(request, start, end)]).then(
        ([total, lines]) => {
          if (isOld) return;
          setCount(total);
          setShown({ start, lines });
        },
      ),
    );
    return () => {
      isOld = true;
    };
  }, [host, request, view, data]);

  const total = count ?? 0;
  const measure = useCallback(() => {
    const element = list.current;
    if (element === null) return;
    const next = rowWindow(
      element.scrollTop,
      element.clientHeight,
      rowHeightPx,
      Math.max(1, total),
    );
    setView((old) => (old.start === next.start && old.end === next.end ? old : next));
  }, [total]);
  useLayoutEffect(measure, [measure]);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const next = scrollToRow(focus, element.scrollTop, element.clientHeight, rowHeightPx);
    if (next !== element.scrollTop) element.scrollTop = next;
  }, [focus]);

  const focused = shown.lines[focus - shown.start];
  const focusedId = focused?.kind === 'checkpoint' ? focused.id : undefined;
  const chosen = selected.length > 0 ? selected : focusedId === undefined ? [] : [focusedId];
  const [one, two] = chosen;
  const toggleOpen = (key: string) =>
    setOpened(opened.includes(key) ? opened.filter((each) => each !== key) : [...opened, key]);
  const toggleSelected = (id: CheckpointId) =>
    setSelected(selected.includes(id) ? selected.filter((each) => each !== id) : [...selected, id]);
  const openDiff = () => {
    if (one === undefined) return;
    attempt(chosen.length === 2 && two !== undefined ? host.diffTwo(one, two) : host.openDiff(one));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((list.current?.clientHeight ?? 0) / rowHeightPx) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: focus + 1,
      ArrowUp: focus - 1,
      PageDown: focus + page,
      PageUp: focus - page,
      Home: 0,
      End: total - 1,
    };
    const move = moves[event.key];
    if (move !== undefined) setFocus(Math.max(0, Math.min(total - 1, move)));
    else if (event.key === 'Enter' && focused?.kind === 'burst') toggleOpen(focused.key);
    else if (event.key === 'Enter') openDiff();
    else if (event.key === ' ' && focusedId !== undefined) toggleSelected(focusedId);
    else if (event.key === 's' && chosen.length > 0) attempt(host.toggleStar(chosen));
    else if (event.key === 't' && chosen.length > 0) attempt(host.editTags(chosen));
    else if (event.key === 'n' && one !== undefined) attempt(host.editNote(one));
    else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent, index: number, line: TimelineLine) => {
    setFocus(index);
    if (line.kind === 'burst') toggleOpen(line.key);
    else if (line.kind === 'checkpoint' && (event.ctrlKey || event.metaKey))
      toggleSelected(line.id);
    else setSelected([]);
  };

  return (
    <>
      <div class="bar">
        <Button disabled={chosen.length === 0 || chosen.length > 2} onClick={openDiff}>
          {chosen.length === 2 ? 'Diff the Two' : 'Diff with Previous'}
        </Button>
        <Button disabled={chosen.length !== 1} onClick={() => one && attempt(host.restore(one))}>
          Restore…
        </Button>
        <Button disabled={chosen.length === 0} onClick={() => attempt(host.toggleStar(chosen))}>
          Star
        </Button>
        <Button disabled={chosen.length === 0} onClick={() => attempt(host.editTags(chosen))}>
          Tag…
        </Button>
        <Button disabled={chosen.length !== 1} onClick={() => one && attempt(host.editNote(one))}>
          Note…
        </Button>
        <span class="muted">
          {selected.length > 0
            ? `${selected.length} selected`
            : 'Space or Ctrl+click selects several'}
        </span>
      </div>
      <main class="pane">
        {count === 0 && <p class="empty muted">No checkpoint is like that.</p>}
        <div
          ref={list}
          class="lines"
          role="listbox"
          aria-multiselectable="true"
          aria-label="Checkpoints, newest first"
          tabIndex={0}
          aria-activedescendant={focused === undefined ? undefined : lineElementId(focus)}
          onScroll={measure}
          onKeyDown={onKeyDown}
        >
          <div role="presentation" style={{ height: `${total * rowHeightPx}px` }}>
            <div
              role="presentation"
              style={{ transform: `translateY(${shown.start * rowHeightPx}px)` }}
            >
              {shown.lines.map((line, at) => (
                <Line
                  key={shown.start + at}
                  line={line}
                  index={shown.start + at}
                  isFocused={shown.start + at === focus}
                  isSelected={line.kind === 'checkpoint' && chosen.includes(line.id)}
                  showNotebook={state.filter.notebook === undefined}
                  onClick={(event) => onClick(event, shown.start + at, line)}
                  onOpen={() => line.kind === 'checkpoint' && attempt(host.openDiff(line.id))}
                />
              ))}
            </div>
          </div>
        </div>
      </main>
    </>
  );
}
