import type { CellExecution } from './cellExecution';

/** How long nothing runs before a batch is over: between two cells of "Run All" there is less. */
const restMs = 400;
/** Results are not kept waiting for longer than this by cells that still run. */
const maxWaitMs = 60_000;

/** The executions of one notebook since its last checkpoint. */
export class ExecutionBatch<Cell> {
  readonly #running = new Map<Cell, CellExecution>();
  #ended: { readonly cell: Cell; readonly execution: CellExecution }[] = [];
  #firstEndMs = 0;
  #lastEndMs = 0;

  started(cell: Cell, execution: CellExecution): void {
    this.#running.set(cell, execution);
  }

  /** @param nowMs when the end was seen; that of the execution can be another clock's. */
  ended(cell: Cell, end: Pick<CellExecution, 'endedAtMs' | 'succeeded'>, nowMs: number): void {
    const execution = this.#running.get(cell);
    if (!execution) return;
    this.#running.delete(cell);
    if (this.#ended.length === 0) this.#firstEndMs = nowMs;
    this.#ended.push({ cell, execution: { ...execution, ...end } });
    this.#lastEndMs = nowMs;
  }

  /** When a checkpoint is due; undefined if nothing ended since the last. */
  dueAtMs(): number | undefined {
    if (this.#ended.length === 0) return undefined;
    return this.#running.size === 0 ? this.#lastEndMs + restMs : this.#firstEndMs + maxWaitMs;
  }

  /** The cells of which an execution ended since the last checkpoint, with what the last one of each was given. */
  sources(): ReadonlyMap<Cell, string> {
    return new Map(this.#ended.map(({ cell, execution }) => [cell, execution.source]));
  }

  /** What ended since the last checkpoint, in the order of their ends: for the one that is taken now. */
  take(): readonly CellExecution[] {
    const taken = this.#ended.map(({ execution }) => execution);
    this.#ended = [];
    return taken;
  }
}
