import { type Disposable, window } from 'vscode';
import { describeDeletion } from '../core/present/describeDeletion';
import { Cancelled, UserError } from '../core/userError';
import { setContextKey } from '../platform/contextKeys';
import { commandIds, contextKeyIds } from '../platform/contributionIds';
import { pickTargets } from './pick';
import type { Services } from './services';
import { findDeletedToo, readTargets, type Target, toRecordId } from './target';

/** "Delete for Good…": of what is named, or else of what is deleted already. */
export function registerDeleteForGood(services: Services): Disposable {
  const { cache, cleaner, editor, find, guard, reader, register } = services;

  async function deletedTargets(): Promise<readonly Target[]> {
    const { runs, checkpoints } = await reader.listDeleted();
    const targets: readonly Target[] = [
      ...runs.map((run): Target => ({ kind: 'run', run })),
      ...checkpoints.map((checkpoint): Target => ({ kind: 'checkpoint', checkpoint })),
    ];
    if (targets.length === 0) {
      throw new UserError(
        'Nothing is deleted. In the Runs and Notebooks views, Delete for Good is in the menu of each run and checkpoint.',
      );
    }
    return pickTargets(targets, 'Delete for Good');
  }

  return register(commandIds.deleteForGood, async (...args) => {
    const given = readTargets(args, await findDeletedToo(args, find, reader));
    const targets = given.length > 0 ? given : await deletedTargets();
    const runs = targets.flatMap((target) => (target.kind === 'run' ? [target.run] : []));
    const checkpoints = targets.flatMap((target) =>
      target.kind === 'checkpoint' ? [target.checkpoint] : [],
    );
    if (runs.some(({ status }) => status === 'running')) {
      throw new UserError('A run that is still recorded cannot be deleted for good.');
    }
    const { message, detail } = describeDeletion(runs, checkpoints, cache.runs());
    const remove = 'Delete for Good';
    const answer = await window.showWarningMessage(message, { modal: true, detail }, remove);
    if (answer !== remove) throw new Cancelled();
    await editor.deleteForGood(targets.map(toRecordId));
    setContextKey(contextKeyIds.canUndoDelete, editor.canUndoDelete());
    // Not waited for: they are gone, and their space comes back in a moment.
    void guard('Giving back space', () => cleaner.afterDelete());
  });
}
