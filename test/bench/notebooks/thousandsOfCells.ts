import { diffNotebooks } from '../../../src/core/notebook/diffNotebooks';
import type { Notebook, NotebookCell } from '../../../src/core/notebook/notebook';
import { createRandom } from '../store/random';
import { best } from './measureOurs';

const cellCount = 5_000;

/** The slowest of a whole diff of 5,000 cells, each way; says what each takes. */
export function measureThousandsOfCells(): number {
  const old = toNotebook(composeCells(1));
  const taken = Object.entries(changed(old.cells)).map(([name, cells]) => {
    const fresh = toNotebook(cells);
    const there = best(1, () => diffNotebooks(old, fresh)).ms;
    const back = best(1, () => diffNotebooks(fresh, old)).ms;
    console.log(
      `  5,000 cells, ${name.padEnd(20)} ${there.toFixed(0)} ms, back ${back.toFixed(0)} ms`,
    );
    return Math.max(there, back);
  });
  return Math.max(...taken);
}

function changed(
  cells: readonly NotebookCell[],
): Readonly<Record<string, readonly NotebookCell[]>> {
  const random = createRandom(2);
  const edit = (cell: NotebookCell) => ({
    ...cell,
    source: `${cell.source}\nedited(${random.bits()})`,
  });
  return {
    'one change': cells.map((cell, i) => (i === 2_500 ? edit(cell) : cell)),
    'insert at the top': [toCell('new = 1'), ...cells],
    '30% edited': cells.map((cell) => (random.uniform() < 0.3 ? edit(cell) : cell)),
    rewrite: composeCells(3),
    shuffle: cells
      .map((cell) => ({ cell, place: random.uniform() }))
      .sort((a, b) => a.place - b.place)
      .map(({ cell }) => cell),
  };
}

/** Cells of some ten lines in which words and lines recur, as they do in code. */
function composeCells(seed: number): NotebookCell[] {
  const random = createRandom(seed);
  const name = () => `v${Math.floor(random.uniform() * 2_000)}`;
  return Array.from({ length: cellCount }, () => {
    const lines = Array.from({ length: 2 + Math.floor(random.uniform() * 14) }, () =>
      random.uniform() < 0.1 ? 'plt.show()' : `${name()} = fit(${name()}, ${name()}, lr=0.1)`,
    );
    return toCell(lines.join('\n'));
  });
}

function toCell(source: string): NotebookCell {
  return { kind: 'code', source, outputs: [], metadata: {} };
}

function toNotebook(cells: readonly NotebookCell[]): Notebook {
  return { cells, metadata: {}, language: 'python', nbformat: 4, nbformatMinor: 5 };
}
