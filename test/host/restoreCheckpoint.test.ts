import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { NotebookEdit, Uri, WorkspaceEdit, workspace } from 'vscode';
import type { Checkpoint } from '../../src/core/checkpoint/checkpoint';
import { fromEditor } from '../../src/core/notebook/editorNotebook';
import { serializeNotebook } from '../../src/core/notebook/serializeNotebook';
import { decoding, toNotebook } from '../../src/platform/notebookDocument';
import { useSide } from '../../src/ui/notebookSides';
import { restoreCheckpoint, restoreContent } from '../../src/ui/restoreCheckpoint';
import type { Services } from '../../src/ui/services';
import { workspaceRoot } from './epochlog';

const inRoot = (name: string) => Uri.joinPath(workspaceRoot(), name);

/** A store that holds one content, and what it was given. */
function storeOf(content: string) {
  const taken: unknown[][] = [];
  const services = {
    reader: { readCheckpoint: async () => Buffer.from(content) },
    keeper: {
      take: async (_: string, kind: string, given: Uint8Array | { path: string }) =>
        taken.push([kind, given instanceof Uint8Array ? Buffer.from(given).toString() : 'editor']),
    },
    snapshots: { use: async (_: unknown, read: (path: string) => unknown) => read('') },
  };
  // SAFETY: these are all the parts that a restore asks for.
  return { taken, services: services as unknown as Services };
}

function toCheckpoint(notebook: string, more: Partial<Checkpoint> = {}): Checkpoint {
  // SAFETY: a restore reads no more of it.
  return {
    id: 'a',
    notebook,
    kind: 'save',
    takenAtMs: Date.UTC(2026, 0, 2),
    ...more,
  } as Checkpoint;
}

async function openEdited(name: string) {
  const uri = inRoot(name);
  const cell = { kind: 'code' as const, source: 'x', outputs: [], metadata: {} };
  const file = { cells: [cell], metadata: {}, language: 'python', nbformat: 4, nbformatMinor: 4 };
  await workspace.fs.writeFile(uri, Buffer.from(serializeNotebook(file)));
  const document = await workspace.openNotebookDocument(uri);
  const edit = new WorkspaceEdit();
  edit.set(uri, [NotebookEdit.updateCellMetadata(0, { metadata: { tags: ['edited'] } })]);
  await workspace.applyEdit(edit);
  return document;
}

suite('restoreCheckpoint', () => {
  test('keeps what the editor holds where the checkpoint is damaged', async () => {
    const document = await openEdited('restoredDamaged.ipynb');
    strictEqual(document.isDirty, true);
    const { taken, services } = storeOf('{');
    await restoreContent(toCheckpoint('restoredDamaged.ipynb', { problem: 'cut' }), services);
    deepStrictEqual(taken, [
      ['save', 'editor'],
      ['restore', '{'],
    ]);
  });

  test('takes no empty save of a script that is gone', async () => {
    const { taken, services } = storeOf('# %%\nx = 1\n');
    await restoreContent(toCheckpoint('restoredGone.py'), services);
    deepStrictEqual(taken, [['restore', '# %%\nx = 1\n']]);
  });

  test('copies what an Interactive Window held into the workspace', async () => {
    const { services } = storeOf(serializeNotebook(toNotebook(await openEdited('cells.ipynb'))));
    await restoreCheckpoint(toCheckpoint('/Interactive-7.interactive'), services);
    const names = (await workspace.fs.readDirectory(workspaceRoot())).map(([name]) => name);
    strictEqual(names.filter((name) => /^Interactive-7 \(.*\)\.ipynb$/.test(name)).length, 1);
  });
});

suite('useSide', () => {
  test('hands over what an editor holds as it is, by a file', async () => {
    const document = await openEdited('comparedEdited.ipynb');
    const use: Services['snapshots']['use'] = (held, read) => {
      deepStrictEqual(fromEditor(held, decoding), toNotebook(document));
      return read('/held.ipynb');
    };
    const services = { snapshots: { use } };
    const side = { kind: 'current' as const, notebook: 'comparedEdited.ipynb' };
    // SAFETY: a current side asks for nothing else.
    const content = await useSide(side, services as unknown as Services, async (each) => each);
    deepStrictEqual(content.content, { path: '/held.ipynb' });
    strictEqual(content.version, document.version);
  });
});
