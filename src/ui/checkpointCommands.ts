import { commands, Disposable, window, workspace } from 'vscode';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import { isNotebookFile } from '../core/notebook/notebookFile';
import { describeLeftOut } from '../core/present/describeLeftOut';
import { UserError } from '../core/userError';
import { commandIds } from '../platform/contributionIds';
import { notebookType } from '../platform/notebookDocument';
import type { Panels } from '../platform/panels';
import { toWorkspacePath } from '../platform/workspacePath';
import type { NotebookDiffState, NotebookSide } from '../protocol/notebookDiffPage';
import { checkpointUri } from './checkpointFileSystem';
import { pickCheckpoint } from './pick';
import { restoreAsCopy, restoreCheckpoint } from './restoreCheckpoint';
import type { Services } from './services';
import { keepFocus, readTargets } from './target';

/** The commands that look at checkpoints and bring them back. Without arguments they ask which. */
export function registerCheckpointCommands(
  services: Services,
  diffs: Panels<NotebookDiffState>,
): Disposable {
  const { cache, find, register } = services;
  const given = (args: readonly unknown[]): readonly Checkpoint[] =>
    readTargets(args, find).flatMap((target) =>
      target.kind === 'checkpoint' ? [target.checkpoint] : [],
    );
  const oneOf = async (args: readonly unknown[], title: string): Promise<Checkpoint> =>
    given(args)[0] ?? pickCheckpoint(ofActiveNotebook(cache.checkpoints()), title);
  const sideOf = ({ id }: Checkpoint): NotebookSide => ({ kind: 'checkpoint', checkpointId: id });
  const diff = (oldSide: NotebookSide, newSide: NotebookSide, preserveFocus = false) =>
    diffs.show({ oldSide, newSide, hideUnchanged: true }, { preserveFocus });

  return Disposable.from(
    register(commandIds.diffWithPrevious, async (...args) => {
      const checkpoint = await oneOf(args, 'Diff Checkpoint with Previous');
      const before = cache
        .checkpoints()
        .find(
          ({ notebook, takenAtMs }) =>
            notebook === checkpoint.notebook && takenAtMs < checkpoint.takenAtMs,
        );
      // The first one has only the notebook of today to be held against.
      if (!before && !isNotebookFile(checkpoint.notebook)) {
        await openCheckpoint(checkpoint);
        return;
      }
      const sides: readonly [NotebookSide, NotebookSide] = before
        ? [sideOf(before), sideOf(checkpoint)]
        : [sideOf(checkpoint), { kind: 'current', notebook: checkpoint.notebook }];
      diff(...sides, args[1] === keepFocus);
    }),
    register(commandIds.diffWithCurrent, async (...args) => {
      const checkpoint = await oneOf(args, 'Diff Checkpoint with Current Notebook');
      if (!isNotebookFile(checkpoint.notebook)) {
        throw new UserError('An Interactive Window has no file. Compare with another checkpoint.');
      }
      diff(sideOf(checkpoint), { kind: 'current', notebook: checkpoint.notebook });
    }),
    register(commandIds.diffCheckpoints, async (...args) => {
      const [first = await oneOf([], 'Diff Checkpoints: the First'), second] = given(args);
      const others = cache
        .checkpoints()
        .filter(({ id, notebook }) => notebook === first.notebook && id !== first.id);
      if (others.length === 0) throw new UserError('This notebook has only one checkpoint.');
      const other = second ?? (await pickCheckpoint(others, 'Diff Checkpoints: the Second'));
      const [older, newer] = first.takenAtMs <= other.takenAtMs ? [first, other] : [other, first];
      diff(sideOf(older), sideOf(newer));
    }),
    register(commandIds.openCheckpoint, async (...args) => {
      await openCheckpoint(await oneOf(args, 'Open Checkpoint'));
    }),
    register(commandIds.restoreAsCopy, async (...args) =>
      restoreAsCopy(await oneOf(args, 'Restore as Copy'), services),
    ),
    register(commandIds.restoreCheckpoint, async (...args) =>
      restoreCheckpoint(await oneOf(args, 'Restore Checkpoint'), services),
    ),
  );
}

async function openCheckpoint(checkpoint: Checkpoint): Promise<void> {
  const { leftOut, problem, notebook } = checkpoint;
  if (leftOut?.what === 'content') throw new UserError(describeLeftOut(leftOut));
  if (problem !== undefined || notebook.endsWith('.py')) {
    await window.showTextDocument(checkpointUri(checkpoint));
    return;
  }
  await commands.executeCommand('vscode.openWith', checkpointUri(checkpoint), notebookType);
}

/** Those of the notebook in front of the user, where there are any. */
function ofActiveNotebook(checkpoints: readonly Checkpoint[]): readonly Checkpoint[] {
  const active = window.activeNotebookEditor?.notebook;
  if (!active || !workspace.notebookDocuments.includes(active)) return checkpoints;
  const path = toWorkspacePath(active.uri);
  const own = checkpoints.filter(({ notebook }) => notebook === path);
  return own.length > 0 ? own : checkpoints;
}
