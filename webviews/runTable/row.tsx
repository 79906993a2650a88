// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot leave out the rows that are off screen.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus (aria-activedescendant).
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid listens to the keys for all rows.
import { memo } from 'preact/compat';
import type { Run } from '../../src/core/run/run';
import { runName } from '../../src/core/run/runName';
import { Icon } from '../shared/icon';
import { StatusLabel } from '../shared/statusLabel';
import { type Column, cellText, cellTitle, tagTexts } from './columns';

export interface RowActions {
  readonly onPress: (run: Run, event: MouseEvent) => void;
  readonly onOpen: (run: Run) => void;
  readonly onCheck: (run: Run) => void;
  readonly onStar: (run: Run) => void;
  readonly onMenu: (run: Run, xPx: number, yPx: number) => void;
}

interface RowProps {
  readonly run: Run;
  /** The run that it is a part of. */
  readonly whole: Run | undefined;
  /** From 0; the header is not counted. */
  readonly index: number;
  readonly columns: readonly Column[];
  readonly selected: boolean;
  readonly focused: boolean;
  readonly nowMs: number;
  readonly actions: RowActions;
}

export const rowElementId = (run: Run) => `row-${run.id}`;

/** One run. Its controls are for the pointer: the keyboard acts on the grid's focused row. */
export const Row = memo(
  ({ run, whole, index, columns, selected, focused, nowMs, actions }: RowProps) => (
    <div
      role="row"
      id={rowElementId(run)}
      aria-rowindex={index + 2}
      aria-selected={selected}
      class={`row ${selected ? 'selected' : ''} ${focused ? 'focused' : ''}`}
      onMouseDown={(event) => {
        // Shift+click chooses a range of rows here, not a range of text.
        if (event.shiftKey) event.preventDefault();
      }}
      onClick={(event) => actions.onPress(run, event)}
      onDblClick={() => actions.onOpen(run)}
      onContextMenu={(event) => {
        event.preventDefault();
        actions.onMenu(run, event.clientX, event.clientY);
      }}
    >
      <div role="gridcell" class="cell cell-check" aria-colindex={1}>
        <input
          type="checkbox"
          tabIndex={-1}
          checked={selected}
          aria-label={`Select ${runName(run)}`}
          onClick={(event) => {
            event.stopPropagation();
            actions.onCheck(run);
          }}
        />
      </div>
      {columns.map((column, at) => (
        <div
          key={column.id}
          role="gridcell"
          class={`cell cell-${column.kind}`}
          aria-colindex={at + 2}
          title={cellTitle(run, column, nowMs)}
        >
          <CellContent run={run} whole={whole} column={column} nowMs={nowMs} actions={actions} />
        </div>
      ))}
      <div role="gridcell" class="cell cell-menu" aria-colindex={columns.length + 2}>
        <button
          type="button"
          class="plain-button"
          tabIndex={-1}
          aria-haspopup="menu"
          aria-label={`Actions for ${runName(run)}`}
          title="Actions"
          onClick={(event) => {
            event.stopPropagation();
            const box = event.currentTarget.getBoundingClientRect();
            actions.onMenu(run, box.left, box.bottom);
          }}
        >
          <Icon name="more" />
        </button>
      </div>
    </div>
  ),
);

interface CellContentProps {
  readonly run: Run;
  readonly whole: Run | undefined;
  readonly column: Column;
  readonly nowMs: number;
  readonly actions: RowActions;
}

function CellContent({ run, whole, column, nowMs, actions }: CellContentProps) {
  switch (column.kind) {
    case 'star':
      return (
        <button
          type="button"
          class={`plain-button star ${run.starred ? 'on' : ''}`}
          tabIndex={-1}
          aria-pressed={run.starred}
          aria-label={`Star ${runName(run)}`}
          title={run.starred ? 'Unstar' : 'Star'}
          onClick={(event) => {
            event.stopPropagation();
            actions.onStar(run);
          }}
        >
          <Icon name={run.starred ? 'starred' : 'star'} />
        </button>
      );
    case 'status':
      return <StatusLabel status={run.status} />;
    case 'name':
      return (
        <>
          {whole === undefined ? undefined : <span class="whole muted">{runName(whole)} ›</span>}
          <span class="name">{runName(run)}</span>
          {run.note === undefined ? undefined : (
            <span class="note" title={run.note}>
              <Icon name="note" />
              <span class="visually-hidden">Note: {run.note}</span>
            </span>
          )}
        </>
      );
    case 'tags':
      return (
        <>
          {tagTexts(run).map((text) => (
            <span key={text} class="tag">
              {text}
            </span>
          ))}
        </>
      );
    default:
      return <>{cellText(run, column, nowMs)}</>;
  }
}
