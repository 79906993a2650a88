import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notebook, NotebookCell } from '../../../src/core/notebook/notebook';
import { serializeNotebook } from '../../../src/core/notebook/serializeNotebook';
import {
  below,
  composeBase64,
  composeCell,
  composeNotebook,
} from '../../support/notebooks/composeNotebook';
import { type Mutation, mutateNotebook } from '../../support/notebooks/mutateNotebook';
import { ensureBuilt } from '../store/ensureBuilt';
import { createRandom, type Random } from '../store/random';
import { listPairs, type PairFiles } from './notebookPairs';

const kinds: readonly Mutation[] = ['insert', 'delete', 'move', 'edit', 'split', 'merge'];
const sizes = [8, 20, 45, 70, 110, 160, 280, 360];

/**
 * Pairs of notebooks as users leave them behind: small edits, inserted, moved, split and merged cells,
 * rewrites, and runs that changed every output; 8 to 360 cells, up to megabytes. Made once.
 */
export async function ensureComposedPairs(): Promise<readonly PairFiles[]> {
  const support = join(__dirname, '..', '..', 'support', 'notebooks');
  const inputs = [
    __filename,
    join(support, 'composeNotebook.ts'),
    join(support, 'mutateNotebook.ts'),
  ];
  return listPairs(await ensureBuilt('notebook-pairs', inputs, async (folder) => write(folder)));
}

function write(folder: string): void {
  for (const [s, cellCount] of sizes.entries()) {
    for (const [t, touched] of [1, 4, 12, 40, 0].entries()) {
      const random = createRandom(s * 100 + t);
      const imageChars = t === 2 ? 60_000 : 4_000;
      const old = composeNotebook(random, cellCount, { hasIds: s % 3 === 0, imageChars });
      const mutations = Array.from({ length: touched }, () =>
        random.oneOf<Mutation>(['edit', ...kinds]),
      );
      const { notebook } = mutateNotebook(old, mutations, random, () => composeCell(random));
      const pair = join(folder, `${String(cellCount).padStart(3, '0')}-${touched}`);
      mkdirSync(pair);
      writeFileSync(join(pair, 'old.ipynb'), serializeNotebook(old));
      writeFileSync(
        join(pair, 'new.ipynb'),
        serializeNotebook(rerun(notebook, random, touched === 0)),
      );
    }
  }
}

/** The notebook after some of its cells, or all, ran again. */
function rerun(notebook: Notebook, random: Random, all: boolean): Notebook {
  const run = (cell: NotebookCell): NotebookCell => {
    if (cell.kind !== 'code' || !(all || random.uniform() < 0.1)) return cell;
    const outputs = cell.outputs.map((output) => {
      const image = output.data['image/png'];
      if (image !== undefined && random.uniform() < 0.3) {
        return {
          ...output,
          data: { ...output.data, 'image/png': composeBase64(random, image.length) },
        };
      }
      const text = output.text?.replace(/0\.\d+/g, () => random.uniform().toFixed(4));
      return text === undefined ? output : { ...output, text };
    });
    return { ...cell, outputs, executionCount: 1 + below(random, 300) };
  };
  return { ...notebook, cells: notebook.cells.map(run) };
}
