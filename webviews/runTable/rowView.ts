import type { MetricDirection } from '../../src/core/run/metricDirection';
import type { RunId } from '../../src/core/run/run';
import type { ColumnLayout, PlacedColumn } from '../../src/core/table/columnLayout';
import type { TableRow } from '../../src/core/table/groupRows';
import { createIcon, setIcon } from '../shared/iconElement';
import { createCellView } from './cellViews';
import { type CellView, type DrawContext, setClass } from './drawContext';
import { checkWidthPx, rowHeightPx } from './gridBody';
import { rowKey, type Selection } from './selection';

interface RowParts {
  idOf(slot: number): RunId | undefined;
  directionOf(metric: string): MetricDirection | undefined;
}

/** The element of a row on screen; cells too are named after it, for who reads the table cell by cell. */
export function rowElementId(row: TableRow, idOf: RowParts['idOf']): string {
  return row.kind === 'run' ? `row-${idOf(row.slot)}` : `group-${row.group.key}`;
}

/** One row on screen, which shows one run or group after the other. */
export class RowView {
  readonly element: HTMLElement;
  readonly #parts: RowParts;
  readonly #stuck: HTMLElement;
  readonly #slide: HTMLElement;
  readonly #check: HTMLInputElement;
  readonly #fold: HTMLButtonElement;
  readonly #foldIcon = createIcon('right');
  readonly #menu: HTMLButtonElement;
  readonly #pinned: CellView[] = [];
  readonly #cells = new Map<number, CellView>();
  #row: TableRow | undefined;
  #start = 0;
  #end = 0;

  constructor(layout: ColumnLayout, parts: RowParts) {
    this.#parts = parts;
    this.element = create('div', 'row');
    this.element.setAttribute('role', 'row');
    this.#stuck = create('div', 'stuck');
    this.#stuck.setAttribute('role', 'presentation');
    this.#stuck.style.width = `${checkWidthPx + layout.pinnedWidthPx}px`;
    const checkCell = create('div', 'cell cell-check');
    checkCell.setAttribute('role', 'gridcell');
    this.#check = document.createElement('input');
    this.#check.type = 'checkbox';
    this.#check.tabIndex = -1;
    this.#check.dataset.action = 'check';
    this.#fold = createButton('fold', this.#foldIcon);
    checkCell.append(this.#check, this.#fold);
    this.#stuck.append(checkCell);
    for (const placed of layout.pinned) this.#pinned.push(this.#addCell(placed, this.#stuck));
    this.#slide = create('div', 'slide');
    this.#slide.setAttribute('role', 'presentation');
    this.#slide.style.width = `${layout.scrolledWidthPx}px`;
    const menuCell = create('div', 'cell cell-menu');
    menuCell.setAttribute('role', 'gridcell');
    this.#menu = createButton('menu', createIcon('more'));
    this.#menu.setAttribute('aria-haspopup', 'menu');
    this.#menu.title = 'Actions';
    menuCell.append(this.#menu);
    this.element.append(this.#stuck, this.#slide, menuCell);
  }

  #addCell(placed: PlacedColumn, parent: HTMLElement): CellView {
    const view = createCellView(placed.column, this.#parts.directionOf);
    const { element } = view;
    element.dataset.column = placed.column.id;
    element.setAttribute('aria-colindex', String(placed.index + 2));
    element.style.width = `${placed.widthPx}px`;
    if (!placed.isPinned) element.style.left = `${placed.leftPx}px`;
    parent.append(element);
    return view;
  }

  /** @param index its place among all rows, from 0. */
  show(row: TableRow, index: number): void {
    const before = this.#row;
    this.#row = row;
    const { element } = this;
    element.style.transform = `translateY(${index * rowHeightPx}px)`;
    element.setAttribute('aria-rowindex', String(index + 2));
    element.id = rowElementId(row, this.#parts.idOf);
    element.dataset.index = String(index);
    if (row.kind === 'group' || before === undefined || before.kind === 'group')
      this.#showKind(row);
    if (row.kind === 'run') this.#showLevel(row.level, row.level > 0);
  }

  /** It stands beside the others, and is none of them. */
  showBaseline(slot: number): void {
    this.#row = { kind: 'run', slot, level: 0 };
    this.element.id = 'baseline-row';
    this.element.className = 'row';
    this.element.setAttribute('aria-label', 'Baseline');
    this.#fold.hidden = true;
    this.#check.hidden = true;
    this.#menu.hidden = true;
  }

  #showKind(row: TableRow): void {
    const isGroup = row.kind === 'group';
    this.#check.hidden = isGroup;
    this.#menu.hidden = isGroup;
    this.#fold.hidden = !isGroup;
    if (!isGroup) {
      this.element.removeAttribute('aria-expanded');
      return;
    }
    const { group, isOpen } = row;
    this.element.setAttribute('aria-expanded', String(isOpen));
    this.#fold.setAttribute('aria-label', `${isOpen ? 'Fold' : 'Unfold'} ${group.value ?? 'none'}`);
    setIcon(this.#foldIcon, isOpen ? 'opened' : 'folded');
    this.#showLevel(group.level, true);
  }

  /** A row has a level only where some stand below others. */
  #showLevel(level: number, isInTree: boolean): void {
    const shown = isInTree ? String(level + 1) : '';
    if (this.element.dataset.level === shown) return;
    this.element.dataset.level = shown;
    this.element.style.setProperty('--level', String(level));
    if (isInTree) this.element.setAttribute('aria-level', shown);
    else this.element.removeAttribute('aria-level');
  }

  /** The columns that scroll: from `start` up to, not including, `end`. */
  setColumns(columns: readonly PlacedColumn[], start: number, end: number): void {
    if (start === this.#start && end === this.#end) return;
    this.#start = start;
    this.#end = end;
    for (const [index, view] of this.#cells) {
      if (index >= start && index < end) continue;
      view.element.remove();
      this.#cells.delete(index);
    }
    for (let index = start; index < end; index++) {
      const placed = columns[index];
      if (placed === undefined || this.#cells.has(index)) continue;
      this.#cells.set(index, this.#addCell(placed, this.#slide));
    }
  }

  draw(context: DrawContext): void {
    const row = this.#row;
    if (row === undefined) return;
    if (row.kind === 'group') {
      for (const view of this.#pinned) view.drawGroup(row.group, context);
      for (const view of this.#cells.values()) view.drawGroup(row.group, context);
      return;
    }
    const name = context.cells.column('name').text(row.slot) ?? '';
    if (this.#check.dataset.name !== name) {
      this.#check.dataset.name = name;
      this.#check.setAttribute('aria-label', `Select ${name}`);
      this.#menu.setAttribute('aria-label', `Actions for ${name}`);
    }
    for (const view of this.#pinned) view.drawRun(row.slot, context);
    for (const view of this.#cells.values()) view.drawRun(row.slot, context);
  }

  select(selection: Selection): void {
    const row = this.#row;
    if (row === undefined) return;
    const isSelected = row.kind === 'run' && selection.slots.has(row.slot);
    const isFocused = selection.focused === rowKey(row);
    const kind = row.kind === 'group' ? 'row group' : 'row';
    setClass(this.element, `${kind}${isSelected ? ' selected' : ''}${isFocused ? ' focused' : ''}`);
    if (row.kind === 'run') this.element.setAttribute('aria-selected', String(isSelected));
    else this.element.removeAttribute('aria-selected');
    if (this.#check.checked !== isSelected) this.#check.checked = isSelected;
  }
}

function create(tag: string, name: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}

function createButton(action: string, icon: SVGElement): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'plain-button';
  button.tabIndex = -1;
  button.dataset.action = action;
  button.append(icon);
  return button;
}
