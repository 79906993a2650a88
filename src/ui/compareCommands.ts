import { Disposable } from 'vscode';
import type { Run } from '../core/run/run';
import { runBefore } from '../core/run/runBefore';
import { runName } from '../core/run/runName';
import { UserError } from '../core/userError';
import { commandIds } from '../platform/contributionIds';
import type { Panels } from '../platform/panels';
import type { CompareState } from '../protocol/comparePage';
import { pickRun, pickRuns } from './pick';
import type { Services } from './services';
import { isOrdered, readTargets } from './target';

/** The commands that hold runs against each other. Without arguments they ask which. */
export function registerCompareCommands(
  { cache, find, register, baseline }: Services,
  panel: Panels<CompareState>,
): Disposable {
  const given = (args: readonly unknown[]): readonly Run[] =>
    readTargets(args, find).flatMap((target) => (target.kind === 'run' ? [target.run] : []));
  const oneOf = async (args: readonly unknown[], title: string): Promise<Run> =>
    given(args)[0] ?? pickRun(cache, title);
  const show = (runs: readonly Run[]) =>
    panel.show({ runIds: runs.map(({ id }) => id), onlyDifferences: true });

  return Disposable.from(
    register(commandIds.compareRuns, async (...args) => {
      const runs = given(args);
      if (runs.length >= 2 && isOrdered(args)) return show(runs);
      const chosen = runs.length >= 2 ? runs : await pickRuns(cache, 'What Changed?', 2, runs);
      show(baseFirst(chosen, baseline.get()));
    }),
    register(commandIds.compareWithPrevious, async (...args) => {
      const run = await oneOf(args, 'Compare with the Run Before');
      const before = runBefore(run, cache.runs());
      if (!before) throw new UserError('This is the first run of its experiment.');
      show([before, run]);
    }),
    register(commandIds.compareWithBaseline, async (...args) => {
      const baselineId = baseline.get();
      const base = baselineId === undefined ? undefined : cache.run(baselineId);
      if (!base) {
        throw new UserError('No run is the baseline. Choose one by Set as Baseline in its menu.');
      }
      const runs = given(args);
      const others = (
        runs.length > 0 ? runs : [await pickRun(cache, 'Compare with Baseline')]
      ).filter(({ id }) => id !== base.id);
      if (others.length === 0) throw new UserError(`${runName(base)} is the baseline itself.`);
      show([base, ...others]);
    }),
  );
}

/** The baseline first where it is among them, else the oldest: it is what the others are held against. */
function baseFirst(runs: readonly Run[], baselineId: Run['id'] | undefined): readonly Run[] {
  const rank = ({ id }: Run) => (id === baselineId ? 0 : 1);
  return runs.toSorted((a, b) => rank(a) - rank(b) || a.startedAtMs - b.startedAtMs);
}
