import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createNotebookFiles } from '../../../src/app/notebookFiles';
import { createNotebookSnapshots } from '../../../src/app/notebookSnapshots';
import type {
  EditorCell,
  EditorNotebook,
  EditorOutput,
} from '../../../src/core/notebook/editorNotebook';
import type { NotebookOutput } from '../../../src/core/notebook/notebook';
import { parseNotebook } from '../../../src/core/notebook/parseNotebook';

/** As VS Code's serializer makes it of a file. */
function toEditor(text: string): EditorNotebook {
  const { cells, metadata, nbformat, nbformatMinor } = parseNotebook(text);
  return {
    metadata: { metadata, nbformat, nbformat_minor: nbformatMinor },
    cells: cells.map((cell) => ({
      isCode: cell.kind !== 'markdown',
      languageId: cell.kind === 'raw' ? 'raw' : 'python',
      source: cell.source,
      metadata: { id: cell.id, metadata: cell.metadata, attachments: cell.attachments },
      executionOrder: cell.executionCount,
      outputs: cell.outputs.map(toEditorOutput),
    })),
  };
}

function toEditorOutput(output: NotebookOutput): EditorOutput {
  if (output.kind === 'stream') {
    const mime = `application/vnd.code.notebook.${output.name}`;
    return { items: [{ mime, data: Buffer.from(output.text ?? '') }] };
  }
  if (output.kind === 'error') {
    const { ename: name, evalue: message, traceback: stack } = output;
    const data = Buffer.from(JSON.stringify({ name, message, stack }));
    return { items: [{ mime: 'application/vnd.code.notebook.error', data }] };
  }
  const outputType = output.kind === 'result' ? 'execute_result' : 'display_data';
  return {
    metadata: { outputType, metadata: output.metadata },
    items: Object.entries(output.data).map(([mime, text]) => ({
      mime,
      data: Buffer.from(text, mime === 'image/png' ? 'base64' : 'utf8'),
    })),
  };
}

const files = createNotebookFiles();
const snapshots = createNotebookSnapshots({
  assemble: async (...args) => files.assemble(...args),
  hash: async (path) => files.hash(path),
  likeness: async (...args) => files.likeness(...args),
});
const folder = join(import.meta.dirname, '../../fixtures/notebooks');

test.each(readdirSync(folder).filter((name) => /(?<!-v3)\.ipynb$/.test(name)))(
  'what an editor holds of %s becomes that file',
  async (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const written = await snapshots.use(toEditor(text), async (path) => readFileSync(path, 'utf8'));
    expect(parseNotebook(written)).toEqual(parseNotebook(text));
  },
);

test('its file is gone when nobody reads it any more', async () => {
  let seen = '';
  await expect(
    snapshots.use({ metadata: {}, cells: [] }, async (path) => {
      seen = path;
      throw new Error('the store is closed');
    }),
  ).rejects.toThrow('the store is closed');
  expect(() => readFileSync(seen)).toThrow('ENOENT');
});

test('how an output is shown is in the file as the editor has it', async () => {
  const metadata = { 'image/png': { width: 400 } };
  const output: NotebookOutput = { kind: 'display', data: { 'image/png': 'AAAA' }, metadata };
  const cell: EditorCell = {
    isCode: true,
    languageId: 'python',
    source: 'show()',
    metadata: {},
    outputs: [toEditorOutput(output)],
  };
  const text = await snapshots.use({ metadata: {}, cells: [cell] }, async (path) =>
    readFileSync(path, 'utf8'),
  );
  expect(parseNotebook(text).cells[0]?.outputs).toEqual([output]);
});
