import type { StoredChange } from '../journal/journalFormat';
import type { ExclusiveWork } from './exclusiveWork';
import type { LiveState } from './liveState';

/** Numbers that are given out once in all windows, under names such as that of a model. */
export class Numbers {
  readonly #exclusive: ExclusiveWork;
  readonly #live: LiveState;
  readonly #commit: (changes: readonly StoredChange[]) => Promise<void>;

  constructor(
    exclusive: ExclusiveWork,
    live: LiveState,
    commit: (changes: readonly StoredChange[]) => Promise<void>,
  ) {
    this.#exclusive = exclusive;
    this.#live = live;
    this.#commit = commit;
  }

  /** The next number of this name, from 1. One that a crash kept from its caller is not given again. */
  async take(name: string): Promise<number> {
    for (;;) {
      const taken = await this.#exclusive.run(async ({ isHeld }) => {
        const number = this.#next(name);
        await this.#commit([{ kind: 'numberTaken', name, number }]);
        // Who took the lock over meanwhile did not see it in the journal, and may have given it out.
        return isHeld() ? number : undefined;
      });
      if (taken !== undefined) return taken;
    }
  }

  #next(name: string): number {
    const { database } = this.#live.replica;
    const row = database.row('SELECT max(number) FROM numbers WHERE name = ?', name);
    return Number(row?.[0] ?? 0) + 1;
  }
}
