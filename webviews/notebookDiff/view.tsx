import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { describeSummary } from '../../src/core/notebook/diffNotebooks';
import type {
  NotebookDiffData,
  NotebookDiffHost,
  NotebookDiffState,
} from '../../src/protocol/notebookDiffPage';
import { Button, Checkbox, ProgressRing } from '../shared/controls';
import { Icon } from '../shared/icon';
import type { PageProps } from '../shared/mountPage';
import { ProblemBar } from '../shared/problemBar';
import { CellView, cellElementId } from './cellView';
import { isChange, nextChange, toBlocks } from './state';

export function NotebookDiffView(
  props: PageProps<NotebookDiffHost, NotebookDiffState, NotebookDiffData>,
) {
  const { host, state, setState, data, problem, attempt, dismissProblem } = props;
  return (
    <div class="page">
      {data !== undefined && <ProblemBar problem={problem} onDismiss={dismissProblem} />}
      {data !== undefined ? (
        <Diff
          data={data}
          hideUnchanged={state.hideUnchanged}
          onHideUnchanged={(hideUnchanged) => setState({ hideUnchanged })}
          onOpenDiff={() => attempt(host.openInVsCodeDiff())}
          onRestore={() => attempt(host.restoreOld())}
        />
      ) : problem === undefined ? (
        <div class="loading">
          <ProgressRing label="Reading both notebooks" />
        </div>
      ) : (
        <main class="empty" role="alert">
          <h1>These notebooks cannot be compared</h1>
          <p>{problem}</p>
          <Button onClick={() => attempt(host.openInVsCodeDiff())}>Open in VS Code's Diff</Button>
        </main>
      )}
    </div>
  );
}

interface DiffProps {
  readonly data: NotebookDiffData;
  readonly hideUnchanged: boolean;
  readonly onHideUnchanged: (hide: boolean) => void;
  readonly onOpenDiff: () => void;
  readonly onRestore: () => void;
}

function Diff({ data, hideUnchanged, onHideUnchanged, onOpenDiff, onRestore }: DiffProps) {
  const { cells, summary, coarse } = data.diff;
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [current, setCurrent] = useState<number>();
  // Keys can come faster than the page is drawn.
  const visited = useRef<number>();
  const visit = (row: number) => {
    visited.current = row;
    setCurrent(row);
  };
  const blocks = useMemo(
    () => toBlocks(cells, hideUnchanged, opened),
    [cells, hideUnchanged, opened],
  );
  const changes = useMemo(() => cells.filter(isChange).length, [cells]);

  const go = (by: 1 | -1) => {
    const row = nextChange(cells, visited.current, by);
    if (row === undefined) return;
    visit(row);
    const element = document.getElementById(cellElementId(row));
    element?.scrollIntoView({ block: 'start' });
    element?.focus({ preventScroll: true });
    // The cells above are drawn now that they are near, and may be higher than was thought.
    setTimeout(() => {
      if (visited.current === row) element?.scrollIntoView({ block: 'start' });
    }, 60);
  };

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const by =
        event.key === 'F7'
          ? event.shiftKey
            ? -1
            : 1
          : event.key === 'n'
            ? 1
            : event.key === 'p'
              ? -1
              : undefined;
      if (by === undefined) return;
      event.preventDefault();
      go(by);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });

  return (
    <>
      <div class="toolbar" role="toolbar" aria-label="Notebook diff">
        <Button disabled={changes === 0} title="Next change (F7 or N)" onClick={() => go(1)}>
          Next Change
        </Button>
        <Button
          disabled={changes === 0}
          title="Previous change (Shift+F7 or P)"
          onClick={() => go(-1)}
        >
          Previous Change
        </Button>
        <Checkbox checked={hideUnchanged} onChange={onHideUnchanged}>
          Hide unchanged
        </Checkbox>
        <span class="spacer" />
        <Button onClick={onOpenDiff}>Open in VS Code's Diff</Button>
        <Button onClick={onRestore}>Restore Old Version</Button>
      </div>
      <main class="scroll">
        <header class="titles">
          <h1>{data.notebook}</h1>
          <p role="status">{describeSummary(summary)}</p>
          {coarse && (
            <p class="muted">
              <Icon name="interrupted" /> The notebooks are so large that their cells were paired
              less carefully than usual.
            </p>
          )}
        </header>
        <div class="sides">
          <h2>{data.oldTitle}</h2>
          <h2>{data.newTitle}</h2>
        </div>
        {cells.length === 0 && <p class="empty muted">Both notebooks are empty.</p>}
        {blocks.map((block) =>
          block.kind === 'fold' ? (
            <button
              key={`fold-${block.row}`}
              type="button"
              class="fold-cells"
              onClick={() => setOpened(new Set([...opened, block.row]))}
            >
              ⋯ {block.count} unchanged {block.count === 1 ? 'cell' : 'cells'}
            </button>
          ) : (
            <CellView
              key={block.row}
              cell={block.cell}
              row={block.row}
              language={data.language}
              current={block.row === current}
              onVisit={visit}
            />
          ),
        )}
      </main>
    </>
  );
}
