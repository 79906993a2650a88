/**
 * Where each item of a long list begins, from heights that are guessed until they are measured. A
 * measured height is kept by the item's key, whatever the list becomes.
 */
export class HeightIndex {
  readonly #measured = new Map<string, number>();
  #keys: readonly string[] = [];
  #heights = new Float64Array(0);
  #tops = new Float64Array(1);
  #indexes = new Map<string, number>();
  /** From here on the tops are to be added up again. */
  #validUpTo = 0;

  setItems(keys: readonly string[], estimatePx: (index: number) => number): void {
    this.#keys = keys;
    this.#heights = Float64Array.from(
      keys,
      (key, index) => this.#measured.get(key) ?? estimatePx(index),
    );
    this.#tops = new Float64Array(keys.length + 1);
    this.#indexes = new Map(keys.map((key, index) => [key, index]));
    this.#validUpTo = 0;
  }

  get count(): number {
    return this.#keys.length;
  }

  keyAt(index: number): string | undefined {
    return this.#keys[index];
  }

  indexOf(key: string): number | undefined {
    return this.#indexes.get(key);
  }

  /** @returns whether that is news. */
  measure(key: string, heightPx: number): boolean {
    const index = this.#indexes.get(key);
    this.#measured.set(key, heightPx);
    if (index === undefined || Math.abs((this.#heights[index] ?? 0) - heightPx) < 0.5) return false;
    this.#heights[index] = heightPx;
    this.#validUpTo = Math.min(this.#validUpTo, index);
    return true;
  }

  /** Distance from the top of the list to that of an item; of all of them for the index behind the last. */
  topOf(index: number): number {
    for (; this.#validUpTo < this.#keys.length; this.#validUpTo += 1) {
      const at = this.#validUpTo;
      this.#tops[at + 1] = (this.#tops[at] ?? 0) + (this.#heights[at] ?? 0);
    }
    return this.#tops[Math.max(0, Math.min(index, this.#keys.length))] ?? 0;
  }

  /** The item that covers a distance from the top; the first or last where none does. */
  indexAt(px: number): number {
    let low = 0;
    let high = Math.max(0, this.#keys.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.topOf(middle) <= px) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
