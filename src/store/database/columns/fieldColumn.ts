import type { FieldValue } from '../../../core/search/fieldValues';

/**
 * What all runs have of one field, by the row of the run. Where there is a text, a NaN beside it says that
 * it is no number; where there is none, that the value is NaN.
 */
export class FieldColumn {
  #isPresent = new Uint8Array(1024);
  #numbers = new Float64Array(1024);
  readonly #texts: (string | undefined)[] = [];
  /** Of files there are several a run. */
  readonly #more = new Map<number, FieldValue[]>();

  /** A second value of a run is beside the first. */
  add(row: number, text: string | undefined, number: number): void {
    if (row >= this.#isPresent.length) this.#grow(row + 1);
    if (this.#isPresent[row] === 1) {
      const more = this.#more.get(row);
      if (more === undefined) this.#more.set(row, [toValue(text, number)]);
      else more.push(toValue(text, number));
      return;
    }
    this.#isPresent[row] = 1;
    this.#numbers[row] = number;
    if (text !== undefined) this.#texts[row] = text;
  }

  clear(row: number): void {
    if (!this.has(row)) return;
    this.#isPresent[row] = 0;
    this.#more.delete(row);
    this.#texts[row] = undefined;
  }

  has(row: number): boolean {
    return this.#isPresent[row] === 1;
  }

  /** Of the first value; NaN where there is none. */
  number(row: number): number {
    return this.#isPresent[row] === 1 ? (this.#numbers[row] as number) : Number.NaN;
  }

  /** Of the first value. */
  text(row: number): string | undefined {
    return this.#texts[row];
  }

  some(row: number, test: (value: FieldValue) => boolean): boolean {
    if (this.#isPresent[row] !== 1) return false;
    if (test(toValue(this.#texts[row], this.#numbers[row] as number))) return true;
    return this.#more.get(row)?.some(test) ?? false;
  }

  #grow(minLength: number): void {
    const length = Math.max(minLength, 2 * this.#isPresent.length);
    const isPresent = new Uint8Array(length);
    isPresent.set(this.#isPresent);
    this.#isPresent = isPresent;
    const numbers = new Float64Array(length);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
  }
}

function toValue(text: string | undefined, number: number): FieldValue {
  if (text === undefined) return { number };
  return Number.isNaN(number) ? { text } : { text, number };
}
