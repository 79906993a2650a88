import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Notebook, NotebookCell, NotebookOutput } from '../../../src/core/notebook/notebook';
import { parseNotebook } from '../../../src/core/notebook/parseNotebook';
import { serializeNotebook } from '../../../src/core/notebook/serializeNotebook';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.constantFrom('\n', '\r\n', '\r', 'a', '\u2028', '\ud800', '\u001b[1m', ''))
    .map((parts) => parts.join('')),
);
const json = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }).map((value) =>
  // As a file gives it: JSON knows no -0 and no undefined.
  JSON.parse(JSON.stringify(value)),
);
const data = fc
  .record(
    {
      'text/plain': anyText,
      'text/html': anyText,
      'image/svg+xml': anyText,
      'image/png': fc.base64String(),
      'application/pdf': fc.base64String(),
      // Of a JSON medium the text is JSON in its shortest form.
      'application/json': json.map((value) => JSON.stringify(value)),
      'application/vnd.plotly.v1+json': json.map((value) => JSON.stringify(value)),
    },
    { requiredKeys: [] },
  )
  .map((bundle) => Object.fromEntries(Object.entries(bundle)));

const output: fc.Arbitrary<NotebookOutput> = fc.oneof(
  fc.record({
    kind: fc.constant('stream' as const),
    name: fc.constantFrom('stdout', 'stderr'),
    data: fc.constant({}),
    text: anyText,
  }),
  fc.record(
    {
      kind: fc.constantFrom('display' as const, 'result' as const),
      data,
      metadata: json.filter((value) => Object.keys(value).length > 0),
    },
    { requiredKeys: ['kind', 'data'] },
  ),
  fc.record({
    kind: fc.constant('error' as const),
    data: fc.constant({}),
    ename: anyText,
    evalue: anyText,
    traceback: anyText,
  }),
);

const id = fc.string({ minLength: 1, maxLength: 64 });
const codeCell: fc.Arbitrary<NotebookCell> = fc.record(
  {
    kind: fc.constant('code' as const),
    id,
    source: anyText,
    outputs: fc.array(output, { maxLength: 4 }),
    executionCount: fc.nat(),
    metadata: json,
  },
  { requiredKeys: ['kind', 'source', 'outputs', 'metadata'] },
);
const textCell: fc.Arbitrary<NotebookCell> = fc.record(
  {
    kind: fc.constantFrom('markdown' as const, 'raw' as const),
    id,
    source: anyText,
    outputs: fc.constant([]),
    metadata: json,
    attachments: json,
  },
  { requiredKeys: ['kind', 'source', 'outputs', 'metadata'] },
);
const notebook: fc.Arbitrary<Notebook> = fc.record({
  cells: fc.array(fc.oneof(codeCell, textCell), { maxLength: 6 }),
  metadata: json.map((value) => ({ ...value, language_info: { name: 'r' }, kernelspec: {} })),
  language: fc.constant('r'),
  nbformat: fc.constant(4),
  nbformatMinor: fc.nat(9),
});

/** JSON media as what they say: a file has its keys in order. */
function withValues(from: Notebook) {
  const read = (media: string, text: string) => (media.includes('json') ? JSON.parse(text) : text);
  const cells = from.cells.map((cell) => ({
    ...cell,
    outputs: cell.outputs.map((each) => ({
      ...each,
      data: Object.entries(each.data)
        .map(([media, text]) => [media, read(media, text)])
        .sort(),
    })),
  }));
  return { ...from, cells };
}

test('any notebook comes back from its file as it was', () => {
  fc.assert(
    fc.property(notebook, (before) => {
      const after = parseNotebook(serializeNotebook(before));
      expect(withValues(after)).toEqual(withValues(before));
    }),
    { numRuns: 300 },
  );
});

const fixtures = join(__dirname, '..', '..', 'fixtures', 'notebooks');
const executed = readdirSync(fixtures).filter((name) => name.endsWith('.ipynb'));

test.each(executed)('%s, executed by Jupyter, is the same notebook', (name) => {
  const before = parseNotebook(readFileSync(join(fixtures, name), 'utf8'));
  const text = serializeNotebook({ ...before, nbformat: 4 });
  expect(parseNotebook(text)).toEqual({ ...before, nbformat: 4 });
});

test('the sample notebook is the same file, byte for byte', () => {
  const path = join(__dirname, '..', '..', '..', 'examples', 'digits', 'explore.ipynb');
  const text = readFileSync(path, 'utf8');
  expect(serializeNotebook(parseNotebook(text))).toBe(text);
});

test('keys are in the order in which Jupyter and VS Code write them, at every depth', () => {
  const text = serializeNotebook({
    cells: [
      {
        kind: 'code',
        id: 'a',
        source: 'x\ny',
        outputs: [
          { kind: 'result', data: { 'text/plain': '1', 'application/json': '{"b":1,"a":[]}' } },
        ],
        executionCount: 2,
        metadata: { tags: ['z'], jupyter: { b: 1, a: 2 } },
      },
    ],
    metadata: { language_info: { name: 'python' }, kernelspec: { name: 'k', display_name: 'K' } },
    language: 'python',
    nbformat: 4,
    nbformatMinor: 5,
  });
  expect(text.match(/"[a-z_/]+"(?=:)/g)?.map((key) => JSON.parse(key))).toEqual([
    'cells',
    ...['cell_type', 'execution_count', 'id', 'metadata', 'jupyter', 'a', 'b', 'tags', 'outputs'],
    ...['data', 'application/json', 'a', 'b', 'text/plain', 'execution_count', 'metadata'],
    ...['output_type', 'source'],
    ...['metadata', 'kernelspec', 'display_name', 'name', 'language_info', 'name'],
    ...['nbformat', 'nbformat_minor'],
  ]);
  expect(text.endsWith('}\n')).toBe(true);
});

test('what a file says of how outputs are shown is in the file again', () => {
  const metadata = { 'image/png': { width: 400 }, needs_background: 'light' };
  const shown = { data: { 'text/plain': ['1'] }, metadata };
  const outputs = [
    { ...shown, output_type: 'display_data' },
    { ...shown, execution_count: 1, output_type: 'execute_result' },
  ];
  const cell = { cell_type: 'code', execution_count: 1, metadata: {}, outputs, source: ['x'] };
  const file = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 4 };
  expect(JSON.parse(serializeNotebook(parseNotebook(JSON.stringify(file))))).toEqual(file);
});
