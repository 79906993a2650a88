import { commands, type ExtensionContext, workspace } from 'vscode';
import type { CheckpointId } from '../core/run/run';
import { baseName } from '../core/run/runName';
import { UserError } from '../core/userError';
import { pageIds } from '../platform/contributionIds';
import { objectOf } from '../platform/keptState';
import { type Panels, registerPanels } from '../platform/panels';
import type {
  NotebookDiffHost,
  NotebookDiffPage,
  NotebookDiffState,
  NotebookSide,
} from '../protocol/notebookDiffPage';
import {
  findOpenNotebook,
  readSide,
  sideLabel,
  sideNotebook,
  sideTitle,
  sideUri,
} from './notebookSides';
import { restoreCheckpoint } from './restoreCheckpoint';
import type { Services } from './services';
import { createThrottle } from './throttle';

export function registerNotebookDiff(
  context: ExtensionContext,
  services: Services,
): Panels<NotebookDiffState> {
  const { cache, diff, guard } = services;
  const title = ({ oldSide, newSide }: NotebookDiffState) => {
    const notebook = sideNotebook(newSide, services) || sideNotebook(oldSide, services);
    const sides = `${sideLabel(oldSide, services)} ↔ ${sideLabel(newSide, services)}`;
    return `${baseName(notebook) || 'Notebook'}: ${sides}`;
  };
  return registerPanels<NotebookDiffState, NotebookDiffPage>(context, {
    viewType: pageIds.notebookDiff,
    view: 'notebookDiff',
    placement: 'active',
    title,
    key: ({ oldSide, newSide }) => `${sideKey(oldSide)} ${sideKey(newSide)}`,
    parseState(kept) {
      const { oldSide, newSide, hideUnchanged } = objectOf(kept);
      const [old, fresh] = [parseSide(oldSide), parseSide(newSide)];
      if (!old || !fresh) return undefined;
      return { oldSide: old, newSide: fresh, hideUnchanged: hideUnchanged !== false };
    },
    open({ state, page, setTitle }) {
      const { oldSide, newSide } = state;
      const changed = createThrottle(() => page.diffChanged(), 500);
      // A checkpoint never changes; the open notebook does.
      const edits = workspace.onDidChangeNotebookDocument(({ notebook }) => {
        for (const side of [oldSide, newSide]) {
          if (side.kind === 'current' && notebook === findOpenNotebook(side.notebook)) {
            changed.request();
          }
        }
      });
      const host: NotebookDiffHost = {
        async readDiff() {
          await cache.ready;
          setTitle(title(state));
          const [old, fresh] = await Promise.all([
            readSide(oldSide, services),
            readSide(newSide, services),
          ]);
          const found = await diff.diff(old, fresh);
          return {
            notebook: sideNotebook(newSide, services),
            oldTitle: sideLabel(oldSide, services),
            newTitle: sideLabel(newSide, services),
            diff: found,
            language: found.header.language,
          };
        },
        openInVsCodeDiff: async () => {
          await guard('Opening the diff', () =>
            commands.executeCommand(
              'vscode.diff',
              sideUri(oldSide, services),
              sideUri(newSide, services),
              `${sideTitle(oldSide, services)} ↔ ${sideTitle(newSide, services)}`,
            ),
          );
        },
        restoreOld: async () => {
          await guard('Restoring the notebook', () => {
            const checkpoint =
              oldSide.kind === 'checkpoint' ? cache.checkpoint(oldSide.checkpointId) : undefined;
            if (!checkpoint) throw new UserError('The old side is no checkpoint.');
            return restoreCheckpoint(checkpoint, services);
          });
        },
      };
      return {
        host,
        dispose() {
          edits.dispose();
          changed.dispose();
        },
      };
    },
  });
}

function sideKey(side: NotebookSide): string {
  return side.kind === 'checkpoint' ? side.checkpointId : `current:${side.notebook}`;
}

function parseSide(kept: unknown): NotebookSide | undefined {
  const { kind, checkpointId, notebook } = objectOf(kept);
  if (kind === 'checkpoint' && typeof checkpointId === 'string') {
    // SAFETY: an id that is not there is found nowhere.
    return { kind, checkpointId: checkpointId as CheckpointId };
  }
  return kind === 'current' && typeof notebook === 'string' ? { kind, notebook } : undefined;
}
