import { Disposable, Uri, window } from 'vscode';
import type { Run } from '../core/run/run';
import { runName } from '../core/run/runName';
import { UserError } from '../core/userError';
import { commandIds } from '../platform/contributionIds';
import type { Panels } from '../platform/panels';
import { toWorkspacePath } from '../platform/workspacePath';
import type { NotebookDiffState, NotebookSide } from '../protocol/notebookDiffPage';
import { checkpointAt } from './checkpointFileSystem';
import { pickRuns } from './pick';
import { fileSide, pickSide } from './pickSide';
import type { Services } from './services';
import { isOrdered, readTargets } from './target';

/** The commands that hold any two notebooks, or any two versions of one, against each other. */
export function registerCompareNotebooks(
  services: Services,
  diffs: Panels<NotebookDiffState>,
): Disposable {
  const { cache, find, register } = services;
  const show = (oldSide: NotebookSide, newSide: NotebookSide) =>
    diffs.show({ oldSide, newSide, hideUnchanged: true });

  return Disposable.from(
    register(commandIds.compareNotebookWith, async (...args) => {
      const uri = filesOf(args)[0] ?? window.activeNotebookEditor?.notebook.uri;
      if (!uri) throw new UserError('Open the notebook, or choose it in the explorer.');
      const checkpoint = checkpointAt(uri, cache);
      const notebook = checkpoint?.notebook ?? toWorkspacePath(uri);
      const other = await pickSide(notebook, 'Compare Notebook With', services, {
        without: 'current',
      });
      show(other, checkpoint ? { kind: 'checkpoint', checkpointId: checkpoint.id } : fileSide(uri));
    }),
    register(commandIds.compareSelectedNotebooks, (...args) => {
      const [first, second] = filesOf(args);
      if (!first || !second) throw new UserError('Select two notebooks in the explorer.');
      show(fileSide(first), fileSide(second));
    }),
    register(commandIds.compareRunNotebooks, async (...args) => {
      const given = readTargets(args, find).flatMap((target) =>
        target.kind === 'run' ? [target.run] : [],
      );
      const runs =
        given.length >= 2 ? given : await pickRuns(cache, 'Compare Notebooks of Runs', 2, given);
      const ordered = isOrdered(args)
        ? runs
        : runs.toSorted((a, b) => a.startedAtMs - b.startedAtMs);
      const [older, newer] = ordered;
      if (older && newer) show(checkpointOf(older), checkpointOf(newer));
    }),
  );
}

/** The explorer gives the file that was clicked, then all that are selected. */
function filesOf([clicked, selected]: readonly unknown[]): readonly Uri[] {
  const all = Array.isArray(selected) && selected.length > 0 ? selected : [clicked];
  return all.filter((each) => each instanceof Uri);
}

function checkpointOf(run: Run): NotebookSide {
  if (run.checkpointId === undefined) {
    throw new UserError(
      `${runName(run)} has no notebook: only runs of notebook cells keep theirs. Choose two of those.`,
    );
  }
  return { kind: 'checkpoint', checkpointId: run.checkpointId };
}
