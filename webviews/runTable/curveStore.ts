import type { Remote } from '../../src/core/rpc';
import type { RunTableHost } from '../../src/protocol/runTablePage';

/** A series to be drawn small: a path within 100 × 20, and the same in words. */
export interface Curve {
  readonly path: string;
  readonly text: string;
}

/** So many runs are asked for at once. */
const batchSize = 48;
const maxKept = 4000;
const buckets = 24;

/** The series of the rows in sight, asked for in batches, the last ones kept. */
export class CurveStore {
  readonly #curves = new Map<string, Curve>();
  readonly #wanted = new Map<string, Set<number>>();
  readonly #changed: () => void;
  readonly #describe: (key: string, curves: CurveColumns, index: number) => Curve;
  #host: Remote<RunTableHost> | undefined;
  #isBusy = false;

  constructor(
    changed: () => void,
    describe: (key: string, curves: CurveColumns, index: number) => Curve,
  ) {
    this.#changed = changed;
    this.#describe = describe;
  }

  connect(host: Remote<RunTableHost>): void {
    this.#host = host;
  }

  /** Undefined until it has come. */
  get(key: string, slot: number): Curve | undefined {
    return this.#curves.get(`${slot} ${key}`);
  }

  /** What is in sight now; what was asked for before and has not come is not wanted any more. */
  want(keys: readonly string[], slots: readonly number[]): void {
    this.#wanted.clear();
    for (const key of keys) {
      const lacking = slots.filter((slot) => !this.#curves.has(`${slot} ${key}`));
      if (lacking.length > 0) this.#wanted.set(key, new Set(lacking));
    }
    void this.#read();
  }

  /** Series that grew are read anew when they are seen. */
  forget(slots: Uint32Array): void {
    const gone = new Set(slots);
    for (const id of this.#curves.keys()) {
      if (gone.has(Number(id.slice(0, id.indexOf(' '))))) this.#curves.delete(id);
    }
  }

  async #read(): Promise<void> {
    if (this.#isBusy || !this.#host) return;
    this.#isBusy = true;
    try {
      for (let next = this.#take(); next !== undefined; next = this.#take()) {
        const { key, slots } = next;
        const curves = await this.#host.readCurves(slots, key, buckets);
        for (const [index, slot] of slots.entries()) {
          this.#keep(`${slot} ${key}`, this.#describe(key, curves, index));
        }
        this.#changed();
      }
    } catch {
      // A curve that cannot be read stays empty; the figures beside it say what went wrong.
    } finally {
      this.#isBusy = false;
    }
  }

  #take(): { readonly key: string; readonly slots: Uint32Array } | undefined {
    for (const [key, slots] of this.#wanted) {
      const some = [...slots].slice(0, batchSize);
      for (const slot of some) slots.delete(slot);
      if (slots.size === 0) this.#wanted.delete(key);
      if (some.length > 0) return { key, slots: Uint32Array.from(some) };
    }
    return undefined;
  }

  #keep(id: string, curve: Curve): void {
    if (this.#curves.size >= maxKept) {
      const [oldest] = this.#curves.keys();
      if (oldest !== undefined) this.#curves.delete(oldest);
    }
    this.#curves.set(id, curve);
  }
}

export type CurveColumns = Awaited<ReturnType<RunTableHost['readCurves']>>;
