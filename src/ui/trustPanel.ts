import {
  commands,
  Disposable,
  type ExtensionContext,
  type NotebookDocument,
  NotebookEditorRevealType,
  NotebookRange,
  Uri,
  window,
  workspace,
} from 'vscode';
import { UserError } from '../core/userError';
import { commandIds, pageIds } from '../platform/contributionIds';
import { objectOf } from '../platform/keptState';
import { notebookType } from '../platform/notebookDocument';
import { registerPanels } from '../platform/panels';
import { watchedNotebook } from '../platform/watchedNotebook';
import type { TrustHost, TrustPage, TrustState } from '../protocol/trustPage';
import type { Services } from './services';
import { createThrottle } from './throttle';

/** The command of the Jupyter extension, where that is installed. */
const restartAndRunAll = 'jupyter.restartkernelandrunallcells';

/** The page "Can This Be Reproduced Top to Bottom?". */
export function registerTrust(
  context: ExtensionContext,
  { trust, register }: Pick<Services, 'trust' | 'register'>,
): Disposable {
  const panels = registerPanels<TrustState, TrustPage>(context, {
    viewType: pageIds.trust,
    view: 'trust',
    placement: 'beside',
    title: ({ notebook }) => `Reproducible? ${nameOf(notebook)}`,
    key: ({ notebook }) => notebook,
    parseState(kept) {
      const { notebook, showsAll } = objectOf(kept);
      return typeof notebook === 'string' ? { notebook, showsAll: showsAll === true } : undefined;
    },
    open({ state, page }) {
      const changed = createThrottle(() => page.trustChanged(), 300);
      const stop = trust.onDidChange((key) => {
        if (key === state.notebook) changed.request();
      });
      const closed = workspace.onDidCloseNotebookDocument(({ uri }) => {
        if (uri.toString() === state.notebook) changed.request();
      });
      const host: TrustHost = {
        async readTrust() {
          const name = nameOf(state.notebook);
          const document = find(state.notebook);
          const canRestart = (await commands.getCommands(true)).includes(restartAndRunAll);
          if (document === undefined) return { name, labels: [], canRestart };
          const report =
            trust.report(state.notebook) ?? (await trust.judge(watchedNotebook(document)));
          const labels = document.getCells().map((cell) => {
            const order = cell.executionSummary?.executionOrder;
            return {
              cellIndex: cell.index,
              text: labelOf(cell.document.getText()),
              ...(order !== undefined && { executionCount: order }),
            };
          });
          return { name, report, labels, canRestart };
        },
        async revealCell(cellIndex) {
          await reveal(await open(state.notebook), cellIndex);
        },
        async runAll() {
          await reveal(await open(state.notebook), 0);
          const all = await commands.getCommands(true);
          await commands.executeCommand(
            all.includes(restartAndRunAll) ? restartAndRunAll : 'notebook.execute',
          );
        },
        async openNotebook() {
          await window.showNotebookDocument(await open(state.notebook));
        },
      };
      return {
        host,
        dispose() {
          stop();
          closed.dispose();
          changed.dispose();
        },
      };
    },
  });
  return Disposable.from(
    panels,
    register(commandIds.showReproducibility, (given) => {
      const { notebook } = objectOf(given);
      const active = window.activeNotebookEditor?.notebook;
      const chosen =
        typeof notebook === 'string'
          ? notebook
          : active?.notebookType === notebookType
            ? active.uri.toString()
            : undefined;
      if (chosen === undefined) {
        throw new UserError('Open a notebook first, then ask again whether it can be reproduced.');
      }
      panels.show({ notebook: chosen, showsAll: false });
    }),
  );
}

function nameOf(notebook: string): string {
  return decodeURIComponent(notebook).split('/').at(-1) ?? notebook;
}

function find(notebook: string): NotebookDocument | undefined {
  return workspace.notebookDocuments.find(({ uri }) => uri.toString() === notebook);
}

async function open(notebook: string): Promise<NotebookDocument> {
  return find(notebook) ?? (await workspace.openNotebookDocument(Uri.parse(notebook)));
}

async function reveal(document: NotebookDocument, cellIndex: number): Promise<void> {
  const range = new NotebookRange(cellIndex, cellIndex + 1);
  const shown = window.visibleNotebookEditors.find(({ notebook }) => notebook === document);
  const editor = await window.showNotebookDocument(document, {
    selections: [range],
    ...(shown?.viewColumn !== undefined && { viewColumn: shown.viewColumn }),
  });
  editor.revealRange(range, NotebookEditorRevealType.InCenterIfOutsideViewport);
}

/** The first line that is code rather than a comment or a magic, if there is one. */
function labelOf(source: string): string {
  const lines = source.split('\n').map((line) => line.trim());
  const line = lines.find((each) => each !== '' && !/^(?:#|%%)/.test(each)) ?? lines[0] ?? '';
  return line.slice(0, 120);
}
