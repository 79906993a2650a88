import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffNotebooks } from '../../../src/core/notebook/diffNotebooks';
import type { Notebook, NotebookCell } from '../../../src/core/notebook/notebook';
import {
  type EditChoice,
  type NotebookEditStep,
  planNotebookEdits,
} from '../../../src/core/notebook/planNotebookEdits';
import { toCell, toNotebook } from '../../page/support/sampleDiff';
import { notebookPair } from './arbitraryNotebook';

/** As the editor does: all steps at once, by the places before any of them. */
function apply(own: Notebook, other: Notebook, steps: readonly NotebookEditStep[]): Notebook {
  const cells = [...own.cells];
  const fromTheEnd = steps.toSorted(
    (a, b) => b.index - a.index || b.removed.length - a.removed.length,
  );
  for (const { index, removed, cells: planned } of fromTheEnd) {
    const fresh = planned.map((cell): NotebookCell => {
      const from = cell.from === 'own' ? own.cells[cell.index] : other.cells[cell.index];
      if (from === undefined) throw new Error('The plan names a cell that is not there.');
      if (cell.from === 'own') return { ...from, source: cell.source };
      const { id: _, ...rest } = from;
      return cell.id === undefined ? rest : { ...rest, id: cell.id };
    });
    const gone = cells.splice(index, removed.length, ...fresh);
    expect(gone.map(({ source }) => source)).toEqual(removed);
  }
  return { ...own, cells };
}

const seen = ({ cells }: Notebook) =>
  cells.map(({ kind, source, outputs, metadata }) => ({ kind, source, outputs, metadata }));

function plan(old: Notebook, fresh: Notebook, own: 'old' | 'new', choice: EditChoice) {
  const { cells } = diffNotebooks(old, fresh);
  const steps = planNotebookEdits({ cells, old, new: fresh }, own, choice);
  return own === 'old' ? apply(old, fresh, steps) : apply(fresh, old, steps);
}

/** Each hunk and each cell of which something can be taken. */
function choices(old: Notebook, fresh: Notebook): EditChoice[] {
  return diffNotebooks(old, fresh).cells.flatMap((cell, row): EditChoice[] => {
    if (cell.hunks.length > 0) return cell.hunks.map((_, hunk) => ({ what: 'hunk', row, hunk }));
    const isChange = cell.kind !== 'same' || cell.outputsChanged || cell.metadataChanged;
    return isChange ? [{ what: 'cell', row }] : [];
  });
}

const isDone = (old: Notebook, fresh: Notebook) => choices(old, fresh).length === 0;

describe('planNotebookEdits', () => {
  it('gives the other side if all is taken', () => {
    fc.assert(
      fc.property(notebookPair, fc.constantFrom('old' as const, 'new' as const), (pair, own) => {
        const [old, fresh] = pair;
        const result = plan(old, fresh, own, { what: 'all' });
        const after = own === 'old' ? diffNotebooks(result, fresh) : diffNotebooks(old, result);
        expect(
          after.cells.every(({ kind, outputsChanged }) => kind === 'same' && !outputsChanged),
        ).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('gives the other side if every hunk of every cell is taken one by one, in any order', () => {
    fc.assert(
      fc.property(
        notebookPair,
        fc.constantFrom('old' as const, 'new' as const),
        fc.array(fc.nat(), { minLength: 1, maxLength: 20 }),
        ([old, fresh], own, order) => {
          let [before, after] = [old, fresh];
          const most = 20 + 8 * (old.cells.length + fresh.cells.length);
          let taken = 0;
          for (; !isDone(before, after) && taken < most; taken += 1) {
            const open = choices(before, after);
            const choice = open[(order[taken % order.length] ?? 0) % open.length];
            if (choice === undefined) break;
            const result = plan(before, after, own, choice);
            [before, after] = own === 'old' ? [result, after] : [before, result];
          }
          expect(isDone(before, after), `after ${taken} edits`).toBe(true);
          const [result, wanted] = own === 'old' ? [before, fresh] : [after, old];
          expect(result.cells.map(({ source }) => source)).toEqual(
            wanted.cells.map(({ source }) => source),
          );
        },
      ),
      { numRuns: 400 },
    );
  });

  it('never gives two cells one id that was of one', () => {
    fc.assert(
      fc.property(notebookPair, fc.constantFrom('old' as const, 'new' as const), (pair, own) => {
        const unique = ({ cells, ...rest }: Notebook): Notebook => ({
          ...rest,
          cells: cells.map((cell, index) => ({ ...cell, id: `${cell.id ?? 'n'}-${index}` })),
        });
        const [old, fresh] = [unique(pair[0]), unique(pair[1])];
        for (const choice of [...choices(old, fresh), { what: 'all' } as const]) {
          const ids = plan(old, fresh, own, choice).cells.flatMap(({ id }) => id ?? []);
          expect(new Set(ids).size).toBe(ids.length);
        }
      }),
      { numRuns: 150 },
    );
  });

  const sources = (...texts: string[]) => toNotebook(texts.map((text) => toCell(text, text)));

  it('takes one hunk and leaves the other, outputs and all', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `x${i} = ${i}`);
    const old = toNotebook([toCell('a', lines.join('\n'), 'out\n')]);
    const edited = lines.with(1, 'x1 = 100').with(15, 'x15 = 1500');
    const fresh = toNotebook([toCell('a', edited.join('\n'), 'out\n')]);
    const result = plan(old, fresh, 'new', { what: 'hunk', row: 0, hunk: 0 });
    expect(result.cells[0]?.source).toBe(lines.with(15, 'x15 = 1500').join('\n'));
    expect(result.cells[0]?.outputs).toEqual(fresh.cells[0]?.outputs);
    expect(result.cells[0]?.id).toBe('a');
  });

  it('brings a removed cell back where it was, and takes an added one away', () => {
    const [a, b, c, d] = ['import os, sys', 'load(data)', 'fit(model)', 'plot(history)'];
    const old = sources(a ?? '', b ?? '', c ?? '');
    const fresh = sources(a ?? '', c ?? '', d ?? '');
    const rows = diffNotebooks(old, fresh).cells.map(({ kind }) => kind);
    expect(rows).toEqual(['same', 'removed', 'same', 'added']);
    const take = (own: 'old' | 'new', row: number) =>
      plan(old, fresh, own, { what: 'cell', row }).cells.map(({ source }) => source);
    expect(take('new', 1)).toEqual([a, b, c, d]);
    expect(take('new', 3)).toEqual([a, c]);
    expect(take('old', 1)).toEqual([a, c]);
    expect(take('old', 3)).toEqual([a, b, c, d]);
  });

  it('moves a cell back to its old place', () => {
    const texts = ['import os, sys', 'load(data)', 'fit(model)', 'plot(history)'];
    const old = sources(...texts);
    const fresh = toNotebook([3, 0, 1, 2].flatMap((at) => old.cells[at] ?? []));
    const row = diffNotebooks(old, fresh).cells.findIndex(({ kind }) => kind === 'moved');
    expect(seen(plan(old, fresh, 'new', { what: 'cell', row }))).toEqual(seen(old));
    expect(seen(plan(old, fresh, 'old', { what: 'cell', row }))).toEqual(seen(fresh));
  });

  it('refuses what the diff does not have', () => {
    const [old, fresh] = [sources('a'), sources('b')];
    for (const choice of [
      { what: 'cell', row: 9 },
      { what: 'hunk', row: 0, hunk: 9 },
    ] as const) {
      expect(() => plan(old, fresh, 'new', choice)).toThrow(RangeError);
    }
  });
});
