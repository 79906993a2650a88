import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOpenDiffs, type NamedContent } from '../../../src/app/openDiffs';
import type { Notebook, NotebookCell } from '../../../src/core/notebook/notebook';
import { parseNotebook } from '../../../src/core/notebook/parseNotebook';
import type {
  NotebookDiffData,
  NotebookDiffHost,
  NotebookDiffState,
} from '../../../src/protocol/notebookDiffPage';
import { createFakeHost } from './pageTest';

export const diffState: NotebookDiffState = {
  oldSide: { kind: 'current', notebook: 'notebooks/digits.ipynb' },
  newSide: { kind: 'current', notebook: 'notebooks/digits.ipynb' },
  hideUnchanged: true,
};

/** Two recorded states of one notebook; see recordNotebooks.py. */
export function recordedNotebook(name: 'old' | 'new'): Notebook {
  return parseNotebook(readFileSync(join(__dirname, '..', 'fixtures', `${name}.ipynb`), 'utf8'));
}

type Side = Notebook | Uint8Array;

const toContent = (title: string, side: Side): NamedContent => ({
  title,
  content: side instanceof Uint8Array ? side : { notebook: side },
});

/**
 * A host that answers with the real diff of two notebooks, by the service that runs in the worker. What it
 * is asked for but to read is in `calls`.
 *
 * @param read is asked again at each reading of the diff.
 */
export function diffHost(
  read: () => readonly [old: Side, fresh: Side],
  more: Partial<NotebookDiffData> = {},
  answers: Partial<NotebookDiffHost> = {},
) {
  const diffs = createOpenDiffs({ read: async () => new Uint8Array() });
  return createFakeHost<NotebookDiffHost>({
    readDiff: async () => {
      const [old, fresh] = read();
      return {
        notebook: 'notebooks/digits.ipynb',
        oldSide: diffState.oldSide,
        newSide: diffState.newSide,
        oldTitle: 'Saved today at 09:12',
        newTitle: 'Current',
        metrics: [],
        target: { side: 'new' },
        ...more,
        content: await diffs.openDiff(
          toContent('the old side', old),
          toContent('the new side', fresh),
        ),
      };
    },
    readCells: async (diffId, rows) => diffs.readCells(diffId, rows),
    readMedium: async (diffId, place) => diffs.readMedium(diffId, place),
    readMatches: async (diffId, query) => diffs.findInDiff(diffId, query),
    ...answers,
  });
}

/** That of the recorded notebooks. */
export const recordedDiff = (more: Partial<NotebookDiffData> = {}) =>
  diffHost(() => [recordedNotebook('old'), recordedNotebook('new')], more);

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
export function longNotebooks(
  cellCount: number,
  text = (index: number) => `score ${index}\n`,
): readonly [Notebook, Notebook] {
  const cell = (index: number, edit = '') =>
    toCell(`c${index}`, `x_${index} = load(${index})\nfit(x_${index}${edit})`, text(index));
  const indexes = Array.from({ length: cellCount }, (_, index) => index);
  return [
    toNotebook(indexes.map((index) => cell(index))),
    toNotebook([
      ...indexes.map((index) => cell(index, index % 100 === 50 ? ', steps=5' : '')),
      toCell('added', 'print("done")', 'done\n'),
    ]),
  ];
}
