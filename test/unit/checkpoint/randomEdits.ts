import type { Random } from '../../bench/store/random';

interface Cell {
  [key: string]: unknown;
  source: string | string[];
}

/** A notebook file that changes as notebooks do, at random, in several of the ways that they are written. */
export class EditedFile {
  readonly #random: Random;
  #cells: Cell[] = [];
  #indent: number | undefined = 1;
  #lineEnd = '\n';
  #hasBom = false;

  constructor(random: Random) {
    this.#random = random;
    for (let count = 0; count < 12; count += 1) this.#cells.push(this.#cell());
  }

  edit(): void {
    const at = this.#below(this.#cells.length);
    const kind = this.#random.uniform();
    const cell = this.#cells[at];
    if (cell === undefined || kind < 0.1) this.#cells.splice(at, 0, this.#cell());
    else if (kind < 0.15) this.#cells.splice(at, 1);
    else if (kind < 0.22) {
      this.#cells.splice(at, 1);
      this.#cells.splice(this.#below(this.#cells.length), 0, cell);
    } else if (kind < 0.6) cell.source = this.#source();
    else if (kind < 0.8 && cell.cell_type === 'code') cell.outputs = this.#outputs();
    else if (kind < 0.82)
      for (const each of this.#cells)
        if (each.outputs) each.outputs = this.#outputs();
        else if (kind < 0.84) this.#indent = this.#random.oneOf([1, 2, undefined]);
        else if (kind < 0.86) this.#lineEnd = this.#random.oneOf(['\n', '\r\n']);
        else if (kind < 0.87) this.#hasBom = !this.#hasBom;
        else cell.metadata = { tags: [this.#text(6)], deep: [[1, [2, { a: '"[{' }]]] };
  }

  /** Sometimes damaged, as a file is whose writing was cut off or that was merged badly. */
  bytes(): Buffer {
    const root = {
      cells: this.#cells,
      metadata: { language_info: { name: 'python' }, widgets: 'w'.repeat(5000) },
      nbformat: 4,
      nbformat_minor: 5,
    };
    let text = JSON.stringify(root, null, this.#indent).replaceAll('"3.0"', '3.0');
    text = text.replaceAll('"NaN"', 'NaN').replaceAll('é', '\\u00e9');
    if (this.#indent !== undefined) text = text.replaceAll('\n', this.#lineEnd);
    const bytes = Buffer.from(`${this.#hasBom ? '\ufeff' : ''}${text}${this.#lineEnd}`);
    const damage = this.#random.uniform();
    if (damage < 0.01) return bytes.subarray(0, this.#below(bytes.length));
    if (damage < 0.02)
      return Buffer.concat([bytes.subarray(0, 300), Buffer.from([0, 0xff, 10]), bytes]);
    return bytes;
  }

  #cell(): Cell {
    const isCode = this.#random.uniform() < 0.7;
    return {
      cell_type: isCode ? 'code' : 'markdown',
      id: this.#random.bits().toString(16),
      metadata: {},
      source: this.#source(),
      ...(isCode ? { execution_count: this.#below(100), outputs: this.#outputs() } : {}),
    };
  }

  #source(): string | string[] {
    const lines = Array.from({ length: this.#below(30) }, () => `${this.#text(30)}\n`);
    return this.#random.uniform() < 0.8 ? lines : lines.join('');
  }

  #outputs(): object[] {
    const kind = this.#random.uniform();
    if (kind < 0.3) return [];
    if (kind < 0.5) return [{ output_type: 'stream', name: 'stdout', text: this.#source() }];
    if (kind < 0.7) {
      const text = Array.from({ length: 200 }, () => `loss ${this.#text(40)} é\n`);
      return [{ output_type: 'stream', name: 'stdout', text }];
    }
    const image = Buffer.from(Array.from({ length: 6000 }, () => this.#below(256)));
    return [
      {
        output_type: 'display_data',
        data: { 'image/png': image.toString('base64'), 'text/plain': ['<Figure>'] },
        metadata: { width: this.#random.oneOf(['3.0', 'NaN', 2]) },
      },
    ];
  }

  #text(length: number): string {
    return Array.from({ length: this.#below(length) }, () =>
      this.#random.oneOf(['a', 'b', 'cd', ' ', '"', '\\', '{', '}', '[', ',', 'é', '\u2028', '#']),
    ).join('');
  }

  #below(limit: number): number {
    return Math.floor(this.#random.uniform() * limit);
  }
}
