import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyNotebookDiff } from '../../../src/core/notebook/applyNotebookDiff';
import { diffNotebooks } from '../../../src/core/notebook/diffNotebooks';
import { diffNotebookTexts } from '../../../src/core/notebook/diffNotebookTexts';
import { applyHunks } from '../../../src/core/notebook/diffSource';
import type { Notebook, NotebookCell } from '../../../src/core/notebook/notebook';
import { describeOutputChange } from '../../../src/core/notebook/outputDetail';
import { parseNotebook } from '../../../src/core/notebook/parseNotebook';
import { createWorkBudget } from '../../../src/core/notebook/workBudget';
import { createRandom } from '../../bench/store/random';
import { composeNotebook } from '../../support/notebooks/composeNotebook';
import { measureCpuMs } from './cpuTime';

const toCell = (source: string, rest: Partial<NotebookCell> = {}): NotebookCell => ({
  kind: 'code',
  source,
  outputs: [],
  metadata: {},
  ...rest,
});
const toNotebook = (cells: readonly NotebookCell[]): Notebook => ({
  cells,
  metadata: {},
  language: 'python',
  nbformat: 4,
  nbformatMinor: 5,
});

/** All that a page asks of two notebooks; both cells and texts must come out as they went in. */
function checkBoth(old: Notebook, fresh: Notebook): void {
  for (const [from, to] of [
    [old, fresh],
    [fresh, old],
  ] as const) {
    const diff = diffNotebooks(from, to);
    const rebuilt = applyNotebookDiff(diff, from);
    expect(rebuilt.cells.length).toBe(to.cells.length);
    expect(rebuilt.cells.every((cell, i) => cell.source === to.cells[i]?.source)).toBe(true);
    const oldPlaces = new Set(diff.cells.flatMap(({ oldIndex }) => oldIndex ?? []));
    expect(oldPlaces.size).toBe(from.cells.length);
    const budget = createWorkBudget(20_000_000);
    for (const { outputs } of diff.cells) {
      for (const output of outputs) describeOutputChange(output, budget);
    }
  }
}

/** A hundred times what the slowest takes, so that only what grows without bounds fails. */
const maxMs = 20_000;

describe('hostile notebooks are compared within bounds, and nothing of them is lost', () => {
  const deep = (depth: number, end: string) =>
    `${'{"a":['.repeat(depth)}${end}${']}'.repeat(depth)}`;
  const deepNotebook = (end: string) =>
    parseNotebook(
      `{"cells":[{"cell_type":"code","source":"x","metadata":{"deep":${deep(50_000, end)}},` +
        `"outputs":[{"output_type":"display_data","data":{"application/json":${deep(50_000, end)}}}]}],` +
        `"metadata":{"deep":${deep(50_000, end)}},"nbformat":4}`,
    );

  const giant = 'a b\t'.repeat(5_000_000);
  const lines = 'line of a log 0.5\n'.repeat(300_000);
  const manyCells = (edit: (i: number) => string) =>
    toNotebook(Array.from({ length: 100_000 }, (_, i) => toCell(edit(i))));

  const hostile: readonly (readonly [string, () => readonly [Notebook, Notebook]])[] = [
    ['nested deeply', () => [deepNotebook('1'), deepNotebook('2')]],
    [
      'of one line of 20 MB',
      () => [toNotebook([toCell(giant)]), toNotebook([toCell(`${giant}c ${giant.slice(9)}`)])],
    ],
    [
      'with an output of 300,000 lines',
      () => {
        const of = (text: string) =>
          toNotebook([
            toCell('x', { outputs: [{ kind: 'stream', name: 'stdout', data: {}, text }] }),
          ]);
        return [of(lines), of(lines.replaceAll('0.5', '0.25').replace('log', 'book'))];
      },
    ],
    [
      'of one output that overwrites its line a million times',
      () => {
        const of = (text: string) =>
          toNotebook([
            toCell('x', { outputs: [{ kind: 'stream', name: 'stdout', data: {}, text }] }),
          ]);
        return [of('1%\r'.repeat(1_000_000)), of('\u001b[A2%\b\r'.repeat(300_000))];
      },
    ],
    [
      'of 100,000 cells, a tenth edited',
      () => [
        manyCells((i) => `v${i} = f(${i})`),
        manyCells((i) => `v${i} = f(${i - (i % 10 ? 0 : 1)})`),
      ],
    ],
    [
      'of 100,000 equal cells',
      () => [manyCells(() => 'plt.show()'), manyCells((i) => (i % 2 ? 'plt.show()' : ''))],
    ],
    [
      'of 100,000 cells in another order',
      () => [
        manyCells((i) => `v${i} = f(${i})`),
        manyCells((i) => `v${99_999 - i} = f(${99_999 - i})`),
      ],
    ],
    [
      'of 100,000 cells with one id',
      () => {
        const [a, b] = [manyCells((i) => `a${i}`), manyCells((i) => `b${i % 500}`)];
        const withId = (cell: NotebookCell) => ({ ...cell, id: 'x' });
        return [toNotebook(a.cells.map(withId)), toNotebook(b.cells.map(withId))];
      },
    ],
    [
      'of lone surrogates and line ends of all kinds',
      () => [
        toNotebook([toCell('\ud800\r\nx\u2028\udc00'), toCell('\0\u001b\u009b')]),
        toNotebook([toCell('\ud800\r\ny\u2028\udc00\ud83d'), toCell('\0\u001b\u009b1')]),
      ],
    ],
    [
      'of a cell in 10,000 parts',
      () => {
        const parts = Array.from({ length: 10_000 }, (_, i) => `part = ${i}`);
        return [
          toNotebook([toCell(parts.join('\n'))]),
          toNotebook(parts.map((part) => toCell(part))),
        ];
      },
    ],
    [
      'named like what objects have by nature',
      () => {
        const of = (value: string) =>
          parseNotebook(
            `{"cells":[{"cell_type":"code","source":"x","metadata":{"__proto__":${value},"constructor":${value}},` +
              `"attachments":{"__proto__":${value}},"outputs":[{"output_type":"display_data","data":{"__proto__":"${value}"}}]}],` +
              '"metadata":{"__proto__":{"toString":1}},"nbformat":4}',
          );
        return [of('1'), of('2')];
      },
    ],
  ];
  it.each(hostile)(
    '%s',
    (_, make) => {
      const [old, fresh] = make();
      expect(measureCpuMs(() => checkBoth(old, fresh))).toBeLessThan(maxMs);
    },
    120_000,
  );

  it('with names of objects: what differs there is told', () => {
    const [old, fresh] = hostile.at(-1)?.[1]() ?? [];
    if (old === undefined || fresh === undefined) throw new Error('no notebooks');
    const [cell] = diffNotebooks(old, fresh).cells;
    expect(cell?.metadata.map(({ path }) => path)).toEqual([
      '__proto__',
      'constructor',
      'attachments.__proto__',
    ]);
  });
});

describe('a text that is no notebook', () => {
  const text = JSON.stringify({
    cells: [{ cell_type: 'code', source: ['a\n', 'b'], outputs: [], metadata: {} }],
    metadata: {},
    nbformat: 4,
  });

  it('is compared as text, with the reason, whatever stands in it', () => {
    const damaged = fc
      .tuple(
        fc.nat(text.length),
        fc.nat(8),
        fc.oneof(fc.string(), fc.constantFrom('[', '"', 'NaN', '\ud800')),
      )
      .map(([at, count, put]) => text.slice(0, at) + put + text.slice(at + count));
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string(), fc.json()), (other) => {
        for (const [from, to] of [
          [text, other],
          [other, text],
        ] as const) {
          const found = diffNotebookTexts(from, to);
          if (found.kind === 'notebooks') continue;
          expect(found.reason).toMatch(/notebook/);
          expect(applyHunks(from, found.hunks)).toBe(to);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('is one with NaN and Infinity, which Python writes', () => {
    const of = (number: string) =>
      `{"cells":[{"cell_type":"code","source":"x","metadata":{},"outputs":[{"output_type":"display_data","data":{"application/json":{"loss":${number}}}}]}],"nbformat":4}`;
    const found = diffNotebookTexts(of('NaN'), of('-Infinity'));
    if (found.kind !== 'notebooks') throw new Error(found.reason);
    expect(found.diff.summary.outputsChanged).toBe(1);
    expect(diffNotebookTexts(of('NaN'), of('NaN'))).toMatchObject({
      diff: { summary: { outputsChanged: 0 } },
    });
  });
});

describe('the budget', () => {
  it('is of work, not of time: a coarse diff is the same each time, says so, and loses nothing', () => {
    const [old, fresh] = [1, 2].map((seed) =>
      composeNotebook(createRandom(seed), 3_000, { imageChars: 8 }),
    );
    const words = (notebook: Notebook | undefined) =>
      toNotebook(
        (notebook?.cells ?? []).map((cell) => ({ ...cell, source: `${cell.source}\n`.repeat(12) })),
      );
    const [a, b] = [words(old), words(fresh)];
    const diff = diffNotebooks(a, b);
    expect(diff.coarse).toBe(true);
    expect(diffNotebooks(a, b)).toEqual(diff);
    expect(applyNotebookDiff(diff, a)).toEqual(b);
  }, 60_000);
});
