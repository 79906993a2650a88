const maxSources = 2_000;

/** Which sources the kernel of one notebook has run, and in what order. */
export class CellHistory {
  /** Each at the place where it ran last: what it defined before, it defined anew. */
  private readonly sources = new Set<string>();
  private lastOrder: number | undefined;
  private isWhole = false;

  /**
   * Notes that a cell starts.
   *
   * @param order what the kernel counts, from 1 after each of its starts; undefined where it is not known.
   */
  started(source: string, order: number | undefined): void {
    const isRestarted =
      order !== undefined && this.lastOrder !== undefined && order <= this.lastOrder;
    if (isRestarted) this.sources.clear();
    if (order === 1) this.isWhole = true;
    else if (isRestarted) this.isWhole = false;
    this.lastOrder = order ?? this.lastOrder;
    this.sources.delete(source);
    this.sources.add(source);
    if (this.sources.size > maxSources) {
      for (const oldest of this.sources) {
        this.sources.delete(oldest);
        break;
      }
    }
  }

  /**
   * The sources that ran, in order, that of the cell that started last at the end. What ran before
   * anybody looked is taken to be the cells above it.
   */
  ran(above: readonly string[]): readonly string[] {
    const seen = [...this.sources];
    return this.isWhole ? seen : [...above.filter((source) => !this.sources.has(source)), ...seen];
  }
}
