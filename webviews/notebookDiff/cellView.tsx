import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CellDiff } from '../../src/core/notebook/diffNotebooks';
import type { NotebookCell } from '../../src/core/notebook/notebook';
import { Icon, type IconName } from '../shared/icon';
import { SourceDiff } from '../shared/sourceDiff';
import { alignSource, foldRows } from '../shared/sourceRows';
import { OutputView, Texts } from './outputView';
import { cellTitle, estimateHeightPx, isChange } from './state';
import { oneSideRows } from './textRows';

interface CellViewProps {
  readonly cell: CellDiff;
  readonly row: number;
  readonly language: string;
  readonly current: boolean;
  readonly onVisit: (row: number) => void;
}

const icons: Readonly<Record<CellDiff['kind'], IconName>> = {
  same: 'same',
  changed: 'edit',
  added: 'plus',
  removed: 'minus',
  moved: 'move',
};

export const cellElementId = (row: number) => `cell-${row}`;

/** One row of the diff: a cell of the old notebook beside its counterpart of the new one. */
export function CellView({ cell, row, language, current, onVisit }: CellViewProps) {
  const [section, near] = useNear();
  const kind = cell.kind === 'same' && isChange(cell) ? 'changed' : cell.kind;
  return (
    <section
      ref={section}
      id={cellElementId(row)}
      class={`cell kind-${kind} ${current ? 'current' : ''}`}
      aria-label={`${cellTitle(cell)}: ${places(cell)}`}
      tabIndex={-1}
      onFocusIn={() => onVisit(row)}
      onPointerDown={() => onVisit(row)}
    >
      <header class="cell-head">
        <h3 class="kind">
          <Icon name={icons[kind]} />
          {cellTitle(cell)}
        </h3>
        <span class="muted">
          {places(cell)} · {cellLanguage(cell, language)}
        </span>
      </header>
      {near ? <CellBody cell={cell} /> : <div style={{ height: `${estimateHeightPx(cell)}px` }} />}
    </section>
  );
}

/** Whether the element has been near the visible part: a thousand cells are not drawn at once. */
function useNear() {
  const element = useRef<HTMLElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (near || element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true);
      },
      { rootMargin: '1200px 0px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [near]);
  return [element, near] as const;
}

function places({ oldIndex, newIndex }: CellDiff): string {
  if (oldIndex === undefined) return `cell ${(newIndex ?? 0) + 1}`;
  if (newIndex === undefined) return `old cell ${oldIndex + 1}`;
  return oldIndex === newIndex ? `cell ${newIndex + 1}` : `cell ${oldIndex + 1} → ${newIndex + 1}`;
}

function cellLanguage({ old, new: now }: CellDiff, language: string): string {
  const name = (cell: NotebookCell) => (cell.kind === 'code' ? language : cell.kind);
  if (old !== undefined && now !== undefined && old.kind !== now.kind) {
    return `${name(old)} → ${name(now)}`;
  }
  const cell = now ?? old;
  return cell === undefined ? '' : name(cell);
}

function CellBody({ cell }: { readonly cell: CellDiff }) {
  const { old, new: now } = cell;
  const rows = useMemo(() => {
    if (old !== undefined && now !== undefined) {
      const all = alignSource(old.source, now.source, cell.hunks);
      // Who opened a cell that did not change wants to read it.
      return isChange(cell) ? foldRows(all, 3) : all;
    }
    if (old !== undefined) return oneSideRows(old.source, 'old');
    return now === undefined ? [] : oneSideRows(now.source, 'new');
  }, [cell]);
  return (
    <>
      <SourceDiff rows={rows} label="Source" />
      {cell.metadataChanged && (
        <div class="output">
          <h4>Metadata and attachments</h4>
          <Texts
            oldText={metadataText(cell, 'old')}
            newText={metadataText(cell, 'new')}
            label="Metadata"
          />
        </div>
      )}
      {cell.outputs.map((output, index) => (
        <OutputView key={index} diff={output} number={index + 1} />
      ))}
    </>
  );
}

/** The values that differ, for reading; what editors and runs leave behind is not in it. */
function metadataText({ metadata }: CellDiff, side: 'old' | 'new'): string {
  return metadata
    .filter(({ isMinor }) => !isMinor)
    .flatMap((change) => (change[side] === undefined ? [] : `${change.path}: ${change[side]}`))
    .join('\n');
}
