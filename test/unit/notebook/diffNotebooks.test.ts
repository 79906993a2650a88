import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyNotebookDiff } from '../../../src/core/notebook/applyNotebookDiff';
import {
  type CellDiff,
  describeSummary,
  diffNotebooks,
} from '../../../src/core/notebook/diffNotebooks';
import type { Notebook, NotebookCell } from '../../../src/core/notebook/notebook';
import { parseNotebook } from '../../../src/core/notebook/parseNotebook';
import { findFaults, measureAsymmetry } from '../../../tools/nbdiff/findFaults';
import { createRandom } from '../../bench/store/random';
import { composeCell, composeNotebook } from '../../support/notebooks/composeNotebook';
import { type Mutation, mutateNotebook } from '../../support/notebooks/mutateNotebook';
import { notebook, notebookPair } from './arbitraryNotebook';
import { measureCpuMs } from './cpuTime';

const fixtures = new URL('../../fixtures/notebooks/', import.meta.url);

function read(name: string): Notebook {
  return parseNotebook(readFileSync(new URL(`${name}.ipynb`, fixtures), 'utf8'));
}

function toCell(source: string, rest: Partial<NotebookCell> = {}): NotebookCell {
  return { kind: 'code', source, outputs: [], metadata: {}, ...rest };
}

function toNotebook(...cells: readonly NotebookCell[]): Notebook {
  return { cells, metadata: {}, language: 'python', nbformat: 4, nbformatMinor: 5 };
}

/** The rows as a reader sees them: `~ 3>4` is the fourth cell, changed, that was the third. */
function draw(old: Notebook, fresh: Notebook): string[] {
  const signs = { same: '=', changed: '~', added: '+', removed: '-', moved: '>' };
  return diffNotebooks(old, fresh).cells.map(
    ({ kind, oldIndex, newIndex }) => `${signs[kind]} ${oldIndex ?? ''}>${newIndex ?? ''}`,
  );
}

const mutationKinds: readonly [Mutation, ...Mutation[]] = [
  'insert',
  'delete',
  'move',
  'edit',
  'split',
  'merge',
];
const unrelated = fc.tuple(notebook, notebook);
const pairs = fc.oneof(unrelated, notebookPair);

function checkPairs(check: (old: Notebook, fresh: Notebook) => void): void {
  fc.assert(
    fc.property(pairs, ([old, fresh]) => check(old, fresh)),
    { numRuns: 500 },
  );
}

describe('the invariants of diffNotebooks', () => {
  it('rebuilds the new notebook from the old one', () => {
    checkPairs((old, fresh) => {
      expect(applyNotebookDiff(diffNotebooks(old, fresh), old)).toEqual(fresh);
    });
  });

  it('lists every cell of both sides exactly once, the new ones in order', () => {
    checkPairs((old, fresh) => {
      const { cells } = diffNotebooks(old, fresh);
      const oldPlaces = cells.flatMap(({ oldIndex }) => oldIndex ?? []);
      expect(oldPlaces.toSorted((a, b) => a - b)).toEqual(old.cells.map((_, i) => i));
      expect(cells.flatMap(({ newIndex }) => newIndex ?? [])).toEqual(fresh.cells.map((_, i) => i));
      for (const row of cells) {
        expect(row.old).toBe(old.cells[row.oldIndex ?? -1]);
        expect(row.new).toBe(fresh.cells[row.newIndex ?? -1]);
      }
    });
  });

  it('keeps the old order in all that did not move', () => {
    checkPairs((old, fresh) => {
      const places = diffNotebooks(old, fresh)
        .cells.filter(({ kind }) => kind !== 'moved')
        .flatMap(({ oldIndex }) => oldIndex ?? []);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    });
  });

  it('finds nothing between a notebook and itself', () => {
    fc.assert(
      fc.property(notebook, (same) => {
        const diff = diffNotebooks(same, same);
        expect(diff.cells.every(({ kind }) => kind === 'same')).toBe(true);
        expect(describeSummary(diff.summary)).toBe('No changes');
      }),
    );
  });

  it('never shows a cell as removed here and added there', () => {
    checkPairs((old, fresh) => {
      const { cells } = diffNotebooks(old, fresh);
      const keysOf = (kind: string) =>
        cells
          .filter((row) => row.kind === kind)
          .flatMap((row) => row.old ?? row.new ?? [])
          .filter(({ source }) => source.trim() !== '')
          .map((cell) => `${cell.kind} ${cell.source}`);
      const removed = new Set(keysOf('removed'));
      expect(keysOf('added').filter((key) => removed.has(key))).toEqual([]);
    });
  });

  it('counts what it lists', () => {
    checkPairs((old, fresh) => {
      const { cells, summary } = diffNotebooks(old, fresh);
      const count = (kind: string) => cells.filter((row) => row.kind === kind).length;
      expect(old.cells.length - summary.removed).toBe(fresh.cells.length - summary.added);
      expect([summary.added, summary.removed, summary.moved]).toEqual(
        ['added', 'removed', 'moved'].map(count),
      );
      for (const row of cells) {
        const differs = row.sourceChanged || row.outputsChanged || row.metadataChanged;
        if (row.kind === 'same') expect(differs).toBe(false);
        if (row.kind === 'changed') expect(differs).toBe(true);
      }
    });
  });
});

describe('diffNotebooks is sound', () => {
  it('for any two notebooks, and the same way back', () => {
    let asymmetric = 0;
    fc.assert(
      fc.property(pairs, ([old, fresh]) => {
        const there = diffNotebooks(old, fresh);
        expect(findFaults(there, old, fresh)).toEqual([]);
        asymmetric += Math.min(1, measureAsymmetry(there, diffNotebooks(fresh, old)));
      }),
      { numRuns: 500 },
    );
    // These repeat their few lines, so that ties are many; real notebooks have hardly any.
    expect(asymmetric).toBeLessThan(100);
  });

  it('for composed notebooks of real sizes, and the same way back', () => {
    let asymmetric = 0;
    for (let seed = 0; seed < 40; seed += 1) {
      const random = createRandom(seed);
      const old = composeNotebook(random, 5 + seed * 5, { hasIds: seed % 2 === 0, imageChars: 40 });
      const mutations = Array.from({ length: 1 + (seed % 20) }, () => random.oneOf(mutationKinds));
      const { notebook: fresh } = mutateNotebook(old, mutations, random, () => composeCell(random));
      const there = diffNotebooks(old, fresh);
      expect(findFaults(there, old, fresh)).toEqual([]);
      asymmetric += Math.min(1, measureAsymmetry(there, diffNotebooks(fresh, old)));
    }
    expect(asymmetric).toBeLessThanOrEqual(1);
  });

  it('so that a diff that is not, is found out', () => {
    const [old, fresh] = [read('base'), read('moved')];
    const diff = diffNotebooks(old, fresh);
    const changed = (change: (row: CellDiff) => CellDiff | undefined) => ({
      ...diff,
      cells: diff.cells.flatMap((row) => change(row) ?? []),
    });
    const wrong = [
      changed((row) => (row.kind === 'same' && row.oldIndex === 0 ? undefined : row)),
      changed((row) => (row.kind === 'moved' ? { ...row, kind: 'changed' } : row)),
      changed((row) => ({ ...row, hunks: [] })),
      changed((row) => (row.newIndex === 3 ? { ...row, splitFrom: 3 } : row)),
    ];
    for (const each of wrong) expect(findFaults(each, old, fresh)).not.toEqual([]);
  });
});

describe('diffNotebooks of executed notebooks', () => {
  it.each(['rerun', 'base-v3', 'base-noids'])('sees no change in %s', (name) => {
    const diff = diffNotebooks(read('base'), read(name));
    expect(describeSummary(diff.summary)).toBe('No changes');
    expect(applyNotebookDiff(diff, read('base'))).toEqual(read(name));
  });

  it('knows that the rerun differs in its bytes', () => {
    const outputs = diffNotebooks(read('base'), read('rerun')).cells.flatMap((row) => row.outputs);
    expect(outputs.filter(({ onlyVolatile }) => onlyVolatile).length).toBeGreaterThanOrEqual(4);
  });

  it('tells the edit, the cell put in, the cell taken out and the output', () => {
    const { cells, summary } = diffNotebooks(read('base'), read('edited'));
    expect(describeSummary(summary)).toBe('1 cell changed, 1 added, 1 removed, 1 output differs');
    const settings = cells.find((row) => row.new?.id === 'settings');
    expect(settings?.hunks).toEqual([
      { oldStart: 1, oldLines: ['lr = 0.01'], newStart: 1, newLines: ['lr = 0.1'] },
    ]);
    expect(cells.find((row) => row.new?.id === 'train')).toMatchObject({
      kind: 'changed',
      sourceChanged: false,
      outputsChanged: true,
    });
  });

  it('finds what moved, and by its id also what was edited on the way', () => {
    const { cells } = diffNotebooks(read('base'), read('moved'));
    const moved = cells.filter(({ kind }) => kind === 'moved');
    expect(moved.map((row) => [row.new?.id, row.oldIndex, row.newIndex])).toEqual([
      ['table', 10, 2],
      ['figure', 11, 4],
    ]);
    expect(moved.map(({ sourceChanged }) => sourceChanged)).toEqual([true, false]);
  });

  it('finds what moved without ids', () => {
    const [old, fresh] = [read('base'), read('moved')].map(({ cells, ...header }) => ({
      ...header,
      cells: cells.map(({ id: _, ...cell }) => cell),
    }));
    const { cells } = diffNotebooks(old ?? read('base'), fresh ?? read('moved'));
    const moved = cells.filter(({ kind }) => kind === 'moved');
    expect(moved.map((row) => [row.oldIndex, row.newIndex])).toEqual([[11, 4]]);
  });
});

describe('the alignment of cells', () => {
  const [a, b, c, d] = ['import os', 'x = load()', 'plot(x)', 'save(x, path)'].map((source) =>
    toCell(source),
  ) as [NotebookCell, NotebookCell, NotebookCell, NotebookCell];

  it('shows a removed cell where it was', () => {
    expect(draw(toNotebook(a, b, c), toNotebook(a, c))).toEqual(['= 0>0', '- 1>', '= 2>1']);
  });

  it('lets the smaller part move', () => {
    expect(draw(toNotebook(a, b, c, d), toNotebook(d, a, b, c))).toEqual([
      '> 3>0',
      '= 0>1',
      '= 1>2',
      '= 2>3',
    ]);
  });

  it('pairs an edited cell, even of one line', () => {
    const edited = toCell('x = load("b.csv")');
    expect(draw(toNotebook(a, b, c), toNotebook(a, edited, c))).toEqual([
      '= 0>0',
      '~ 1>1',
      '= 2>2',
    ]);
  });

  it('does not pair cells that have nothing in common', () => {
    const other = toCell('Every word here differs');
    expect(draw(toNotebook(a, b), toNotebook(a, other))).toEqual(['= 0>0', '- 1>', '+ >1']);
  });

  it('follows an id through a rewrite, but not against the text', () => {
    const [oldB, newB] = [
      toCell('one = 1\ntwo = 2', { id: 'b' }),
      toCell('result = other_thing(3)', { id: 'b' }),
    ];
    expect(draw(toNotebook(a, oldB, c), toNotebook(a, newB, c))).toEqual([
      '= 0>0',
      '~ 1>1',
      '= 2>2',
    ]);
    // Ids given anew by position say nothing: the text tells that a cell was put in at the top.
    const ids = ['p', 'q', 'r', 's'];
    const number = (...cells: NotebookCell[]) =>
      toNotebook(...cells.map((cell, i) => ({ ...cell, id: ids[i] ?? '' })));
    expect(draw(number(b, c, d), number(a, b, c, d))).toEqual(['+ >0', '= 0>1', '= 1>2', '= 2>3']);
  });

  it('works with ids that repeat, or that only one side has', () => {
    const same = [a, b, c].map((cell) => ({ ...cell, id: 'x' }));
    expect(draw(toNotebook(...same), toNotebook(a, b, c))).toEqual(['= 0>0', '= 1>1', '= 2>2']);
  });

  const lines = ['a = load(1)', 'b = fit(a)', 'c = plot(b, a)', 'd = save(c)'];
  const whole = toCell(lines.join('\n'));
  const [front, back] = [lines.slice(0, 2), lines.slice(2)].map((part) => toCell(part.join('\n')));

  it('tells what a cell was split into, and what was merged', () => {
    const [one, two] = [front ?? a, back ?? a];
    const split = diffNotebooks(toNotebook(a, whole, d), toNotebook(a, one, two, d));
    const parts = split.cells.filter(({ kind }) => kind !== 'same');
    expect(parts.map(({ kind }) => kind).sort()).toEqual(['added', 'changed']);
    expect(parts.flatMap(({ splitFrom }) => splitFrom ?? [])).toEqual([1]);
    expect(split.summary).toMatchObject({ split: 1, merged: 0 });
    expect(describeSummary(split.summary)).toBe('1 cell changed, 1 added, 1 split');

    const merge = diffNotebooks(toNotebook(a, one, two, d), toNotebook(a, whole, d));
    expect(merge.cells.flatMap(({ mergedInto }) => mergedInto ?? [])).toEqual([1]);
    expect(describeSummary(merge.summary)).toBe('1 cell changed, 1 removed, 1 merged');
  });

  it('finds the whole of parts that are too short to be like it', () => {
    const singles = lines.map((line) => toCell(line));
    const { cells, summary } = diffNotebooks(toNotebook(a, whole, d), toNotebook(a, ...singles, d));
    expect(summary).toMatchObject({ changed: 1, added: 3, removed: 0, split: 1 });
    expect(cells.flatMap(({ splitFrom }) => splitFrom ?? [])).toEqual([1, 1, 1]);
  });

  it('calls no cell split that only lost lines, and none a part that has other lines', () => {
    const other = toCell('unrelated = 1\nwords = 2');
    const { cells } = diffNotebooks(toNotebook(a, whole, d), toNotebook(a, front ?? a, other, d));
    expect(cells.every(({ splitFrom }) => splitFrom === undefined)).toBe(true);
  });

  it('shows a cell that became Markdown as changed', () => {
    const note = toCell('import os', { kind: 'markdown' });
    const { cells } = diffNotebooks(toNotebook(a), toNotebook(note));
    expect(cells).toMatchObject([{ kind: 'changed', sourceChanged: true, hunks: [] }]);
  });

  it('stays within its budget for thousands of cells, and says when it was coarse', () => {
    const random = fc.sample(fc.array(fc.nat(999), { minLength: 30, maxLength: 60 }), {
      numRuns: 3_000,
      seed: 1,
    });
    const sources = random.map((numbers) => numbers.map((n) => `v${n} = f(${n % 7})`).join('\n'));
    const old = toNotebook(...sources.slice(0, 1_500).map((source) => toCell(source)));
    const fresh = toNotebook(...sources.slice(1_500).map((source) => toCell(source)));
    expect(measureCpuMs(() => diffNotebooks(old, fresh))).toBeLessThan(5_000);
    const diff = diffNotebooks(old, fresh);
    expect(diff.coarse).toBe(true);
    expect(applyNotebookDiff(diff, old)).toEqual(fresh);

    const shuffled = toNotebook(...old.cells.toReversed());
    expect(diffNotebooks(old, shuffled).summary).toMatchObject({ added: 0, moved: 1_499 });
  }, 60_000);
});

describe('noise', () => {
  it('is no change: execution counts, editor metadata, kinds of display', () => {
    const old = toCell('x', { executionCount: 1, metadata: { collapsed: true, tags: ['a'] } });
    const fresh = toCell('x', {
      executionCount: 7,
      metadata: { tags: ['a'], ExecuteTime: {}, 'jp-MarkdownHeadingCollapsed': true, vscode: {} },
    });
    expect(draw(toNotebook(old), toNotebook(fresh))).toEqual(['= 0>0']);
  });

  it('is not a tag, an attachment or a language', () => {
    for (const change of [
      { metadata: { tags: ['b'] } },
      { metadata: { vscode: { languageId: 'sql' } } },
      { attachments: { 'a.png': { 'image/png': 'AAAA' } } },
    ]) {
      const { cells, summary } = diffNotebooks(
        toNotebook(toCell('x')),
        toNotebook(toCell('x', change)),
      );
      expect(cells).toMatchObject([
        { kind: 'changed', metadataChanged: true, sourceChanged: false },
      ]);
      expect(summary.changed).toBe(1);
    }
  });
});

describe('describeSummary', () => {
  const none = { changed: 0, added: 0, removed: 0, moved: 0, outputsChanged: 0 };
  it.each([
    [{}, 'No changes'],
    [{ changed: 2, added: 1, outputsChanged: 3 }, '2 cells changed, 1 added, 3 outputs differ'],
    [{ removed: 1 }, '1 cell removed'],
    [{ moved: 2, outputsChanged: 1 }, '2 cells moved, 1 output differs'],
    [{ outputsChanged: 4 }, '4 outputs differ'],
  ])('of %j is %j', (counts, text) => {
    expect(describeSummary({ ...none, ...counts })).toBe(text);
  });
});
