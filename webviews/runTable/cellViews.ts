import { statusWords } from '../../src/core/present/describeRun';
import type { MetricDirection } from '../../src/core/run/metricDirection';
import type { RunStatus } from '../../src/core/run/run';
import { summarizeFigures } from '../../src/core/statistics/summarizeFigures';
import { deltaOf, verdictMarks } from '../../src/core/table/delta';
import type { RunGroup } from '../../src/core/table/groupRows';
import { partMark } from '../../src/core/table/readCells';
import {
  columnValueKind,
  metricOf,
  rankedMetricOf,
  type TableColumn,
} from '../../src/core/table/tableColumn';
import { createIcon, setIcon } from '../shared/iconElement';
import { cellClass, countText, createCellText, pendingText } from './cellText';
import { createCurveCell } from './curveCell';
import { type CellView, type DrawContext, setClass, setText, setTitle } from './drawContext';

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
  const name = cellClass(column);
  const element = createCell(name);
  const value = appendText(element);
  const delta = document.createElement('span');
  const deltaText = appendText(delta);
  const word = appendText(delta, 'visually-hidden');
  let hasDelta = false;
  const text = createCellText(column);

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
      setText(value, text.run(slot, context));
      const cells = context.cells.column(column.id);
      const { baseline } = context;
      showDelta(
        cells.figure(slot),
        baseline === undefined || baseline === slot ? undefined : cells.figure(baseline),
      );
      markDifference(element, `cell ${name}`, column, slot, context);
    },
    drawGroup(group, context) {
      setText(value, text.group(group, context));
      const cells = context.cells.column(column.id);
      const base = context.baseline === undefined ? undefined : cells.figure(context.baseline);
      showDelta(summarizeFigures(group.slots.map((slot) => cells.figure(slot))).mean, base);
      setClass(element, `cell ${name}`);
    },
  };
}

function createTextCell(column: TableColumn): CellView {
  const name = cellClass(column);
  const element = createCell(name);
  const node = appendText(element);
  const text = createCellText(column);
  return {
    element,
    drawRun(slot, context) {
      setText(node, text.run(slot, context));
      markDifference(element, `cell ${name}`, column, slot, context);
    },
    drawGroup(group, context) {
      setText(node, text.group(group, context));
      setClass(element, `cell ${name}`);
    },
  };
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
      setText(place, countText(slots));
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
