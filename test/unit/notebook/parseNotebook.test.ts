import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotebookParseError, parseNotebook } from '../../../src/core/notebook/parseNotebook';
import { repairJson } from '../../../src/core/notebook/repairJson';

const fixtures = new URL('../../fixtures/notebooks/', import.meta.url);

function readFixture(name: string): string {
  return readFileSync(new URL(`${name}.ipynb`, fixtures), 'utf8');
}

function notebookWith(cell: string): string {
  return `{"cells": [${cell}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}`;
}

describe('parseNotebook', () => {
  it('reads a notebook that Jupyter wrote', () => {
    const notebook = parseNotebook(readFixture('base'));
    expect(notebook).toMatchObject({ language: 'python', nbformat: 4, nbformatMinor: 5 });
    expect(notebook.cells.map(({ id }) => id)).toContain('train');
    const train = notebook.cells.find(({ id }) => id === 'train');
    expect(train?.metadata).toMatchObject({ tags: ['train'] });
    expect(train?.outputs[0]).toMatchObject({ kind: 'stream', name: 'stdout' });
    expect(train?.outputs[0]?.text).toContain('epoch 5 loss=');
    const figure = notebook.cells.find(({ id }) => id === 'figure');
    expect(figure?.outputs[0]?.data['image/png']).toMatch(/^iVBOR/);
  });

  it('reads nbformat 3 as the same cells', () => {
    const [old, now] = [parseNotebook(readFixture('base-v3')), parseNotebook(readFixture('base'))];
    expect(old.nbformat).toBe(3);
    expect(old.cells.map(({ kind, source }) => [kind, source])).toEqual(
      now.cells.map(({ kind, source }) => [kind, source]),
    );
    expect(old.cells.map(({ outputs }) => outputs.map(({ kind, text }) => [kind, text]))).toEqual(
      now.cells.map(({ outputs }) => outputs.map(({ kind, text }) => [kind, text])),
    );
  });

  it('reads headings and errors of nbformat 3', () => {
    const text = JSON.stringify({
      metadata: { name: '' },
      nbformat: 3,
      worksheets: [
        {
          cells: [
            { cell_type: 'heading', level: 2, source: ['Title'] },
            {
              cell_type: 'code',
              input: 'x',
              prompt_number: 4,
              outputs: [{ output_type: 'pyerr', ename: 'E', evalue: 'v', traceback: ['a', 'b'] }],
            },
          ],
        },
      ],
    });
    expect(parseNotebook(text).cells).toEqual([
      { kind: 'markdown', source: '## Title', outputs: [], metadata: {} },
      {
        kind: 'code',
        source: 'x',
        executionCount: 4,
        metadata: {},
        outputs: [{ kind: 'error', data: {}, ename: 'E', evalue: 'v', traceback: 'a\nb' }],
      },
    ]);
  });

  it('reads an error of today', () => {
    const failed = parseNotebook(readFixture('failed')).cells.find(({ id }) => id === 'train');
    expect(failed?.outputs[0]).toMatchObject({ kind: 'error', ename: 'NameError' });
  });

  it('takes a source as one string or many, and what is missing as empty', () => {
    const [a, b, c] = [
      '{"cell_type": "code", "source": "x\\ny"}',
      '{"source": ["x\\n", "y"]}',
      '{}',
    ].map((cell) => parseNotebook(notebookWith(cell)).cells[0]);
    expect(a).toEqual({ kind: 'code', source: 'x\ny', outputs: [], metadata: {} });
    expect(b).toEqual({ kind: 'raw', source: 'x\ny', outputs: [], metadata: {} });
    expect(c).toEqual({ kind: 'raw', source: '', outputs: [], metadata: {} });
  });

  it('keeps NaN and Infinity as words, also beside strings that hold them', () => {
    const text = notebookWith(
      '{"cell_type": "code", "source": "x = [NaN, \\"NaN\\"]", "metadata": {"a": NaN, "b": [-Infinity, Infinity, 1]}}',
    );
    expect(parseNotebook(text).cells[0]).toMatchObject({
      source: 'x = [NaN, "NaN"]',
      metadata: { a: 'NaN', b: ['-Infinity', 'Infinity', 1] },
    });
  });

  it('keeps lone surrogates, NUL, a byte order mark aside, and odd keys', () => {
    const text = `\ufeff${notebookWith('{"cell_type": "code", "source": "\\ud800\\u0000", "metadata": {"__proto__": {"x": 1}}, "outputs": [{"output_type": "display_data", "data": {"__proto__": "y"}}]}')}`;
    const [cell] = parseNotebook(text).cells;
    expect(cell?.source).toBe('\ud800\u0000');
    expect(Object.keys(cell?.metadata ?? {})).toEqual(['__proto__']);
    expect(Object.keys(cell?.outputs[0]?.data ?? {})).toEqual(['__proto__']);
  });

  it('keeps JSON media as text, however deep', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    for (const value of ['{"b":1,"a":[true,null]}', deep]) {
      const cell = `{"cell_type": "code", "source": "", "outputs": [{"output_type": "display_data", "data": {"application/json": ${value}}}]}`;
      expect(parseNotebook(notebookWith(cell)).cells[0]?.outputs[0]?.data).toEqual({
        'application/json': value,
      });
    }
  });

  it('reads a string of 50 MB', () => {
    const source = 'x'.repeat(50_000_000);
    const cell = JSON.stringify({ cell_type: 'code', source, metadata: {} });
    expect(parseNotebook(notebookWith(cell)).cells[0]?.source.length).toBe(source.length);
    const repaired = notebookWith(cell.replace('"metadata":{}', '"metadata":{"a":NaN}'));
    expect(parseNotebook(repaired).cells[0]?.source.length).toBe(source.length);
  });

  it.each([
    ['', 'Not a notebook: the file is empty.'],
    ['[]', 'Not a notebook: the file is not a JSON object.'],
    ['{"metadata": {}}', 'Not a notebook: it has neither "cells" nor "worksheets".'],
    ['{"cells": [{}, 3]}', 'Damaged notebook: cells[1] is not a cell.'],
    ['{"worksheets": [{}]}', 'Damaged notebook: worksheets[0] has no "cells".'],
    ['<html>', 'Damaged notebook: not JSON at line 1, column 1: expected a value.'],
    ['{"cells": [\n', 'Damaged notebook: not JSON at line 2, column 1: the text ends too early.'],
    [
      '{"cells": ["a',
      'Damaged notebook: not JSON at line 1, column 14: the text ends inside a string.',
    ],
    [
      '{"a": 1,}',
      'Damaged notebook: not JSON at line 1, column 9: expected a name in double quotes.',
    ],
    ['{"a": 01}', 'Damaged notebook: not JSON at line 1, column 7: expected a value.'],
    [
      '{} {}',
      'Damaged notebook: not JSON at line 1, column 4: text after the end of the notebook.',
    ],
    [
      '{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> b\n}',
      'Damaged notebook: not JSON at line 2, column 1: expected a name in double quotes. The file holds merge conflict markers.',
    ],
  ])('says what is wrong with %j', (text, message) => {
    expect(() => parseNotebook(text)).toThrow(new NotebookParseError(message));
  });

  it('fails with its own error only, whatever a fixture is cut to or changed into', () => {
    const base = readFixture('base');
    fc.assert(
      fc.property(fc.nat(base.length), fc.nat(40), fc.string({ maxLength: 3 }), (at, gone, put) => {
        try {
          parseNotebook(base.slice(0, at) + put + base.slice(at + gone));
        } catch (error) {
          expect(error).toBeInstanceOf(NotebookParseError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('repairJson', () => {
  it('takes exactly what JSON.parse takes, NaN and Infinity aside', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      ',',
      ':',
      '"a"',
      '"\\n"',
      '"\\x"',
      '1',
      '-0.5e3',
      '01',
      '1.',
      'true',
      'nul',
      ' ',
      '\n',
      '\t',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const text = pieces.join('');
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        expect(typeof repairJson(text) === 'string').toBe(parses);
      }),
      { numRuns: 3_000 },
    );
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(repairJson(text)).toBe(text);
      }),
    );
  });
});
