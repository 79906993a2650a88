import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyNotebookDiff } from '../../../src/core/notebook/applyNotebookDiff';
import { diffNotebooks } from '../../../src/core/notebook/diffNotebooks';
import type { Notebook } from '../../../src/core/notebook/notebook';
import { NotebookParseError, parseNotebook } from '../../../src/core/notebook/parseNotebook';
import { listPairs } from '../../bench/notebooks/notebookPairs';
import { createRandom, type Random } from '../../bench/store/random';
import { composeCell, composeNotebook } from '../../support/notebooks/composeNotebook';
import { type Mutation, mutateNotebook } from '../../support/notebooks/mutateNotebook';
import { countRecall, emptyRecall, type Recall } from '../../support/notebooks/recallOf';

const kinds: readonly [Mutation, ...Mutation[]] = [
  'insert',
  'delete',
  'move',
  'edit',
  'split',
  'merge',
];

/** Mutates each notebook some times, up to a tenth of its cells at once, and counts what is told. */
function measureRecall(
  notebooks: readonly Notebook[],
  times: number,
  insertFrom: (random: Random) => Notebook['cells'][number],
): Recall {
  const recall = emptyRecall();
  for (const [n, old] of notebooks.entries()) {
    for (let t = 0; t < times; t += 1) {
      const random = createRandom(n * 1_000 + t);
      const count = 1 + Math.floor(random.uniform() * Math.max(1, old.cells.length / 10));
      const mutations = Array.from({ length: count }, () => random.oneOf(kinds));
      const mutated = mutateNotebook(old, mutations, random, () => insertFrom(random));
      const diff = diffNotebooks(old, mutated.notebook);
      expect(applyNotebookDiff(diff, old)).toEqual(mutated.notebook);
      countRecall(recall, diff, mutated.done);
    }
  }
  return recall;
}

function expectRecall(recall: Recall): void {
  const share = (kind: Mutation) => recall[kind].found / recall[kind].done;
  const told = kinds.map((kind) => `${kind} ${recall[kind].found}/${recall[kind].done}`).join(', ');
  for (const kind of kinds) {
    expect(recall[kind].done, told).toBeGreaterThan(50);
    const least = kind === 'split' || kind === 'merge' ? 0.9 : 0.98;
    expect(share(kind), `${kind} of ${told}`).toBeGreaterThanOrEqual(least);
  }
  if (process.env.EPOCHLOG_PAIRS_DIR !== undefined) console.log(told);
}

describe('mutations of known truth are told', () => {
  it.each([false, true])(
    'in composed notebooks, with ids: %s',
    (hasIds) => {
      const random = createRandom(hasIds ? 7 : 8);
      const notebooks = [6, 12, 25, 50, 80, 130, 200].map((count) =>
        composeNotebook(random, count, { hasIds, imageChars: 40 }),
      );
      expectRecall(measureRecall(notebooks, 20, (from) => composeCell(from, 40)));
    },
    60_000,
  );

  const folder = process.env.EPOCHLOG_PAIRS_DIR;
  it.runIf(folder !== undefined)(
    'in the real notebooks of EPOCHLOG_PAIRS_DIR',
    () => {
      const notebooks = listPairs(folder ?? '').flatMap(({ newPath }) => read(newPath));
      const cells = notebooks.flatMap((notebook) => notebook.cells);
      const recall = measureRecall(notebooks, 6, (random) => {
        const [first, ...rest] = cells;
        return first === undefined ? composeCell(random) : random.oneOf([first, ...rest]);
      });
      expectRecall(recall);
    },
    600_000,
  );
});

function read(path: string): readonly Notebook[] {
  try {
    return [parseNotebook(readFileSync(path, 'utf8'))];
  } catch (error) {
    if (error instanceof NotebookParseError) return [];
    throw error;
  }
}
