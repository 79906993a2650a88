import type { MetricDirection } from '../../src/core/run/metricDirection';
import type { RunId } from '../../src/core/run/run';
import {
  type ColumnLayout,
  columnWindow,
  type PlacedColumn,
} from '../../src/core/table/columnLayout';
import type { TableRow } from '../../src/core/table/groupRows';
import { rowWindow } from '../shared/rowWindow';
import type { DrawContext } from './drawContext';
import { RowView } from './rowView';
import type { Selection } from './selection';

export const rowHeightPx = 26;
/** Of the check boxes. */
export const checkWidthPx = 32;
export const menuWidthPx = 40;
/** Columns are drawn so far beyond what is seen. */
const columnMarginPx = 240;

/** The lines of the table: all of them, or one of each on demand. */
export interface Rows {
  readonly count: number;
  at(index: number): TableRow | undefined;
}

export interface GridParts {
  /** Scrolls. */
  readonly grid: HTMLElement;
  /** As high as all rows. */
  readonly body: HTMLElement;
  /** Stays above them: where the baseline stands. */
  readonly top: HTMLElement;
  idOf(slot: number): RunId | undefined;
  directionOf(metric: string): MetricDirection | undefined;
  /** What is in sight changed. */
  onVisible(slots: readonly number[], columns: readonly PlacedColumn[]): void;
}

/**
 * Draws the rows and columns in sight into elements that are used again and again. Not by Preact: while
 * someone scrolls, each frame shows hundreds of other cells, and here that is a change of some texts.
 */
export class GridBody {
  readonly #parts: GridParts;
  readonly #free: RowView[] = [];
  readonly #drawn = new Map<number, RowView>();
  #rows: Rows = { count: 0, at: () => undefined };
  #layout: ColumnLayout;
  #context: DrawContext;
  #selection: Selection;
  #size = { widthPx: 0, heightPx: 0 };
  #start = 0;
  #end = 0;
  #columns = { start: 0, end: 0 };
  #top: RowView | undefined;
  #settleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: GridParts, layout: ColumnLayout, context: DrawContext, selection: Selection) {
    this.#parts = parts;
    this.#layout = layout;
    this.#context = context;
    this.#selection = selection;
  }

  setLayout(layout: ColumnLayout): void {
    if (layout === this.#layout) return;
    this.#layout = layout;
    // Columns are other ones: so are the cells of all rows.
    for (const row of [...this.#free, ...this.#drawn.values()]) row.element.remove();
    this.#free.length = 0;
    this.#drawn.clear();
    this.#start = this.#end = 0;
    this.#top = undefined;
    this.#drawTop();
    this.scrolled();
  }

  setRows(rows: Rows): void {
    this.#rows = rows;
    this.#parts.body.style.height = `${rows.count * rowHeightPx}px`;
    this.#start = this.#end = 0;
    this.#release(() => false);
    this.scrolled();
    // Rows of before may not stand below those there are now.
    this.#tidy();
  }

  setContext(context: DrawContext): void {
    this.#context = context;
    this.#drawTop();
    this.redraw();
  }

  setSelection(selection: Selection): void {
    this.#selection = selection;
    for (const row of this.#drawn.values()) row.select(selection);
  }

  resized(widthPx: number, heightPx: number): void {
    this.#size = { widthPx, heightPx };
    this.scrolled();
  }

  /** Draws what came into sight; reads where it is scrolled to and no other measure. */
  scrolled(): void {
    const { grid } = this.#parts;
    const { scrollTop, scrollLeft } = grid;
    const rows = rowWindow(scrollTop, this.#size.heightPx, rowHeightPx, this.#rows.count);
    const fromPx = scrollLeft - columnMarginPx;
    const toPx = scrollLeft + this.#size.widthPx - this.#layout.pinnedWidthPx + columnMarginPx;
    const columns = columnWindow(this.#layout.scrolled, fromPx, toPx);
    const isSameColumns =
      columns.start >= this.#columns.start &&
      columns.end <= this.#columns.end &&
      this.#columns.end - this.#columns.start <= columns.end - columns.start + 8;
    if (rows.start === this.#start && rows.end === this.#end && isSameColumns) return;
    if (!isSameColumns) {
      this.#columns = columns;
      this.#drawTop();
    }
    this.#start = rows.start;
    this.#end = rows.end;
    this.#release((index) => index >= rows.start && index < rows.end);
    for (let index = rows.start; index < rows.end; index++) {
      const drawn = this.#drawn.get(index);
      if (drawn === undefined) this.#draw(index);
      else if (!isSameColumns) this.#place(drawn);
    }
    this.#settle();
    this.#tellVisible();
  }

  /** Draws all that is in sight anew, as its cells may be other ones. */
  redraw(): void {
    this.#top?.draw(this.#context);
    for (const row of this.#drawn.values()) row.draw(this.#context);
  }

  #drawTop(): void {
    const { baseline } = this.#context;
    const { top } = this.#parts;
    if (baseline === undefined) {
      this.#top = undefined;
      top.replaceChildren();
      return;
    }
    if (this.#top === undefined) {
      this.#top = new RowView(this.#layout, this.#parts);
      top.replaceChildren(this.#top.element);
    }
    this.#top.showBaseline(baseline);
    this.#top.setColumns(this.#layout.scrolled, this.#columns.start, this.#columns.end);
    this.#top.draw(this.#context);
  }

  #release(isKept: (index: number) => boolean): void {
    for (const [index, row] of this.#drawn) {
      if (isKept(index)) continue;
      this.#drawn.delete(index);
      this.#free.push(row);
    }
  }

  #draw(index: number): void {
    const row = this.#rows.at(index);
    if (row === undefined) return;
    let view = this.#free.pop();
    if (view === undefined) {
      view = new RowView(this.#layout, this.#parts);
      this.#parts.body.append(view.element);
    }
    this.#drawn.set(index, view);
    view.show(row, index);
    this.#place(view);
    view.select(this.#selection);
  }

  #place(view: RowView): void {
    view.setColumns(this.#layout.scrolled, this.#columns.start, this.#columns.end);
    view.draw(this.#context);
  }

  /** When it has come to rest, rows stand in the document in their order, and none that is not shown. */
  #settle(): void {
    clearTimeout(this.#settleTimer);
    this.#settleTimer = setTimeout(() => this.#tidy(), 150);
  }

  #tidy(): void {
    for (const row of this.#free) row.element.remove();
    this.#free.length = 0;
    const ordered = [...this.#drawn].sort(([a], [b]) => a - b);
    let next = this.#parts.body.firstElementChild;
    for (const [, { element }] of ordered) {
      if (element === next) next = element.nextElementSibling;
      else this.#parts.body.insertBefore(element, next);
    }
  }

  #tellVisible(): void {
    const { baseline } = this.#context;
    const slots = baseline === undefined ? [] : [baseline];
    for (let index = this.#start; index < this.#end; index++) {
      const row = this.#rows.at(index);
      if (row?.kind === 'run') slots.push(row.slot);
    }
    const { pinned, scrolled } = this.#layout;
    const seen = scrolled.slice(this.#columns.start, this.#columns.end);
    this.#parts.onVisible(slots, [...pinned, ...seen]);
  }
}
