import { Disposable, type QuickPickItem, window } from 'vscode';
import { isArchived } from '../core/run/archived';
import type { Run, RunId } from '../core/run/run';
import { Cancelled, UserError } from '../core/userError';
import { setContextKey } from '../platform/contextKeys';
import { commandIds, contextKeyIds } from '../platform/contributionIds';
import { pickRunsOf } from './pick';
import type { Services } from './services';
import { findDeletedToo, readTargets, type Target } from './target';

/** Puts runs elsewhere: out of the way, back (from where they were deleted too), or to another experiment. */
export function registerArchiveCommands(services: Services): Disposable {
  const { cache, editor, edits, find, reader, register } = services;
  const chosen = async (
    args: readonly unknown[],
    title: string,
    fromArchive: boolean,
  ): Promise<readonly RunId[]> => {
    const given = readTargets(args, find);
    const offered = cache.runs().filter((run) => isArchived(run) === fromArchive);
    if (given.length === 0 && offered.length === 0) {
      throw new UserError(fromArchive ? 'No run is archived.' : 'There is no run yet.');
    }
    if (given.length > 0) return runIdsOf(given);
    return idsOf(await pickRunsOf(cache, offered, title, fromArchive ? 'archived' : undefined));
  };

  return Disposable.from(
    register(commandIds.archiveRuns, async (...args) =>
      edits.archive(await chosen(args, 'Archive', false)),
    ),
    register(commandIds.unarchiveRuns, async (...args) =>
      edits.unarchive(await chosen(args, 'Take out of Archive', true)),
    ),
    register(commandIds.restoreRuns, async (...args) => {
      const given = readTargets(args, await findDeletedToo(args, find, reader));
      await edits.restore(given.length > 0 ? runIdsOf(given) : idsOf(await askDeleted(services)));
      setContextKey(contextKeyIds.canUndoDelete, editor.canUndoDelete());
    }),
    register(commandIds.moveRuns, async (...args) => {
      const runIds = await chosen(args, 'Move to Experiment', false);
      await edits.move(runIds, await askExperiment(services));
    }),
  );
}

function runIdsOf(targets: readonly Target[]): readonly RunId[] {
  return targets.flatMap((target) => (target.kind === 'run' ? [target.run.id] : []));
}

function idsOf(runs: readonly Run[]): readonly RunId[] {
  return runs.map(({ id }) => id);
}

async function askDeleted({ cache, reader }: Services): Promise<readonly Run[]> {
  const { runs } = await reader.listDeleted();
  if (runs.length === 0) throw new UserError('No run is deleted.');
  return pickRunsOf(cache, runs, 'Restore Deleted', 'deleted');
}

interface ExperimentItem extends QuickPickItem {
  readonly experiment: string | undefined;
}

/** One that there is, or a new one. */
async function askExperiment({ cache }: Services): Promise<string> {
  const known = [...new Set(cache.runs().map(({ experiment }) => experiment))].sort();
  const items: readonly ExperimentItem[] = [
    { label: '$(add) New Experiment…', experiment: undefined, alwaysShow: true },
    ...known.map((experiment) => ({ label: experiment, experiment })),
  ];
  const item = await window.showQuickPick(items, { title: 'Move to Experiment' });
  if (!item) throw new Cancelled();
  if (item.experiment !== undefined) return item.experiment;
  const typed = await window.showInputBox({
    title: 'New Experiment',
    prompt: 'What should it be called?',
    validateInput: (text) => (text.trim() === '' ? 'Type a name.' : undefined),
  });
  if (typed === undefined) throw new Cancelled();
  return typed.trim();
}
