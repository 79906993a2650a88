import { deepStrictEqual, rejects } from 'node:assert/strict';
import {
  NotebookCellData,
  NotebookCellKind,
  NotebookEdit,
  Uri,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import type { TraceData, TracedVersion } from '../../src/core/history/traceData';
import { serializeNotebook } from '../../src/core/notebook/serializeNotebook';
import { toNotebook } from '../../src/platform/notebookDocument';
import { restoreVersion } from '../../src/ui/restoreVersion';
import type { Services } from '../../src/ui/services';
import { workspaceRoot } from './epochlog';

type Restoring = Parameters<typeof restoreVersion>[3];

/** A history that finds the cell where it was asked for, after what else is done meanwhile. */
function historyThat(meanwhile: () => Promise<unknown>): Restoring {
  const histories: Partial<Services['histories']> = {
    async locate() {
      await meanwhile();
      return 0;
    },
  };
  // SAFETY: a version without results asks for nothing else.
  return { histories: histories as Services['histories'] };
}

async function openCells(name: string, kind: 'code' | 'markdown') {
  const uri = Uri.joinPath(workspaceRoot(), name);
  const cell = { kind, source: 'now', outputs: [], metadata: {} };
  const file = { cells: [cell], metadata: {}, language: 'python', nbformat: 4, nbformatMinor: 4 };
  await workspace.fs.writeFile(uri, Buffer.from(serializeNotebook(file)));
  return workspace.openNotebookDocument(uri);
}

const place = { cellIndex: 0 };
// SAFETY: these are all that a restore reads of a trace and a version.
const trace = { first: place, last: place } as unknown as TraceData;
const version = { kind: 'code', source: 'before', results: [] } as unknown as TracedVersion;

suite('restoreVersion', () => {
  test('writes nothing where cells were inserted while the cell was looked for', async () => {
    const document = await openCells('restoredMeanwhile.ipynb', 'code');
    const insert = async () => {
      const edit = new WorkspaceEdit();
      const data = new NotebookCellData(NotebookCellKind.Code, 'other', 'python');
      edit.set(document.uri, [NotebookEdit.insertCells(0, [data])]);
      await workspace.applyEdit(edit);
    };
    await rejects(
      restoreVersion('restoredMeanwhile.ipynb', trace, version, historyThat(insert)),
      /changed meanwhile/,
    );
    deepStrictEqual(
      toNotebook(document).cells.map(({ source }) => source),
      ['other', 'now'],
    );
  });

  test('makes a cell that is Markdown now the code that it was', async () => {
    const document = await openCells('restoredKind.ipynb', 'markdown');
    const history = historyThat(async () => undefined);
    await restoreVersion('restoredKind.ipynb', trace, version, history);
    deepStrictEqual(
      toNotebook(document).cells.map(({ kind, source }) => [kind, source]),
      [['code', 'before']],
    );
  });
});
