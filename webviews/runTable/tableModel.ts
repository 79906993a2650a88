import type { Remote } from '../../src/core/rpc';
import type { RunId } from '../../src/core/run/run';
import { parseSearch } from '../../src/core/search/parseSearch';
import type { Catalogue } from '../../src/core/table/catalogue';
import { keepOrder } from '../../src/core/table/liveOrder';
import { parseColumn } from '../../src/core/table/tableColumn';
import type { ColumnSort } from '../../src/core/table/tableState';
import type { RunTableHost, TableAnswer } from '../../src/protocol/runTablePage';
import { CellStore } from './cellStore';

/** What decides which runs are on show, and what is shown of them. */
export interface TableWish {
  readonly search: string;
  readonly sort: readonly ColumnSort[];
  readonly columns: readonly string[];
}

/** What the page knows of its runs; replaced as a whole whenever some of it changes. */
export interface TableFacts {
  readonly order: Uint32Array;
  readonly runCount: number;
  readonly catalogue: Catalogue;
  readonly baseline: RunId | undefined;
  /** Found, and not on show so as not to move what is. */
  readonly newCount: number;
  readonly isOutdated: boolean;
}

export interface TableListener {
  factsChanged(): void;
  /** Cells came; `isAll`: all that there are in the wanted columns. */
  cellsChanged(isAll: boolean): void;
  failed(error: unknown): void;
}

/** Needed of every run, whatever the columns. */
export const basicColumns: readonly string[] = [
  ...['starred', 'status', 'name', 'start_time', 'note', 'place'],
];

const firstRows = 60;
const chunkRows = 500;
/** At most so often a live table asks for its order. */
const liveMs = 400;
/** What the user does here may change the order for so long. */
const ownMs = 2000;

/** Asks the host for what the page shows, and keeps what it said. */
export class TableModel {
  readonly cells = new CellStore();
  /** Told of the runs that changed. */
  onStale: (slots: Uint32Array) => void = () => undefined;
  /** Whether the user has a hand on rows, which may not move then. */
  isHeld: () => boolean = () => false;
  readonly #ids: RunId[] = [];
  readonly #slots = new Map<RunId, number>();
  readonly #gone = new Set<number>();
  #host: Remote<RunTableHost> | undefined;
  #listener: TableListener | undefined;
  #wish: TableWish | undefined;
  #facts: TableFacts | undefined;
  #fresh: Uint32Array | undefined;
  #columnIds: readonly string[] = [];
  #queryNumber = 0;
  /** Whether the user asked for what no answer has shown yet: the next that is taken does, whoever asked. */
  #owesOwn = false;
  #isFilling = false;
  #fillAgain = false;
  #visible: ArrayLike<number> = [];
  #visibleColumns: readonly string[] = [];
  #liveTimer: ReturnType<typeof setTimeout> | undefined;
  #followsUntilMs = 0;
  /** Whether new runs may be put where they belong at once. */
  #isAtTop = true;

  get facts(): TableFacts | undefined {
    return this.#facts;
  }

  connect(host: Remote<RunTableHost>): void {
    this.#host = host;
  }

  listen(listener: TableListener): void {
    this.#listener = listener;
  }

  id(slot: number): RunId | undefined {
    return this.#ids[slot];
  }

  slot(id: RunId): number | undefined {
    return this.#slots.get(id);
  }

  /** A search that cannot be read changes nothing: what was found before stays. */
  setWish(wish: TableWish): void {
    const before = this.#wish;
    const search = parseSearch(wish.search).error ? (before?.search ?? '') : wish.search;
    if (before && before.search === search && same(before.sort, wish.sort)) {
      this.#wish = { ...wish, search };
      return;
    }
    this.#wish = { ...wish, search };
    void this.#query(true);
  }

  /** The columns to have the cells of, for every run. */
  setColumns(ids: readonly string[]): void {
    if (same(this.#columnIds, ids)) return;
    this.#columnIds = ids;
    void this.#fill();
  }

  /** What is in sight is asked for first. */
  setVisible(slots: ArrayLike<number>, columns: readonly string[]): void {
    this.#visible = slots;
    this.#visibleColumns = columns;
    if (this.cells.findMissing(slots, columns).slots.length > 0) void this.#fill();
  }

  /** Asks again what could not be answered. */
  retry(): void {
    void this.#query(true);
  }

  setAtTop(isAtTop: boolean): void {
    this.#isAtTop = isAtTop;
  }

  /** What the user does here is shown where it belongs. */
  followSoon(): void {
    this.#followsUntilMs = performance.now() + ownMs;
  }

  /** Shows what is found now, in its order. */
  showFresh(): void {
    const facts = this.#facts;
    if (!facts || !this.#fresh) return;
    this.#setFacts({ ...facts, order: this.#fresh, newCount: 0, isOutdated: false });
    void this.#fill();
  }

  runsChanged(slots: Uint32Array): void {
    this.cells.markStale(slots);
    this.onStale(slots);
    void this.#fill();
    this.#liveTimer ??= setTimeout(() => {
      this.#liveTimer = undefined;
      void this.#query(false);
    }, liveMs);
  }

  baselineChanged(baseline: RunId | undefined): void {
    if (this.#facts) this.#setFacts({ ...this.#facts, baseline });
  }

  /** Resolves when all cells of these columns are there, for each run that is on show. */
  async complete(columns: readonly string[]): Promise<void> {
    const order = this.#facts?.order ?? new Uint32Array();
    for (let at = 0; at < order.length; at += chunkRows) {
      await this.#load(order.subarray(at, at + chunkRows), withBasic(columns));
    }
  }

  /** Resolves when the cells of some runs are there, as they are now. */
  async load(slots: readonly number[], columns: readonly string[]): Promise<void> {
    await this.#load(slots, columns);
  }

  async #query(isOwn: boolean): Promise<void> {
    this.#owesOwn ||= isOwn;
    const wish = this.#wish;
    if (!this.#host || !wish) return;
    const number = ++this.#queryNumber;
    try {
      const columns = wish.columns.length === 0 ? [] : withBasic(wish.columns);
      const { version } = this.cells;
      const answer = await this.#host.queryRuns({
        ...{ search: wish.search, sort: wish.sort, columns },
        knownSlots: this.#ids.length,
        firstRows: this.#ids.length === 0 ? firstRows : 0,
      });
      this.#learnIds(answer);
      this.cells.markStale(answer.staleSlots);
      this.onStale(answer.staleSlots);
      // A later one is under way: what it finds counts.
      if (number !== this.#queryNumber) return;
      this.cells.add(answer.cells, version);
      this.#take(answer);
      void this.#fill();
    } catch (error) {
      if (number === this.#queryNumber) this.#listener?.failed(error);
    }
  }

  #learnIds({ newIds, firstNewSlot, goneSlots }: TableAnswer): void {
    for (const [index, id] of newIds.entries()) {
      this.#ids[firstNewSlot + index] = id;
      this.#slots.set(id, firstNewSlot + index);
    }
    this.cells.reserve(this.#ids.length);
    this.#gone.clear();
    for (const slot of goneSlots) this.#gone.add(slot);
  }

  #take(answer: TableAnswer): void {
    const { order, runCount, catalogue, baseline } = answer;
    this.#fresh = order;
    const shown = this.#facts?.order;
    const follows =
      this.#owesOwn ||
      shown === undefined ||
      shown.length === 0 ||
      performance.now() < this.#followsUntilMs ||
      (this.#isAtTop && this.#wish?.sort.length === 0 && !this.isHeld());
    this.#owesOwn = false;
    const live = follows
      ? { order, newCount: 0, isOutdated: false }
      : keepOrder(shown, order, this.#gone);
    this.#setFacts({ runCount, catalogue, baseline, ...live });
  }

  #setFacts(facts: TableFacts): void {
    this.#facts = facts;
    this.#listener?.factsChanged();
  }

  /** Brings what is in sight, then all the rest, one request at a time. */
  async #fill(): Promise<void> {
    if (this.#isFilling) {
      this.#fillAgain = true;
      return;
    }
    this.#isFilling = true;
    try {
      do {
        this.#fillAgain = false;
        await this.#fillOnce();
      } while (this.#fillAgain);
    } catch (error) {
      this.#listener?.failed(error);
    } finally {
      this.#isFilling = false;
    }
  }

  async #fillOnce(): Promise<void> {
    const order = this.#facts?.order ?? new Uint32Array();
    let at = 0;
    // Once at least: where no run is found, the baseline is in sight.
    do {
      while (await this.#load(this.#visible, this.#visibleColumns));
      const columns = withBasic(this.#columnIds);
      await this.#load(order.subarray(at, at + chunkRows), columns);
      if (this.#fillAgain) return;
      at += chunkRows;
    } while (at < order.length);
    this.#listener?.cellsChanged(true);
  }

  /** Whether something was missing. */
  async #load(slots: ArrayLike<number>, columns: readonly string[]): Promise<boolean> {
    const wanted = this.cells.findMissing(slots, columns);
    if (!this.#host || wanted.slots.length === 0) return false;
    const { version } = this.cells;
    const cells = await this.#host.readCells(wanted.slots, wanted.columns);
    this.cells.add(cells, version);
    this.#listener?.cellsChanged(false);
    // What the host does not know cannot be waited for.
    return cells.slots.length > 0 && cells.columns.length > 0;
  }
}

/** What cannot be read has no cells to wait for. */
function withBasic(columns: readonly string[]): readonly string[] {
  const ids = columns.flatMap((id) => {
    const column = parseColumn(id);
    return column === undefined || column.kind === 'curve' ? [] : column.id;
  });
  return [...new Set([...basicColumns, ...ids])];
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
