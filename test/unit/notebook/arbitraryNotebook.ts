import fc from 'fast-check';
import type { Notebook, NotebookCell, NotebookOutput } from '../../../src/core/notebook/notebook';

/** Few distinct lines, so that cells are often equal, alike, or blank. */
const line = fc.constantFrom(
  '',
  'import numpy as np',
  'x = 1',
  'x = 2',
  'plt.show()',
  'for i in range(10):',
  '    print(i, x)',
  'model.fit(X_train, y_train, epochs=3)',
  '# Résumé 数据\r',
  '\ud800',
);
const source = fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n'));

const output: fc.Arbitrary<NotebookOutput> = fc.oneof(
  fc.record({
    kind: fc.constant('stream' as const),
    name: fc.constantFrom('stdout', 'stderr'),
    data: fc.constant({}),
    text: fc.constantFrom('a\n', 'b\n', '1%\r2%\r', '<P at 0x7f5fd5d3eb50>\n', ''),
  }),
  fc.record({
    kind: fc.constantFrom('display' as const, 'result' as const),
    data: fc.constantFrom({ 'text/plain': '1' }, { 'text/plain': '2', 'image/png': 'AAAA' }, {}),
  }),
  fc.record({
    kind: fc.constant('error' as const),
    data: fc.constant({}),
    ename: fc.constantFrom('NameError', 'ValueError'),
    evalue: fc.constant('x'),
    traceback: fc.constantFrom('', 'Cell In[3], line 1'),
  }),
);
export const outputs: fc.Arbitrary<NotebookOutput[]> = fc.array(output, { maxLength: 4 });

const cell: fc.Arbitrary<NotebookCell> = fc.record(
  {
    kind: fc.constantFrom('code' as const, 'code' as const, 'markdown' as const, 'raw' as const),
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    source,
    outputs,
    executionCount: fc.nat(9),
    metadata: fc.constantFrom({}, { tags: ['train'] }, { collapsed: true }),
  },
  { requiredKeys: ['kind', 'source', 'outputs', 'metadata'], noNullPrototype: true },
);

function toNotebook(cells: readonly NotebookCell[]): Notebook {
  return { cells, metadata: {}, language: 'python', nbformat: 4, nbformatMinor: 5 };
}

export const notebook: fc.Arbitrary<Notebook> = fc
  .array(cell, { maxLength: 14 })
  .map((cells) => toNotebook(cells));

/** A notebook and what became of it by a few edits, as users make them. */
export const notebookPair: fc.Arbitrary<readonly [Notebook, Notebook]> = fc
  .tuple(
    notebook,
    fc.array(
      fc.tuple(
        fc.constantFrom('remove', 'insert', 'move', 'edit', 'output'),
        fc.nat(),
        fc.nat(),
        cell,
      ),
      { maxLength: 6 },
    ),
  )
  .map(([old, edits]) => {
    const cells = [...old.cells];
    for (const [edit, from, to, other] of edits) {
      const at = from % (cells.length + 1);
      const [here] = cells.slice(at, at + 1);
      if (edit === 'insert' || here === undefined) cells.splice(at, 0, other);
      else if (edit === 'edit') cells[at] = { ...here, source: `${here.source}\n${other.source}` };
      else if (edit === 'output') cells[at] = { ...here, outputs: other.outputs };
      else {
        cells.splice(at, 1);
        if (edit === 'move') cells.splice(to % (cells.length + 1), 0, here);
      }
    }
    return [old, toNotebook(cells)] as const;
  });
