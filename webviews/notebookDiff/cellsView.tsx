import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { describeSummary } from '../../src/core/notebook/diffNotebooks';
import type { EditChoice } from '../../src/core/notebook/planNotebookEdits';
import type { DiffRow } from '../../src/core/notebook/view/diffRows';
import type { OpenedDiff } from '../../src/core/notebook/view/openedDiff';
import type { NotebookDiffData } from '../../src/protocol/notebookDiffPage';
import { CellView, cellElementId } from './cellView';
import { DiffHeader, SideTitles } from './diffHeader';
import { FindBar } from './findBar';
import { FoldView, GhostView } from './foldView';
import { HelpDialog } from './helpDialog';
import { markMatches } from './markMatches';
import { MetadataView } from './metadataView';
import { type DiffContext, DiffPage } from './pageContext';
import { type PageAction, pageAction } from './pageKeys';
import { Ruler } from './ruler';
import { type Block, estimateHeightPx, isChange, nextChange, rowKey, toBlocks } from './state';
import { partsOrder, Toolbar } from './toolbar';
import { useDetails } from './useDetails';
import { useFind } from './useFind';
import type { DiffProps } from './view';
import { type ListHandle, VirtualList } from './virtualList';

interface CellsViewProps extends DiffProps {
  readonly data: NotebookDiffData;
  readonly content: OpenedDiff & { readonly kind: 'cells' };
}

/** Below this width two columns of code cannot be read. */
const narrowPx = 700;

export function CellsView(props: CellsViewProps) {
  const { host, state, setState, data, content, attempt } = props;
  const { hideUnchanged, parts = 'all', showNoise = false, imageMode = 'side' } = state;
  // SAFETY: the host wrote the text from rows.
  const rows = useMemo(() => JSON.parse(content.rows) as readonly DiffRow[], [content.rows]);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [current, setCurrent] = useState<number>();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [width, setWidth] = useState(() => document.documentElement.clientWidth);
  // Keys can come faster than the page is drawn.
  const visited = useRef<number>();
  const scroller = useRef<HTMLElement>(null);
  const sides = useRef<HTMLDivElement>(null);
  const list = useRef<ListHandle>(null);

  useEffect(() => {
    const onResize = () => setWidth(document.documentElement.clientWidth);
    window.addEventListener('resize', onResize);
    return () => window.removeEventListener('resize', onResize);
  }, []);
  const isNarrow = width < narrowPx;
  const inline = isNarrow || state.layout === 'inline';

  // Rows have other numbers after an edit.
  useEffect(() => {
    setOpened(new Set());
    if (visited.current !== undefined && visited.current >= rows.length) visit(undefined);
  }, [rows]);

  const blocks = useMemo(
    () => toBlocks(rows, { hideUnchanged, parts, showNoise }, opened),
    [rows, hideUnchanged, parts, showNoise, opened],
  );
  const changes = useMemo(
    () => rows.flatMap((row, at) => (isChange(row, { parts, showNoise }) ? [at] : [])),
    [rows, parts, showNoise],
  );
  const marked = useMemo(() => {
    const changed = new Set(changes);
    return blocks.filter(
      (block) => block.kind === 'ghost' || (block.kind === 'cell' && changed.has(block.index)),
    );
  }, [blocks, changes]);
  const details = useDetails(host, content.diffId, rows, props.refresh, attempt);
  const find = useFind(host, content.diffId, parts, attempt);

  const visit = (row: number | undefined) => {
    visited.current = row;
    setCurrent(row);
  };
  const showRow = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    visit(index);
    if (!blocks.some((block) => block.kind === 'cell' && block.index === index)) {
      setOpened(new Set([...opened, index]));
    }
    requestAnimationFrame(() => {
      list.current?.scrollTo(rowKey(row));
      requestAnimationFrame(() =>
        document.getElementById(cellElementId(index))?.focus({ preventScroll: true }),
      );
    });
  };
  const goChange = (by: 1 | -1) => {
    const row = nextChange(changes, visited.current, by);
    if (row !== undefined) showRow(row);
  };
  const goCell = (by: 1 | -1) => {
    const shown = blocks.flatMap((block) => (block.kind === 'cell' ? [block.index] : []));
    const row = nextChange(shown, visited.current, by);
    if (row !== undefined) showRow(row);
  };

  const target = 'side' in data.target ? data.target.side : undefined;
  const apply = (choice: EditChoice) => {
    if (target !== undefined) attempt(host.apply(content.diffId, choice));
  };

  // What was found is brought into view, then its line within the cell.
  const { match } = find;
  useEffect(() => {
    if (match === undefined) return;
    visit(match.row);
    const row = rows[match.row];
    if (!blocks.some((block) => block.kind === 'cell' && block.index === match.row)) {
      setOpened(new Set([...opened, match.row]));
    }
    requestAnimationFrame(() => row && list.current?.scrollTo(rowKey(row)));
  }, [match]);
  const lastShown = useRef<object>();
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const mark = () => {
      const line = markMatches(element, find.isOpen ? find.text : '', find.matchCase, match);
      if (line !== undefined && match !== undefined && lastShown.current !== match) {
        lastShown.current = match;
        line.scrollIntoView({ block: 'center' });
      }
    };
    mark();
    if (!find.isOpen || find.text === '') return;
    // Cells are drawn, and folds opened, after the page is.
    let frame: number | undefined;
    const observer = new MutationObserver(() => {
      frame ??= requestAnimationFrame(() => {
        frame = undefined;
        mark();
      });
    });
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    return () => {
      if (frame !== undefined) cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, [find.isOpen, find.text, find.matchCase, match]);

  const actions: Readonly<Record<PageAction, () => void>> = {
    nextChange: () => goChange(1),
    previousChange: () => goChange(-1),
    nextCell: () => goCell(1),
    previousCell: () => goCell(-1),
    find: find.open,
    findNext: () => find.go(1),
    findPrevious: () => find.go(-1),
    layout: () => setState({ layout: inline ? 'split' : 'inline' }),
    unchanged: () => setState({ hideUnchanged: !hideUnchanged }),
    parts: () =>
      setState({ parts: partsOrder[(partsOrder.indexOf(parts) + 1) % partsOrder.length] ?? 'all' }),
    noise: () => setState({ showNoise: !showNoise }),
    apply: () => {
      if (visited.current !== undefined && changes.includes(visited.current)) {
        apply({ what: 'cell', row: visited.current });
      }
    },
    swap: () => attempt(host.swapSides()),
    help: () => setHelpOpen(true),
  };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target: from } = event;
      const isTyping =
        from instanceof HTMLElement && from.closest('input[type=text], select, dialog') !== null;
      const action = pageAction(event, isTyping);
      if (action === undefined) return;
      event.preventDefault();
      // VS Code would open a search of its own, which finds only what is drawn.
      event.stopPropagation();
      actions[action]();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });

  const context: DiffContext = {
    ...{ inline, showNoise, target, apply, imageMode },
    reveal: match,
    readMedium: (place) => host.readMedium(content.diffId, place),
    setImageMode: (mode) => setState({ imageMode: mode }),
  };
  const estimate = useCallback((block: Block) => estimateHeightPx(block, { parts }), [parts]);
  const header = content.headerChanges.filter(({ isMinor }) => showNoise || !isMinor);
  const drawBlock = (block: Block) => {
    if (block.kind === 'fold') {
      return (
        <FoldView
          block={block}
          onOpen={(from, to) => {
            const more = Array.from({ length: to - from }, (_, i) => from + i);
            setOpened(new Set([...opened, ...more]));
          }}
        />
      );
    }
    if (block.kind === 'ghost') {
      return <GhostView row={block.row} onGo={() => showRow(block.index)} />;
    }
    return (
      <CellView
        row={block.row}
        index={block.index}
        detail={details.get(block.index)}
        heightPx={estimate(block)}
        language={content.language}
        parts={parts}
        current={block.index === current}
        onVisit={visit}
        onGo={(key) => list.current?.scrollTo(key)}
      />
    );
  };
  const at = current === undefined ? -1 : changes.indexOf(current);
  return (
    <DiffPage.Provider value={context}>
      <Toolbar
        changes={changes.length}
        at={at === -1 ? undefined : at + 1}
        onGo={goChange}
        inline={inline}
        isNarrow={isNarrow}
        onLayout={actions.layout}
        parts={parts}
        onParts={(next) => setState({ parts: next })}
        hideUnchanged={hideUnchanged}
        onHideUnchanged={(hide) => setState({ hideUnchanged: hide })}
        showNoise={showNoise}
        onNoise={(show) => setState({ showNoise: show })}
        onFind={find.open}
        target={data.target}
        onApplyAll={() => apply({ what: 'all' })}
        onOpenNotebook={() => attempt(host.openNotebook())}
        canRestore={data.oldSide.kind === 'checkpoint'}
        onRestore={() => attempt(host.restoreOld())}
        onOpenDiff={() => attempt(host.openInVsCodeDiff())}
        onHelp={actions.help}
      />
      {find.isOpen && <FindBar find={find} />}
      <div class="body">
        <main class={`scroll ${inline ? 'is-inline' : ''}`} ref={scroller}>
          <DiffHeader
            data={data}
            summary={describeSummary(content.summary)}
            notes={
              content.coarse
                ? ['The notebooks are so large that they were compared less carefully than usual.']
                : []
            }
          />
          <SideTitles
            data={data}
            element={sides}
            onPick={(side) => attempt(host.pickSide(side))}
            onSwap={actions.swap}
          />
          {header.length > 0 && <MetadataView changes={header} />}
          {rows.length === 0 && <p class="empty muted">Both notebooks are empty.</p>}
          <VirtualList
            items={blocks}
            estimatePx={estimate}
            draw={drawBlock}
            scroller={scroller}
            handle={list}
            stickyPx={() => sides.current?.offsetHeight ?? 0}
            onDrawn={(drawn) =>
              details.want(drawn.flatMap((block) => (block.kind === 'cell' ? [block.index] : [])))
            }
          />
        </main>
        <Ruler blocks={marked} list={list} scroller={scroller} />
      </div>
      {isHelpOpen && <HelpDialog onClose={() => setHelpOpen(false)} />}
    </DiffPage.Provider>
  );
}
