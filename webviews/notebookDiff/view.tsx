import { useEffect, useState } from 'preact/hooks';
import type {
  NotebookDiffData,
  NotebookDiffHost,
  NotebookDiffState,
} from '../../src/protocol/notebookDiffPage';
import { Button, ProgressRing } from '../shared/controls';
import type { PageProps } from '../shared/mountPage';
import { ProblemBar } from '../shared/problemBar';
import { CellsView } from './cellsView';
import { TextsView } from './textsView';

export type DiffProps = PageProps<NotebookDiffHost, NotebookDiffState, NotebookDiffData>;

export function NotebookDiffView(props: DiffProps) {
  const { host, data, problem, attempt, dismissProblem } = props;
  return (
    <div class="page">
      {data !== undefined && <ProblemBar problem={problem} onDismiss={dismissProblem} />}
      {data === undefined ? (
        problem === undefined ? (
          <Loading onCancel={() => attempt(host.cancel())} />
        ) : (
          <main class="empty" role="alert">
            <h1>These notebooks cannot be compared</h1>
            <p>{problem}</p>
            <Button onClick={() => attempt(host.pickSide('old'))}>Choose Another Version…</Button>{' '}
            <Button onClick={() => attempt(host.openInVsCodeDiff())}>Open in VS Code's Diff</Button>
          </main>
        )
      ) : data.content.kind === 'cells' ? (
        <CellsView {...props} data={data} content={data.content} />
      ) : (
        <TextsView {...props} data={data} content={data.content} />
      )}
    </div>
  );
}

/** What takes longer than this can be stopped. */
const patienceMs = 1_000;

function Loading({ onCancel }: { readonly onCancel: () => void }) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="loading">
      <ProgressRing label="Reading both notebooks" />
      {isLong && (
        <>
          <p role="status">Reading and comparing both notebooks…</p>
          <Button onClick={onCancel}>Cancel</Button>
        </>
      )}
    </div>
  );
}
