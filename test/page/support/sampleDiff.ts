import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffNotebooks } from '../../../src/core/notebook/diffNotebooks';
import type { Notebook, NotebookCell } from '../../../src/core/notebook/notebook';
import { parseNotebook } from '../../../src/core/notebook/parseNotebook';
import type { NotebookDiffData } from '../../../src/protocol/notebookDiffPage';

/** Two recorded states of one notebook; see recordNotebooks.py. */
export function recordedNotebook(name: 'old' | 'new'): Notebook {
  return parseNotebook(readFileSync(join(__dirname, '..', 'fixtures', `${name}.ipynb`), 'utf8'));
}

export function toDiffData(old: Notebook, now: Notebook): NotebookDiffData {
  return {
    notebook: 'notebooks/digits.ipynb',
    oldTitle: 'Saved today at 09:12',
    newTitle: 'Current',
    diff: diffNotebooks(old, now),
    language: now.language,
  };
}

export function toNotebook(cells: readonly NotebookCell[]): Notebook {
  return { cells, metadata: {}, language: 'python', nbformat: 4, nbformatMinor: 5 };
}

export function toCell(id: string, source: string, text?: string): NotebookCell {
  return {
    kind: 'code',
    id,
    source,
    outputs: text === undefined ? [] : [{ kind: 'stream', name: 'stdout', data: {}, text }],
    metadata: {},
  };
}

/** Two long notebooks: of the new one every hundredth cell is changed and one cell is added. */
export function longDiff(cellCount: number): NotebookDiffData {
  const cell = (index: number, edit = '') =>
    toCell(`c${index}`, `x_${index} = load(${index})\nfit(x_${index}${edit})`, `score ${index}\n`);
  const indexes = Array.from({ length: cellCount }, (_, index) => index);
  const old = toNotebook(indexes.map((index) => cell(index)));
  const now = toNotebook([
    ...indexes.map((index) => cell(index, index % 100 === 50 ? ', steps=5' : '')),
    toCell('added', 'print("done")', 'done\n'),
  ]);
  return toDiffData(old, now);
}
