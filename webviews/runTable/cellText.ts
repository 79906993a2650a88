import { statusWords } from '../../src/core/present/describeRun';
import type { RunStatus } from '../../src/core/run/run';
import { summarizeFigures } from '../../src/core/statistics/summarizeFigures';
import { formatFigure, formatSummary, numberFormat } from '../../src/core/table/formatCell';
import type { RunGroup } from '../../src/core/table/groupRows';
import { columnValueKind, metricOf, type TableColumn } from '../../src/core/table/tableColumn';
import type { DrawContext } from './drawContext';

/** Stands where a value is still on its way. */
export const pendingText = '…';

/** What the cells of a column say. */
export interface CellText {
  run(slot: number, context: DrawContext): string;
  group(group: RunGroup, context: DrawContext): string;
}

/** Of a column whose cells are words or a number. */
export function createCellText(column: TableColumn): CellText {
  return columnValueKind(column) === 'number' ? numberText(column) : wordText(column);
}

/** Of any column, for who sees it fly past: in one line what is drawn there and no word is left out. */
export function createPlainText(column: TableColumn): CellText {
  const { run, group } = createPlainWords(column);
  return {
    run: (slot, context) => inOneLine(run(slot, context)),
    group: (rows, context) => inOneLine(group(rows, context)),
  };
}

function inOneLine(text: string): string {
  return text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ');
}

function createPlainWords(column: TableColumn): CellText {
  if (column.kind === 'curve' || column.id === 'starred') return { run: () => '', group: () => '' };
  const { run, group } = createCellText(column);
  switch (column.id) {
    case 'status':
      return {
        // SAFETY: the column holds what `Run.status` does.
        run: (slot, { cells }) =>
          statusWords[cells.column('status').text(slot) as RunStatus] ?? pendingText,
        group: () => '',
      };
    case 'name':
      return { run, group: ({ value, slots }) => `${value ?? 'none'} ${countText(slots)}` };
    case 'tags':
      return { run, group: () => '' };
    default:
      return { run, group };
  }
}

/** What the class of a column's cells is, beside `cell`. */
export function cellClass(column: TableColumn): string {
  if (column.kind !== 'curve' && columnValueKind(column) === 'number')
    return metricOf(column) === undefined ? 'cell-number' : 'cell-number cell-metric';
  return 'cell-text';
}

export function countText(slots: readonly number[]): string {
  return slots.length === 1 ? '1 run' : `${slots.length} runs`;
}

function numberText(column: TableColumn): CellText {
  const format = numberFormat(column);
  return {
    run(slot, { cells, nowMs }) {
      const store = cells.column(column.id);
      const own = store.figure(slot);
      if (own === undefined) return store.isMissing(slot) ? pendingText : '';
      if (column.id === 'duration' && Number.isNaN(own)) {
        const startedAtMs = cells.column('start_time').figure(slot);
        return startedAtMs === undefined
          ? pendingText
          : formatFigure(Math.max(0, nowMs - startedAtMs), format, nowMs);
      }
      return formatFigure(own, format, nowMs);
    },
    group({ slots }, { cells, nowMs }) {
      const store = cells.column(column.id);
      const summary = summarizeFigures(slots.map((slot) => store.figure(slot)));
      return formatSummary(summary, slots.length, format, nowMs);
    },
  };
}

function wordText(column: TableColumn): CellText {
  return {
    run(slot, { cells }) {
      const store = cells.column(column.id);
      return store.isMissing(slot) ? pendingText : (store.text(slot) ?? '');
    },
    /** What all runs of a group have, or how many things they have. */
    group({ slots }, { cells }) {
      const store = cells.column(column.id);
      const codes = new Set(slots.map((slot) => store.code(slot)));
      const [first = 0] = slots;
      return codes.size === 1 ? (store.text(first) ?? '') : `${codes.size} values`;
    },
  };
}
