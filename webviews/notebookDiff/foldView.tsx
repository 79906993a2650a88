import type { DiffRow } from '../../src/core/notebook/view/diffRows';
import { Icon } from '../shared/icon';
import type { Block } from './state';

interface FoldViewProps {
  readonly block: Block & { readonly kind: 'fold' };
  readonly onOpen: (from: number, to: number) => void;
}

/** Cells that one step into a fold shows. */
const stepCells = 3;

/** Unchanged cells as one line, to be opened as a whole or from either end. */
export function FoldView({ block: { from, to }, onOpen }: FoldViewProps) {
  const count = to - from;
  const isLong = count > 2 * stepCells;
  return (
    <div class="fold-cells">
      <button type="button" class="plain-button" onClick={() => onOpen(from, to)}>
        ⋯ {count.toLocaleString('en')} unchanged {count === 1 ? 'cell' : 'cells'}
      </button>
      {isLong && (
        <>
          <button type="button" class="plain-button" onClick={() => onOpen(from, from + stepCells)}>
            ↓ {stepCells} more below
          </button>
          <button type="button" class="plain-button" onClick={() => onOpen(to - stepCells, to)}>
            ↑ {stepCells} more above
          </button>
        </>
      )}
    </div>
  );
}

/** The place that a cell was moved away from. */
export function GhostView({ row, onGo }: { readonly row: DiffRow; readonly onGo: () => void }) {
  return (
    <div class="ghost">
      <Icon name="move" />
      <span>
        Old cell {(row.oldIndex ?? 0) + 1} moved to {(row.newIndex ?? 0) + 1}
      </span>
      <span class="ghost-title mono">{row.title}</span>
      <button type="button" class="link" onClick={onGo}>
        Go to new place
      </button>
    </div>
  );
}
