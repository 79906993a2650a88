import type { Run, RunId } from '../../core/run/run';

/** The numbers that a panel gives to runs, in the order in which it meets them; a run keeps its own. */
export class RunSlots {
  readonly #slots = new Map<RunId, number>();
  readonly #ids: RunId[] = [];
  readonly #runs: (Run | undefined)[] = [];

  get count(): number {
    return this.#ids.length;
  }

  /** Gives the run its slot, and a new one if it has none. */
  slotOf(run: Run): number {
    const known = this.#slots.get(run.id);
    if (known !== undefined) return known;
    const slot = this.#ids.length;
    this.#slots.set(run.id, slot);
    this.#ids.push(run.id);
    this.#runs.push(run);
    return slot;
  }

  find(runId: RunId): number | undefined {
    return this.#slots.get(runId);
  }

  /** As it was last seen; undefined if it is gone. */
  run(slot: number): Run | undefined {
    return this.#runs[slot];
  }

  idsFrom(slot: number): readonly RunId[] {
    return this.#ids.slice(slot);
  }

  /** The slots of runs that are not there any more. */
  without(find: (runId: RunId) => Run | undefined): Uint32Array {
    return Uint32Array.from(
      this.#ids.flatMap((id, slot) => (find(id) === undefined ? [slot] : [])),
    );
  }

  /** Takes over the runs as they are now; resolves to the slots of those that are not as they were seen. */
  update(runs: readonly Run[]): readonly number[] {
    const changed: number[] = [];
    for (const run of runs) {
      const before = this.#slots.get(run.id);
      if (before === undefined) changed.push(this.slotOf(run));
      else if (this.#runs[before] !== run) {
        this.#runs[before] = run;
        changed.push(before);
      }
    }
    return changed;
  }
}
