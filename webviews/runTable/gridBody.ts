import type { MetricDirection } from '../../src/core/run/metricDirection';
import type { RunId } from '../../src/core/run/run';
import {
  type ColumnLayout,
  columnWindow,
  type PlacedColumn,
} from '../../src/core/table/columnLayout';
import type { TableRow } from '../../src/core/table/groupRows';
import { overscanRows, type RowWindow, rowWindow } from '../shared/rowWindow';
import type { DrawContext } from './drawContext';
import { FlyingRows } from './flyingRows';
import { RowView } from './rowView';
import type { Selection } from './selection';

export const rowHeightPx = 26;
/** Of the check boxes. */
export const checkWidthPx = 32;
export const menuWidthPx = 40;
/** Columns are drawn so far beyond what is seen. */
const columnMarginPx = 240;

/** Rows fly past when more than this part of them is another in each frame. */
const flyingPart = 0.3;
/** Who flies goes on while it is at least this part: to land takes as long as several such frames. */
const soaringPart = 0.08;
/** They are drawn cell by cell when none has flown past for so long. */
const landMs = 80;
/** So many more rows are drawn in the direction of the flight. */
const maxFurtherRows = 20;
/** A turn of the wheel, or a stroke of fingers, goes on for so long. */
const wheelMs = 200;

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
  /** Where the rows in sight began when it was last scrolled. */
  #lastStart = 0;
  #isFast = false;
  #flying: FlyingRows | undefined;
  #landTimer: ReturnType<typeof setTimeout> | undefined;
  #landFrame = 0;
  #wheeledAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: GridParts, layout: ColumnLayout, context: DrawContext, selection: Selection) {
    this.#parts = parts;
    this.#layout = layout;
    this.#context = context;
    this.#selection = selection;
    const wheeled = () => {
      this.#wheeledAtMs = performance.now();
    };
    parts.grid.addEventListener('wheel', wheeled, { passive: true });
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
    this.drawSeen();
  }

  setRows(rows: Rows): void {
    this.#rows = rows;
    this.#parts.body.style.height = `${rows.count * rowHeightPx}px`;
    this.#start = this.#end = 0;
    this.#release(() => false);
    this.drawSeen();
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
    this.drawSeen();
  }

  /** Draws what came into sight while it scrolls; reads where it is scrolled to and no other measure. */
  scrolled(): void {
    const { start, end } = this.#rowsInSight();
    const movedBy = start - this.#lastStart;
    const wasFast = this.#isFast;
    const part = this.#flying === undefined ? flyingPart : soaringPart;
    this.#isFast = Math.abs(movedBy) > part * (end - start);
    this.#lastStart = start;
    if (this.#isFast) this.#landLater();
    // One jump alone is drawn as it will stay; more comes after it where it is by the wheel.
    const goesOn = wasFast || performance.now() - this.#wheeledAtMs < wheelMs;
    if (this.#isFast && goesOn) this.#fly();
    if (this.#flying === undefined) {
      this.drawSeen();
      return;
    }
    // On screen it will be further on, and until the next frame as far again.
    const ahead = Math.sign(movedBy) * overscanRows;
    const further = Math.sign(movedBy) * Math.min(maxFurtherRows, Math.abs(movedBy));
    const rows = {
      start: Math.max(0, start + ahead + Math.min(0, further)),
      end: Math.min(this.#rows.count, end + ahead + Math.max(0, further)),
    };
    this.#flying.draw(this.#rows, rows, this.#columnsInSight(0), this.#context);
  }

  #landLater(): void {
    clearTimeout(this.#landTimer);
    cancelAnimationFrame(this.#landFrame);
    this.#landTimer = setTimeout(() => {
      this.#isFast = false;
      // With the frame, after it was read where that is scrolled to: else all would be laid out twice.
      this.#landFrame = requestAnimationFrame(() => this.drawSeen());
    }, landMs);
  }

  #fly(): void {
    if (this.#flying !== undefined) return;
    this.#flying = new FlyingRows(this.#layout);
    this.#parts.body.append(this.#flying.element);
  }

  /** Draws what is in sight, cell by cell. */
  drawSeen(): void {
    this.#land();
    const rows = this.#rowsInSight();
    const columns = this.#columnsInSight(columnMarginPx);
    this.#lastStart = rows.start;
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

  #rowsInSight(): RowWindow {
    const { scrollTop } = this.#parts.grid;
    return rowWindow(scrollTop, this.#size.heightPx, rowHeightPx, this.#rows.count);
  }

  #columnsInSight(marginPx: number) {
    const { scrollLeft } = this.#parts.grid;
    const toPx = scrollLeft + this.#size.widthPx - this.#layout.pinnedWidthPx;
    return columnWindow(this.#layout.scrolled, scrollLeft - marginPx, toPx + marginPx);
  }

  #land(): void {
    if (this.#flying === undefined) return;
    clearTimeout(this.#landTimer);
    cancelAnimationFrame(this.#landFrame);
    this.#flying.element.remove();
    this.#flying = undefined;
    // What changed meanwhile was not drawn.
    this.#start = this.#end = 0;
    this.#release(() => false);
  }

  /** Draws all that is in sight anew, as its cells may be other ones. */
  redraw(): void {
    this.#top?.draw(this.#context);
    if (this.#flying !== undefined) return;
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
    // In the order in which they were let go: where all rows are other ones, each stays where it is.
    let view = this.#free.shift();
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
