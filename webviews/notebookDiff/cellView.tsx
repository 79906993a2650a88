import { useContext, useMemo } from 'preact/hooks';
import type { CellDetail } from '../../src/core/notebook/view/cellDetail';
import type { DiffRow } from '../../src/core/notebook/view/diffRows';
import { highlightPython } from '../../src/core/python/highlightPython';
import type { DiffParts } from '../../src/protocol/notebookDiffPage';
import { Icon, type IconName } from '../shared/icon';
import { toDiffLines } from './diffLines';
import { MetadataView } from './metadataView';
import { OutputView } from './outputView';
import { DiffPage } from './pageContext';
import { cellTitle, isChange, places, rowKey } from './state';
import { TextDiff } from './textDiff';

interface CellViewProps {
  readonly row: DiffRow;
  readonly index: number;
  /** Undefined until the host has answered. */
  readonly detail: CellDetail | undefined;
  readonly heightPx: number;
  readonly language: string;
  readonly parts: DiffParts;
  readonly current: boolean;
  readonly onVisit: (index: number) => void;
  /** Goes to a row, or to the old place of a moved one. */
  readonly onGo: (key: string) => void;
}

export const kindIcons: Readonly<Record<DiffRow['kind'], IconName>> = {
  same: 'same',
  changed: 'edit',
  added: 'plus',
  removed: 'minus',
  moved: 'move',
};

export const cellElementId = (index: number) => `cell-${index}`;

/** One row of the diff: a cell of the old notebook and its counterpart of the new one. */
export function CellView(props: CellViewProps) {
  const { row, index, detail, heightPx, language, parts, current, onVisit, onGo } = props;
  const { target, apply, showNoise } = useContext(DiffPage);
  const changed = isChange(row, { parts: 'all', showNoise });
  const kind = row.kind === 'same' && changed ? 'changed' : row.kind;
  const isSplit = row.splitFrom !== undefined || row.mergedInto !== undefined;
  const title = cellTitle(row, showNoise);
  const name = `${title}: ${places(row)}`;
  return (
    <section
      id={cellElementId(index)}
      class={`cell kind-${kind} ${current ? 'current' : ''}`}
      aria-label={name}
      tabIndex={-1}
      onFocusIn={() => onVisit(index)}
      onPointerDown={() => onVisit(index)}
    >
      <div class="rail" aria-hidden="true">
        <Icon name={isSplit ? 'split' : kindIcons[kind]} />
        <span>{row.oldIndex === undefined ? '' : `#${row.oldIndex + 1}`}</span>
        {row.oldIndex !== undefined && row.newIndex !== undefined && <span>↓</span>}
        <span>{row.newIndex === undefined ? '' : `#${row.newIndex + 1}`}</span>
      </div>
      <div class="cell-content">
        <header class="cell-head">
          <h3 class="kind">{title}</h3>
          <span class="muted">
            {places(row)} · {typeText(row, detail?.language ?? language)}
          </span>
          {row.addedLines !== undefined && (
            <span class="counts">
              +{row.addedLines} −{row.removedLines} lines
            </span>
          )}
          {row.kind === 'moved' && (
            <button type="button" class="link" onClick={() => onGo(`ghost${rowKey(row)}`)}>
              Go to old place
            </button>
          )}
          <span class="spacer" />
          {target !== undefined && changed && (
            <button
              type="button"
              class="plain-button take-cell"
              title={`${takeTitle(row, target)} (A)`}
              aria-label={`${takeTitle(row, target)}: ${places(row)}`}
              onClick={() => apply({ what: 'cell', row: index })}
            >
              <Icon name={target === 'new' ? 'right' : 'left'} />
              {takeTitle(row, target)}
            </button>
          )}
        </header>
        {detail === undefined ? (
          <div class="blank" style={{ height: `${Math.max(0, heightPx - 42)}px` }} />
        ) : (
          <CellBody {...{ row, index, detail, language, parts }} />
        )}
      </div>
    </section>
  );
}

/** What bringing a row into one side does there. */
export function takeTitle({ kind }: DiffRow, target: 'old' | 'new'): string {
  const onlyThere = target === 'new' ? 'added' : 'removed';
  const onlyOther = target === 'new' ? 'removed' : 'added';
  if (kind === onlyThere) return target === 'new' ? 'Remove again' : 'Remove';
  if (kind === onlyOther) return target === 'new' ? 'Bring back' : 'Add';
  return target === 'new' ? 'Revert cell' : 'Take cell';
}

function typeText({ type, oldType }: DiffRow, language: string): string {
  const name = (kind: DiffRow['type']) => (kind === 'code' ? language : kind);
  return oldType === undefined ? name(type) : `${name(oldType)} → ${name(type)}`;
}

interface CellBodyProps {
  readonly row: DiffRow;
  readonly index: number;
  readonly detail: CellDetail;
  readonly language: string;
  readonly parts: DiffParts;
}

function CellBody({ row, index, detail, language, parts }: CellBodyProps) {
  const { showNoise } = useContext(DiffPage);
  const { oldSource, newSource, hunks } = detail;
  const lines = useMemo(
    () => toDiffLines(oldSource, newSource, hunks),
    [oldSource, newSource, hunks],
  );
  const tokens = useMemo(() => {
    const ofType = (type: DiffRow['type'], source: string | undefined) =>
      source !== undefined && type === 'code' && (detail.language ?? language) === 'python'
        ? highlightPython(source)
        : [];
    return { old: ofType(row.oldType ?? row.type, oldSource), new: ofType(row.type, newSource) };
  }, [oldSource, newSource, row.type, row.oldType, language, detail.language]);
  const metadata = detail.metadata.filter(({ isMinor }) => showNoise || !isMinor);
  // Who opened a cell that did not change wants to read it.
  const fold = hunks.length > 0;
  return (
    <>
      {parts !== 'outputs' && (
        <TextDiff
          label="Source"
          lines={lines}
          row={index}
          part="source"
          fold={fold}
          tokens={tokens}
          cut={detail.sourceCut}
          canTake={hunks.length > 0 && detail.sourceCut === undefined}
        />
      )}
      {parts !== 'outputs' && metadata.length > 0 && <MetadataView changes={metadata} />}
      {parts !== 'sources' &&
        detail.outputs.map((output, at) => (
          <OutputView key={at} output={output} row={index} index={at} />
        ))}
    </>
  );
}
