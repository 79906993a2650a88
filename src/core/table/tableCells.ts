/** The cells of one column, one a run, as they cross from the host to the page. */
export type CellColumn =
  | {
      readonly kind: 'number';
      readonly values: Float64Array;
      /** 1 where the run has a value, which may be NaN. */
      readonly present: Uint8Array;
    }
  | {
      readonly kind: 'text';
      /** Each text that occurs, once. */
      readonly texts: readonly string[];
      /** Per run the index into `texts`, plus one; 0 where it has none. */
      readonly codes: Uint32Array;
    };

export class NumberCells {
  readonly kind = 'number';
  readonly values: Float64Array;
  readonly present: Uint8Array;

  constructor(rowCount: number) {
    this.values = new Float64Array(rowCount);
    this.present = new Uint8Array(rowCount);
  }

  set(row: number, value: number | undefined): void {
    if (value === undefined) return;
    this.values[row] = value;
    this.present[row] = 1;
  }
}

export class TextCells {
  readonly kind = 'text';
  readonly texts: string[] = [];
  readonly codes: Uint32Array;
  readonly #known = new Map<string, number>();

  constructor(rowCount: number) {
    this.codes = new Uint32Array(rowCount);
  }

  set(row: number, text: string | undefined): void {
    if (text === undefined) return;
    let code = this.#known.get(text);
    if (code === undefined) {
      this.texts.push(text);
      code = this.texts.length;
      this.#known.set(text, code);
    }
    this.codes[row] = code;
  }
}
