import { commands, type ExtensionContext, window, workspace } from 'vscode';
import type { NamedContent } from '../app/openDiffs';
import { compareMetrics } from '../core/present/compareMetrics';
import type { CheckpointId } from '../core/run/run';
import { baseName } from '../core/run/runName';
import { Cancelled, UserError } from '../core/userError';
import { pageIds } from '../platform/contributionIds';
import { objectOf } from '../platform/keptState';
import { type Panels, registerPanels } from '../platform/panels';
import { fromWorkspacePath } from '../platform/workspacePath';
import type {
  ApplyTarget,
  NotebookDiffHost,
  NotebookDiffPage,
  NotebookDiffState,
  NotebookSide,
} from '../protocol/notebookDiffPage';
import { applyNotebookEdits, changedMeanwhile } from './applyNotebookEdits';
import {
  findOpenNotebook,
  type SideContent,
  sideLabels,
  sideNotebook,
  sideRun,
  sideTitle,
  sideUri,
  useSide,
} from './notebookSides';
import { pickSide } from './pickSide';
import { restoreCheckpoint } from './restoreCheckpoint';
import type { Services } from './services';
import { createThrottle } from './throttle';

export function registerNotebookDiff(
  context: ExtensionContext,
  services: Services,
): Panels<NotebookDiffState> {
  const { cache, openDiffs, guard } = services;
  const title = ({ oldSide, newSide }: Sides) => {
    const notebook = sideNotebook(newSide, services) || sideNotebook(oldSide, services);
    const labels = sideLabels([oldSide, newSide], services);
    return `${baseName(notebook) || 'Notebook'}: ${labels.join(' ↔ ')}`;
  };
  return registerPanels<NotebookDiffState, NotebookDiffPage>(context, {
    viewType: pageIds.notebookDiff,
    view: 'notebookDiff',
    placement: 'active',
    hasOwnFind: true,
    title,
    key: ({ oldSide, newSide }) => `${sideKey(oldSide)} ${sideKey(newSide)}`,
    parseState,
    open({ state, page, setTitle, setState }) {
      let sides: Sides = { oldSide: state.oldSide, newSide: state.newSide };
      let cancel: () => void = () => undefined;
      /** What the diff was made of, by its number: edits go into nothing else. */
      let shown: { readonly diffId: number; readonly contents: Contents } | undefined;
      const changed = createThrottle(() => page.diffChanged(), 500);
      // A checkpoint never changes; the notebook that is open does.
      const isShown = (notebook: object) =>
        [sides.oldSide, sides.newSide].some(
          (side) => side.kind === 'current' && notebook === findOpenNotebook(side.notebook),
        );
      const uris = () =>
        [sides.oldSide, sides.newSide].flatMap((side) =>
          side.kind === 'current' ? [fromWorkspacePath(side.notebook).toString()] : [],
        );
      const subscriptions = [
        workspace.onDidChangeNotebookDocument(({ notebook }) => {
          if (isShown(notebook)) changed.request();
        }),
        workspace.onDidChangeTextDocument(({ document }) => {
          if (uris().includes(document.uri.toString())) changed.request();
        }),
        workspace.onDidOpenNotebookDocument(({ uri }) => {
          if (uris().includes(uri.toString())) changed.request();
        }),
        workspace.onDidCloseNotebookDocument(({ uri }) => {
          if (uris().includes(uri.toString())) changed.request();
        }),
      ];
      const show = (next: Sides) => {
        sides = next;
        setState({ ...state, ...next });
        page.diffChanged();
      };

      const host: NotebookDiffHost = {
        async readDiff() {
          await cache.ready;
          setTitle(title(sides));
          const { oldSide, newSide } = sides;
          const cancelled = new Promise<never>((_, reject) => {
            cancel = () => reject(new UserError('Reading the notebooks was cancelled.'));
          });
          const read = () =>
            useSide(oldSide, services, (old) =>
              useSide(newSide, services, async (fresh) => {
                const content = await openDiffs.openDiff(named(old), named(fresh));
                shown = { diffId: content.diffId, contents: [old, fresh] };
                return content;
              }),
            );
          const content = await Promise.race([read(), cancelled]);
          const [oldTitle, newTitle] = sideLabels([oldSide, newSide], services);
          const [oldRun, newRun] = [sideRun(oldSide, services), sideRun(newSide, services)];
          return {
            notebook: sideNotebook(newSide, services) || sideNotebook(oldSide, services),
            ...{ oldSide, newSide, oldTitle, newTitle, content },
            metrics: oldRun && newRun ? compareMetrics(oldRun, newRun) : [],
            target: findTarget(sides),
          };
        },
        readCells: (diffId, rows) => openDiffs.readCells(diffId, rows),
        readMedium: (diffId, place) => openDiffs.readMedium(diffId, place),
        readMatches: (diffId, query) => openDiffs.findInDiff(diffId, query),
        apply: async (diffId, choice) => {
          await guard('Applying the change', async () => {
            const target = findTarget(sides);
            if (!('side' in target)) throw new UserError(target.reason);
            const own = shown?.contents[target.side === 'old' ? 0 : 1];
            const steps = await openDiffs.planEdits(diffId, target.side, choice);
            try {
              const { document, version } = own ?? {};
              if (shown?.diffId !== diffId || !document || version === undefined || !steps) {
                throw new UserError(changedMeanwhile);
              }
              const other = target.side === 'old' ? sides.newSide : sides.oldSide;
              await applyNotebookEdits(document, version, steps, sideUri(other, services));
            } finally {
              changed.request();
            }
          });
        },
        openNotebook: async () => {
          await guard('Opening the notebook', async () => {
            const side = [sides.newSide, sides.oldSide].find(({ kind }) => kind === 'current');
            if (side) await window.showNotebookDocument(await openNotebook(side, services));
          });
        },
        pickSide: async (which) => {
          await guard('Choosing what to compare', async () => {
            const { oldSide, newSide } = sides;
            const notebook = sideNotebook(which === 'old' ? oldSide : newSide, services);
            const other = sideNotebook(which === 'old' ? newSide : oldSide, services);
            const picked = await pickSide(
              notebook || other,
              which === 'old' ? 'Compare: the Old Side' : 'Compare: the New Side',
              services,
            );
            show(which === 'old' ? { oldSide: picked, newSide } : { oldSide, newSide: picked });
          });
        },
        swapSides: async () => show({ oldSide: sides.newSide, newSide: sides.oldSide }),
        cancel: async () => cancel(),
        openInVsCodeDiff: async () => {
          await guard('Opening the diff', () =>
            commands.executeCommand(
              'vscode.diff',
              sideUri(sides.oldSide, services),
              sideUri(sides.newSide, services),
              `${sideTitle(sides.oldSide, services)} ↔ ${sideTitle(sides.newSide, services)}`,
            ),
          );
        },
        restoreOld: async () => {
          await guard('Restoring the notebook', () => {
            const { oldSide } = sides;
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
          for (const subscription of subscriptions) subscription.dispose();
          changed.dispose();
        },
      };
    },
  });
}

type Sides = Pick<NotebookDiffState, 'oldSide' | 'newSide'>;
type Contents = readonly [SideContent, SideContent];

/** What the worker needs of a side. */
function named({ title, content, format }: SideContent): NamedContent {
  return { title, content, ...(format === undefined ? {} : { format }) };
}

async function openNotebook(side: NotebookSide, services: Services) {
  try {
    return await workspace.openNotebookDocument(sideUri(side, services));
  } catch {
    throw new Cancelled();
  }
}

/** The new side before the old one, where both are files as they are now. */
function findTarget({ oldSide, newSide }: Sides): ApplyTarget {
  const sides = [
    ['new', newSide],
    ['old', oldSide],
  ] as const;
  const current = sides.flatMap(([name, side]) =>
    side.kind === 'current' && side.notebook.endsWith('.ipynb') ? [{ name, side }] : [],
  );
  const open = current.find(({ side }) => findOpenNotebook(side.notebook) !== undefined);
  if (open) return { side: open.name };
  if (current.length > 0) {
    return { reason: 'Open the notebook to bring changes into it.', canOpen: true };
  }
  if ([oldSide, newSide].some(({ kind }) => kind === 'current')) {
    return { reason: 'Changes of a script are applied in its own editor.', canOpen: false };
  }
  return {
    reason: 'Changes can be applied where one side is the current notebook.',
    canOpen: false,
  };
}

function sideKey(side: NotebookSide): string {
  if (side.kind === 'checkpoint') return side.checkpointId;
  if (side.kind === 'current') return `current:${side.notebook}`;
  return `git:${side.revision}:${side.path ?? side.notebook}`;
}

function parseState(kept: unknown): NotebookDiffState | undefined {
  const { oldSide, newSide, hideUnchanged } = objectOf(kept);
  const [old, fresh] = [parseSide(oldSide), parseSide(newSide)];
  if (!old || !fresh) return undefined;
  // How it is shown the page has kept itself.
  return { oldSide: old, newSide: fresh, hideUnchanged: hideUnchanged !== false };
}

function parseSide(kept: unknown): NotebookSide | undefined {
  const { kind, checkpointId, notebook, revision, path } = objectOf(kept);
  if (kind === 'checkpoint' && typeof checkpointId === 'string') {
    // SAFETY: an id that is not there is found nowhere.
    return { kind, checkpointId: checkpointId as CheckpointId };
  }
  if (typeof notebook !== 'string') return undefined;
  if (kind === 'current') return { kind, notebook };
  if (kind !== 'git' || typeof revision !== 'string') return undefined;
  return { kind, notebook, revision, ...(typeof path === 'string' ? { path } : {}) };
}
