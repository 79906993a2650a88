import { statusWords } from '../../src/core/present/describeRun';
import type { MetricDirection } from '../../src/core/run/metricDirection';
import type { RunStatus } from '../../src/core/run/run';
import { deltaOf, verdictMarks } from '../../src/core/table/delta';
import { formatFigure, formatSummary, numberFormat } from '../../src/core/table/formatCell';
import { type RunGroup, summarizeFigures } from '../../src/core/table/groupRows';
import { partMark } from '../../src/core/table/readCells';
import {
  columnGroup,
  columnValueKind,
  metricOf,
  rankedMetricOf,
  type TableColumn,
} from '../../src/core/table/tableColumn';
import { createIcon, setIcon } from '../shared/iconElement';
import { createCurveCell } from './curveCell';
import { type CellView, type DrawContext, setClass, setText, setTitle } from './drawContext';

/** Stands where a value is still on its way. */
const pendingText = '…';

export function createCellView(
  column: TableColumn,
  directionOf: (metric: string) => MetricDirection | undefined,
): CellView {
  if (column.kind === 'curve') return createCurveCell(column.key);
  if (column.id === 'starred') return createStarCell();
  if (column.id === 'status') return createStatusCell();
  if (column.id === 'name') return createNameCell();
  if (column.id === 'tags') return createTagsCell();
  return columnValueKind(column) === 'number'
    ? createNumberCell(column, directionOf)
    : createTextCell(column);
}

function createCell(name: string): HTMLElement {
  const cell = document.createElement('div');
  cell.setAttribute('role', 'gridcell');
  cell.className = `cell ${name}`;
  return cell;
}

function appendText(parent: HTMLElement, name?: string): Text {
  const text = document.createTextNode('');
  if (name === undefined) parent.append(text);
  else {
    const span = document.createElement('span');
    span.className = name;
    span.append(text);
    parent.append(span);
  }
  return text;
}

function createNumberCell(
  column: TableColumn,
  directionOf: (metric: string) => MetricDirection | undefined,
): CellView {
  const metric = metricOf(column);
  const ranked = rankedMetricOf(column);
  const name = metric === undefined ? 'cell-number' : 'cell-number cell-metric';
  const element = createCell(name);
  const value = appendText(element, 'value');
  const delta = document.createElement('span');
  const deltaText = appendText(delta);
  const word = appendText(delta, 'visually-hidden');
  let hasDelta = false;
  const format = numberFormat(column);

  function showDelta(own: number | undefined, base: number | undefined): void {
    const shown =
      own === undefined || base === undefined || metric === undefined
        ? undefined
        : deltaOf(own, base, ranked === undefined ? undefined : directionOf(ranked));
    if ((shown !== undefined) !== hasDelta) {
      hasDelta = shown !== undefined;
      if (hasDelta) element.append(delta);
      else delta.remove();
    }
    if (shown === undefined) return;
    const { text, verdict } = shown;
    setText(deltaText, verdict === undefined ? text : `${text} ${verdictMarks[verdict]}`);
    setText(word, verdict === undefined ? '' : ` ${verdict} than the baseline`);
    setClass(delta, verdict === undefined ? 'delta' : `delta delta-${verdict}`);
  }

  return {
    element,
    drawRun(slot, context) {
      const cells = context.cells.column(column.id);
      const own = cells.figure(slot);
      setText(value, ownText(slot, own, context));
      const { baseline } = context;
      showDelta(
        own,
        baseline === undefined || baseline === slot ? undefined : cells.figure(baseline),
      );
      markDifference(element, `cell ${name}`, column, slot, context);
    },
    drawGroup(group, context) {
      const cells = context.cells.column(column.id);
      const summary = summarizeFigures(group.slots.map((slot) => cells.figure(slot)));
      setText(value, formatSummary(summary, group.slots.length, format, context.nowMs));
      const base = context.baseline === undefined ? undefined : cells.figure(context.baseline);
      showDelta(summary.mean, base);
      setClass(element, `cell ${name}`);
    },
  };

  function ownText(slot: number, own: number | undefined, context: DrawContext): string {
    if (own === undefined) {
      return context.cells.column(column.id).isMissing(slot) ? pendingText : '';
    }
    if (column.id === 'duration' && Number.isNaN(own)) {
      const startedAtMs = context.cells.column('start_time').figure(slot);
      return startedAtMs === undefined
        ? pendingText
        : formatFigure(Math.max(0, context.nowMs - startedAtMs), format, context.nowMs);
    }
    return formatFigure(own, format, context.nowMs);
  }
}

function createTextCell(column: TableColumn): CellView {
  const group = columnGroup(column);
  const name = group === 'param' ? 'cell-text cell-param' : 'cell-text';
  const element = createCell(name);
  const text = appendText(element);
  return {
    element,
    drawRun(slot, context) {
      const cells = context.cells.column(column.id);
      setText(text, cells.isMissing(slot) ? pendingText : (cells.text(slot) ?? ''));
      markDifference(element, `cell ${name}`, column, slot, context);
    },
    drawGroup({ slots }, context) {
      setText(text, groupText(slots, column, context));
      setClass(element, `cell ${name}`);
    },
  };
}

/** What all runs of a group have, or how many things they have. */
function groupText(
  slots: readonly number[],
  column: TableColumn,
  { cells }: Pick<DrawContext, 'cells'>,
): string {
  const store = cells.column(column.id);
  const codes = new Set(slots.map((slot) => store.code(slot)));
  const [first = 0] = slots;
  return codes.size === 1 ? (store.text(first) ?? '') : `${codes.size} values`;
}

function markDifference(
  element: HTMLElement,
  name: string,
  column: TableColumn,
  slot: number,
  { cells, references }: DrawContext,
): void {
  const reference = references?.get(column.id);
  const isDifferent =
    reference !== undefined && !Object.is(cells.column(column.id).code(slot), reference);
  setClass(element, isDifferent ? `${name} differs` : name);
  if (isDifferent) element.setAttribute('aria-description', 'differs');
  else element.removeAttribute('aria-description');
}

function createStarCell(): CellView {
  const element = createCell('cell-star');
  const button = document.createElement('button');
  button.type = 'button';
  button.tabIndex = -1;
  button.dataset.action = 'star';
  const icon = createIcon('star');
  button.append(icon);
  element.append(button);
  let shown: string | undefined;
  return {
    element,
    drawRun(slot, { cells }) {
      const isStarred = cells.column('starred').text(slot) !== undefined;
      const label = `Star ${cells.column('name').text(slot) ?? ''}`;
      const key = `${isStarred} ${label}`;
      if (shown === key) return;
      shown = key;
      button.hidden = false;
      setClass(button, isStarred ? 'plain-button star on' : 'plain-button star');
      setIcon(icon, isStarred ? 'starred' : 'star');
      button.setAttribute('aria-pressed', String(isStarred));
      button.setAttribute('aria-label', label);
      setTitle(button, isStarred ? 'Unstar' : 'Star');
    },
    drawGroup() {
      shown = undefined;
      button.hidden = true;
    },
  };
}

function createStatusCell(): CellView {
  const element = createCell('cell-status');
  const label = document.createElement('span');
  const icon = createIcon('finished');
  label.append(icon);
  const word = appendText(label);
  element.append(label);
  let shown: string | undefined;
  return {
    element,
    drawRun(slot, { cells }) {
      // SAFETY: the column holds what `Run.status` does.
      const status = cells.column('status').text(slot) as RunStatus | undefined;
      if (shown === status) return;
      shown = status;
      label.hidden = status === undefined;
      if (status === undefined) return;
      setIcon(icon, status);
      setClass(label, `status status-${status}`);
      setText(word, statusWords[status]);
    },
    drawGroup() {
      shown = undefined;
      label.hidden = true;
    },
  };
}

function createNameCell(): CellView {
  const element = createCell('cell-name');
  const whole = appendText(element, 'whole muted');
  const name = appendText(element, 'name');
  const place = appendText(element, 'place');
  const note = document.createElement('span');
  note.className = 'note';
  const noteText = document.createElement('span');
  noteText.className = 'visually-hidden';
  note.append(createIcon('note'), noteText);
  let hasNote = false;
  const showNote = (text: string | undefined) => {
    if ((text !== undefined) !== hasNote) {
      hasNote = text !== undefined;
      if (hasNote) element.append(note);
      else note.remove();
    }
    if (text === undefined || noteText.textContent === `Note: ${text}`) return;
    noteText.textContent = `Note: ${text}`;
    note.title = text;
  };
  return {
    element,
    drawRun(slot, { cells }) {
      const text = cells.column('name').text(slot) ?? pendingText;
      const at = text.lastIndexOf(partMark);
      setText(whole, at < 0 ? '' : text.slice(0, at + partMark.length - 1));
      setText(name, at < 0 ? text : text.slice(at + partMark.length));
      const state = cells.column('place').text(slot);
      setText(place, state === undefined ? '' : `(${state})`);
      showNote(cells.column('note').text(slot));
    },
    drawGroup({ value, slots }) {
      setText(whole, '');
      setText(name, value ?? 'none');
      setText(place, slots.length === 1 ? '1 run' : `${slots.length} runs`);
      showNote(undefined);
    },
  };
}

function createTagsCell(): CellView {
  const element = createCell('cell-tags');
  let shown = '';
  const show = (text: string) => {
    if (text === shown) return;
    shown = text;
    const chips = text === '' ? [] : text.split('\n');
    element.replaceChildren(
      ...chips.map((chip) => {
        const span = document.createElement('span');
        span.className = 'tag';
        span.textContent = chip;
        return span;
      }),
    );
  };
  return {
    element,
    drawRun: (slot, { cells }) => show(cells.column('tags').text(slot) ?? ''),
    drawGroup: (_group: RunGroup) => show(''),
  };
}
