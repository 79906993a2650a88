import { expect, test } from 'vitest';
import { createNotebookHistories } from '../../../src/app/notebookHistories';
import type { Checkpoint } from '../../../src/core/checkpoint/checkpoint';

/** Counts how often it is gone through. */
class Counted extends Array<Checkpoint> {
  rounds = 0;
  override [Symbol.iterator]() {
    this.rounds += 1;
    return super[Symbol.iterator]();
  }
}

const taken = (notebook: string, takenAtMs: number): Checkpoint =>
  ({ notebook, takenAtMs }) as Checkpoint;

test('a burst of files goes through the checkpoints once, and again when there are others', () => {
  const first = new Counted(taken('b.py', 3), taken('a.ipynb', 2), taken('b.py', 1));
  let now: readonly Checkpoint[] = first;
  const histories = createNotebookHistories(() => now);
  for (let file = 0; file < 1000; file += 1) expect(histories.has(`${file}.py`)).toBe(false);
  expect(first.rounds).toBe(1);
  expect(histories.of('b.py').map(({ takenAtMs }) => takenAtMs)).toEqual([3, 1]);
  expect(histories.paths()).toEqual(['b.py', 'a.ipynb']);
  now = [taken('c.py', 4)];
  expect([histories.has('c.py'), histories.has('b.py')]).toEqual([true, false]);
  expect(histories.of('b.py')).toEqual([]);
});
