import { describe, expect, it } from 'vitest';
import { diffNotebooks } from '../../../src/core/notebook/diffNotebooks';
import { diffCellMetadata, diffHeaders } from '../../../src/core/notebook/metadataDiff';
import type { Notebook, NotebookCell } from '../../../src/core/notebook/notebook';

const toCell = (rest: Partial<NotebookCell> = {}): NotebookCell => ({
  kind: 'code',
  source: 'x',
  outputs: [],
  metadata: {},
  ...rest,
});
const toNotebook = (rest: Partial<Notebook> = {}): Notebook => ({
  cells: [toCell()],
  metadata: {},
  language: 'python',
  nbformat: 4,
  nbformatMinor: 5,
  ...rest,
});

describe('the metadata of a cell', () => {
  it.each([
    ['tags', ['a']],
    ['slideshow', { slide_type: 'slide' }],
    ['editable', false],
    ['name', 'x'],
    ['vscode.languageId', 'sql', { vscode: { languageId: 'sql' } }],
    ['attachments.a.png', {}, {}, { attachments: { 'a.png': {} } }],
  ])('is changed by %s', (path, value, metadata: object = { [path]: value }, rest: object = {}) => {
    const fresh = toCell({ metadata: { ...metadata }, ...rest });
    expect(diffCellMetadata(toCell(), fresh)).toEqual([
      { path, new: JSON.stringify(value), isMinor: false },
    ]);
  });

  it.each([
    ['collapsed', true],
    ['scrolled', true],
    ['ExecuteTime', {}],
    ['execution', { 'iopub.status.busy': '2026' }],
    ['executionInfo', {}],
    ['outputId', 'x'],
    ['jp-MarkdownHeadingCollapsed', true],
    ['jupyter.source_hidden', true, { jupyter: { source_hidden: true } }],
    ['vscode.other', 1, { vscode: { other: 1 } }],
    ['papermill', { duration: 3 }],
    ['pycharm', {}],
    ['editable', true],
    ['tags', []],
  ])(
    'is not changed by %s, which is told all the same',
    (path, value, metadata: object = { [path]: value }) => {
      const fresh = toCell({ metadata: { ...metadata } });
      expect(diffCellMetadata(toCell(), fresh)).toEqual([
        { path, new: JSON.stringify(value), isMinor: true },
      ]);
      const { cells, summary } = diffNotebooks(toNotebook(), toNotebook({ cells: [fresh] }));
      expect(cells).toMatchObject([{ kind: 'same', metadataChanged: false, minorChanged: true }]);
      expect(summary.changed).toBe(0);
    },
  );

  it('does not mind the order of keys', () => {
    const [a, b] = [{ k: { a: 1, b: 2 } }, { k: { b: 2, a: 1 } }];
    expect(diffCellMetadata(toCell({ metadata: a }), toCell({ metadata: b }))).toEqual([]);
  });

  it('tells ids and execution counts as minor', () => {
    const [old, fresh] = [toCell({ id: 'a', executionCount: 1 }), toCell({ id: 'b' })];
    expect(diffCellMetadata(old, fresh)).toEqual([
      { path: 'execution_count', old: '1', isMinor: true },
      { path: 'id', old: '"a"', new: '"b"', isMinor: true },
    ]);
  });

  it('is the only thing that differs in a cell that is changed by it', () => {
    const fresh = toNotebook({ cells: [toCell({ metadata: { tags: ['a'] }, executionCount: 3 })] });
    expect(diffNotebooks(toNotebook(), fresh).cells).toMatchObject([
      { kind: 'changed', metadataChanged: true, minorChanged: true, sourceChanged: false },
    ]);
  });
});

describe('the header of a notebook', () => {
  it('is changed by kernel, language, format and the parameters of papermill', () => {
    const old = toNotebook({
      metadata: {
        kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' },
        language_info: { name: 'python', version: '3.8' },
        papermill: { parameters: { lr: 1 }, duration: 3 },
      },
    });
    const fresh = toNotebook({
      metadata: {
        kernelspec: { name: 'ir', display_name: 'R', language: 'R' },
        language_info: { name: 'R', version: '4' },
        papermill: { parameters: { lr: 2 }, duration: 4 },
        toc: {},
        widgets: { state: {} },
      },
      language: 'r',
      nbformat: 3,
      nbformatMinor: 0,
    });
    const changes = diffHeaders(old, fresh);
    const paths = (isMinor: boolean) =>
      changes.filter((change) => change.isMinor === isMinor).map(({ path }) => path);
    expect(paths(false)).toEqual([
      'nbformat',
      'kernelspec.language',
      'kernelspec.name',
      'language_info.name',
      'papermill.parameters',
    ]);
    expect(paths(true)).toEqual([
      'nbformat_minor',
      'kernelspec.display_name',
      'language_info.version',
      'papermill.duration',
      'toc',
      'widgets',
    ]);
    expect(diffNotebooks(old, fresh).headerChanges).toEqual(changes);
  });

  it('is not changed by a first run, which names the language', () => {
    const fresh = toNotebook({ metadata: { language_info: { name: 'python', version: '3.11' } } });
    expect(diffHeaders(toNotebook(), fresh).every(({ isMinor }) => isMinor)).toBe(true);
  });
});
