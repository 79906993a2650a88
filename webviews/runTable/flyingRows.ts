import type { ColumnLayout, PlacedColumn } from '../../src/core/table/columnLayout';
import type { RowWindow } from '../shared/rowWindow';
import { type CellText, cellClass, createPlainText } from './cellText';
import { type DrawContext, setText } from './drawContext';
import { checkWidthPx, type Rows, rowHeightPx } from './gridBody';

interface FlyingColumn {
  readonly element: HTMLElement;
  readonly node: Text;
  readonly text: CellText;
}

/**
 * The rows while they fly past, faster than cell by cell could be drawn: each column is one text, of a
 * line a row. Who does not see it is told nothing of it, as nobody could follow.
 */
export class FlyingRows {
  readonly element = create('flying');
  readonly #slide = create('slide');
  readonly #pinned: readonly FlyingColumn[];
  readonly #scrolled: readonly PlacedColumn[];
  readonly #columns = new Map<number, FlyingColumn>();

  constructor({ pinned, pinnedWidthPx, scrolled, scrolledWidthPx }: ColumnLayout) {
    this.element.setAttribute('aria-hidden', 'true');
    const stuck = create('stuck');
    stuck.style.width = `${checkWidthPx + pinnedWidthPx}px`;
    stuck.style.paddingLeft = `${checkWidthPx}px`;
    this.#pinned = pinned.map((placed) => addColumn(placed, stuck));
    this.#slide.style.width = `${scrolledWidthPx}px`;
    this.#scrolled = scrolled;
    this.element.append(stuck, this.#slide);
  }

  /** Shows the rows from `start` up to, not including, `end`, and so of the columns that scroll. */
  draw(rows: Rows, { start, end }: RowWindow, columns: RowWindow, context: DrawContext): void {
    this.element.style.transform = `translateY(${start * rowHeightPx}px)`;
    this.element.style.height = `${(end - start) * rowHeightPx}px`;
    for (let index = columns.start; index < columns.end; index++) {
      const placed = this.#scrolled[index];
      if (placed !== undefined && !this.#columns.has(index))
        this.#columns.set(index, addColumn(placed, this.#slide));
    }
    for (const { node, text } of [...this.#pinned, ...this.#columns.values()]) {
      let lines = '';
      for (let index = start; index < end; index++) {
        const row = rows.at(index);
        if (row?.kind === 'run') lines += text.run(row.slot, context);
        else if (row !== undefined) lines += text.group(row.group, context);
        lines += '\n';
      }
      setText(node, lines);
    }
  }
}

function addColumn({ column, isPinned, leftPx, widthPx }: PlacedColumn, parent: HTMLElement) {
  const element = create(`flying-column ${cellClass(column)}`);
  element.style.width = `${widthPx}px`;
  if (!isPinned) element.style.left = `${leftPx}px`;
  const node = document.createTextNode('');
  element.append(node);
  parent.append(element);
  return { element, node, text: createPlainText(column) };
}

function create(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  return element;
}
