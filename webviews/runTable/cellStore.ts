import { paramNumber } from '../../src/core/run/paramNumber';
import type { CellColumn } from '../../src/core/table/tableCells';
import { columnValueKind, parseColumn } from '../../src/core/table/tableColumn';
import type { RowCells } from '../../src/core/table/tableRows';

/** What is known of a cell. */
type CellState = 0 | 1 | 2;
const missing: CellState = 0;
/** What is shown is of before the run changed. */
const stale: CellState = 1;
const loaded: CellState = 2;

/** The cells that the page has, by column and slot. */
export class CellStore {
  readonly #columns = new Map<string, NumberStore | TextStore>();
  /** By slot, the version in which its run changed last. */
  readonly #changedIn = new Map<number, number>();
  #capacity = 0;
  #version = 0;

  /** Counts how often runs changed. */
  get version(): number {
    return this.#version;
  }

  /** Makes room for the slots below this. */
  reserve(slotCount: number): void {
    if (slotCount <= this.#capacity) return;
    this.#capacity = Math.max(256, slotCount, Math.min(2 * this.#capacity, slotCount + 50_000));
    for (const column of this.#columns.values()) column.reserve(this.#capacity);
  }

  column(id: string): NumberStore | TextStore {
    const known = this.#columns.get(id);
    if (known !== undefined) return known;
    const parsed = parseColumn(id);
    const isNumber = parsed !== undefined && columnValueKind(parsed) === 'number';
    const column = isNumber ? new NumberStore() : new TextStore();
    column.reserve(this.#capacity);
    this.#columns.set(id, column);
    return column;
  }

  /** @param asked the version in which the cells were asked for: of runs that changed since, they are stale. */
  add({ slots, columns, cells }: RowCells, asked: number): void {
    this.reserve(slots.reduce((most, slot) => Math.max(most, slot + 1), 0));
    for (const [index, id] of columns.entries()) {
      const from = cells[index];
      if (from !== undefined) this.column(id).add(slots, from);
    }
    const changed = slots.filter((slot) => (this.#changedIn.get(slot) ?? 0) > asked);
    if (changed.length > 0) for (const id of columns) this.column(id).markStale(changed);
  }

  /** These runs are not as they were: their cells are shown until new ones come. */
  markStale(slots: Uint32Array): void {
    this.#version += 1;
    for (const slot of slots) this.#changedIn.set(slot, this.#version);
    for (const column of this.#columns.values()) column.markStale(slots);
  }

  /** The slots of which some cell is missing or stale, and the columns where that is so. */
  findMissing(slots: ArrayLike<number>, columnIds: readonly string[]) {
    const columns = columnIds.map((id) => ({ id, states: this.column(id).states, lacks: false }));
    const lacking: number[] = [];
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index];
      if (slot === undefined) continue;
      let lacks = false;
      for (const column of columns) {
        if (column.states[slot] === loaded) continue;
        column.lacks = true;
        lacks = true;
      }
      if (lacks) lacking.push(slot);
    }
    return {
      slots: Uint32Array.from(lacking),
      columns: columns.flatMap(({ id, lacks }) => (lacks ? [id] : [])),
    };
  }

  /** Whether something can be shown of all these runs. */
  isThere(slots: ArrayLike<number>, columnIds: readonly string[]): boolean {
    return columnIds.every((id) => {
      const { states } = this.column(id);
      for (let index = 0; index < slots.length; index++) {
        if (states[slots[index] ?? 0] === missing) return false;
      }
      return true;
    });
  }
}

abstract class ColumnStore {
  /** Per slot, a `CellState`. */
  states = new Uint8Array(0);

  abstract add(slots: Uint32Array, cells: CellColumn): void;

  markStale(slots: Uint32Array): void {
    for (const slot of slots) if (this.states[slot] === loaded) this.states[slot] = stale;
  }

  isMissing(slot: number): boolean {
    return (this.states[slot] ?? missing) === missing;
  }
}

export class NumberStore extends ColumnStore {
  readonly kind = 'number';
  #values = new Float64Array(0);
  #present = new Uint8Array(0);

  reserve(capacity: number): void {
    this.states = grown(this.states, new Uint8Array(capacity));
    this.#values = grown(this.#values, new Float64Array(capacity));
    this.#present = grown(this.#present, new Uint8Array(capacity));
  }

  add(slots: Uint32Array, cells: CellColumn): void {
    if (cells.kind !== 'number') return;
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index] ?? 0;
      this.#values[slot] = cells.values[index] ?? Number.NaN;
      this.#present[slot] = cells.present[index] ?? 0;
      this.states[slot] = loaded;
    }
  }

  /** Undefined where the run has none, or it has not come yet. */
  value(slot: number): number | undefined {
    return this.#present[slot] === 1 ? this.#values[slot] : undefined;
  }

  /** As a number too; the same here. */
  figure(slot: number): number | undefined {
    return this.value(slot);
  }

  /** Alike for equal values; infinity plus is nobody's, so that it can stand for none. */
  code(slot: number): number {
    return this.value(slot) ?? Number.MAX_VALUE;
  }

  /** As a text that tells it from others. */
  text(slot: number): string | undefined {
    const value = this.value(slot);
    return value === undefined ? undefined : String(value);
  }
}

export class TextStore extends ColumnStore {
  readonly kind = 'text';
  /** Index into `#texts`. */
  #codes = new Uint32Array(0);
  /** The first stands for none. */
  readonly #texts: (string | undefined)[] = [undefined];
  readonly #figures: (number | undefined)[] = [undefined];
  readonly #known = new Map<string, number>();

  reserve(capacity: number): void {
    this.states = grown(this.states, new Uint8Array(capacity));
    this.#codes = grown(this.#codes, new Uint32Array(capacity));
  }

  add(slots: Uint32Array, cells: CellColumn): void {
    if (cells.kind !== 'text') return;
    const codes = [0, ...cells.texts.map((text) => this.#codeOf(text))];
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index] ?? 0;
      this.#codes[slot] = codes[cells.codes[index] ?? 0] ?? 0;
      this.states[slot] = loaded;
    }
  }

  #codeOf(text: string): number {
    let code = this.#known.get(text);
    if (code === undefined) {
      code = this.#texts.length;
      this.#texts.push(text);
      this.#figures.push(paramNumber(text));
      this.#known.set(text, code);
    }
    return code;
  }

  text(slot: number): string | undefined {
    return this.#texts[this.#codes[slot] ?? 0];
  }

  /** Its value as a number, where it is written as one. */
  figure(slot: number): number | undefined {
    return this.#figures[this.#codes[slot] ?? 0];
  }

  /** Alike for equal texts; 0 for none. */
  code(slot: number): number {
    return this.#codes[slot] ?? 0;
  }
}

function grown<T extends Uint8Array | Uint32Array | Float64Array>(old: T, fresh: T): T {
  fresh.set(old);
  return fresh;
}
