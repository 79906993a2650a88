import { useMemo } from 'preact/hooks';
import type { OpenedDiff } from '../../src/core/notebook/view/openedDiff';
import type { NotebookDiffData } from '../../src/protocol/notebookDiffPage';
import { Button } from '../shared/controls';
import { DiffHeader, SideTitles } from './diffHeader';
import { toDiffLines } from './diffLines';
import { TextDiff } from './textDiff';
import type { DiffProps } from './view';

interface TextsViewProps extends DiffProps {
  readonly data: NotebookDiffData;
  readonly content: OpenedDiff & { readonly kind: 'texts' };
}

/** Both files as text, where one of them is no readable notebook. */
export function TextsView({ host, attempt, data, content }: TextsViewProps) {
  const { oldSource, newSource, hunks, sourceCut } = content.detail;
  const lines = useMemo(() => toDiffLines(oldSource, newSource, hunks), [content.detail]);
  return (
    <>
      <div class="toolbar" role="toolbar" aria-label="Notebook diff">
        <span class="spacer" />
        <Button onClick={() => attempt(host.openInVsCodeDiff())}>Open in VS Code's Diff</Button>
      </div>
      <main class="scroll texts">
        <DiffHeader
          data={data}
          summary={hunks.length === 0 ? 'No changes' : 'Shown as text'}
          notes={[content.reason]}
        />
        <SideTitles
          data={data}
          element={null}
          onPick={(side) => attempt(host.pickSide(side))}
          onSwap={() => attempt(host.swapSides())}
        />
        <TextDiff label="Files as text" lines={lines} row={0} part="source" fold cut={sourceCut} />
      </main>
    </>
  );
}
