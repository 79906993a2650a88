import { Disposable } from 'vscode';
import { UserError } from '../core/userError';
import { commandIds } from '../platform/contributionIds';
import { pickRun } from './pick';
import type { Services } from './services';
import { readTargets } from './target';

/** Says which run the others are held against. */
export function registerBaselineCommands({
  baseline,
  cache,
  find,
  register,
}: Services): Disposable {
  return Disposable.from(
    register(commandIds.setBaseline, async (...args) => {
      const [target] = readTargets(args, find);
      if (target?.kind === 'checkpoint') throw new UserError('Only a run can be the baseline.');
      baseline.set((target?.run ?? (await pickRun(cache, 'Set as Baseline'))).id);
    }),
    register(commandIds.removeBaseline, () => {
      if (baseline.get() === undefined) throw new UserError('No run is the baseline.');
      baseline.set(undefined);
    }),
  );
}
