import { setImmediate as nextTurn } from 'node:timers/promises';

/** The longest that a turn keeps anything else from running, but for its last step. */
const turnMs = 4;

/** Does work step by step, and lets whatever waits run after each few milliseconds of it. */
export async function inTurns<T>(steps: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const endsAtMs = performance.now() + turnMs;
    do {
      const step = steps.next();
      if (step.done === true) return step.value;
    } while (performance.now() < endsAtMs);
    await nextTurn();
  }
}
