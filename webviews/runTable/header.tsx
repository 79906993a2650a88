// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot leave out the rows that are off screen.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus (aria-activedescendant).
import { useState } from 'preact/hooks';
import type { RunTableState } from '../../src/protocol/runTablePage';
import { Icon } from '../shared/icon';
import type { Column } from './columns';

interface HeaderProps {
  readonly columns: readonly Column[];
  readonly state: RunTableState;
  readonly allSelected: boolean;
  readonly onSort: (column: Column) => void;
  readonly onSelectAll: (all: boolean) => void;
}

/** The names of the columns: one stop of the Tab key, walked with the arrow keys. */
export function Header({ columns, state, allSelected, onSort, onSelectAll }: HeaderProps) {
  const [focusedIndex, setFocusedIndex] = useState(0);
  const move = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.max(0, Math.min(columns.length - 1, focusedIndex + by));
    setFocusedIndex(next);
    const row = event.currentTarget;
    if (row instanceof HTMLElement) row.querySelectorAll<HTMLElement>('.sort')[next]?.focus();
  };
  return (
    <div role="rowgroup" class="header">
      <div role="row" class="row" aria-rowindex={1} onKeyDown={move}>
        <div role="columnheader" class="cell cell-check" aria-colindex={1}>
          <input
            type="checkbox"
            tabIndex={-1}
            checked={allSelected}
            aria-label="Select all runs"
            onClick={() => onSelectAll(!allSelected)}
          />
        </div>
        {columns.map((column, at) => {
          const sorted = column.id === state.sortKey;
          const direction = state.sortDescending ? 'descending' : 'ascending';
          return (
            <div
              key={column.id}
              role="columnheader"
              class={`cell cell-${column.kind}`}
              aria-colindex={at + 2}
              aria-sort={sorted ? direction : 'none'}
            >
              <button
                type="button"
                class="sort"
                tabIndex={at === focusedIndex ? 0 : -1}
                title={headerTitle(column)}
                onFocus={() => setFocusedIndex(at)}
                onClick={() => onSort(column)}
              >
                {column.kind === 'star' ? (
                  <>
                    <Icon name="star" />
                    <span class="visually-hidden">{column.label}</span>
                  </>
                ) : (
                  <span class="sort-text">{column.label}</span>
                )}
                {sorted ? <Icon name={state.sortDescending ? 'down' : 'up'} /> : undefined}
              </button>
            </div>
          );
        })}
        <div role="columnheader" class="cell cell-menu" aria-colindex={columns.length + 2}>
          <span class="visually-hidden">Actions</span>
        </div>
      </div>
    </div>
  );
}

function headerTitle(column: Column): string {
  if (column.kind === 'metric') return `Metric ${column.key}, last value`;
  return column.kind === 'param' ? `Param ${column.key}` : column.label;
}
