import { type QuickPickItem, ThemeIcon, window } from 'vscode';
import type { RecordCache } from '../app/recordCache';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import { formatAge } from '../core/format/formatTime';
import { checkpointTitle, describeCheckpoint } from '../core/present/describeCheckpoint';
import { withoutArchived } from '../core/run/archived';
import type { Run } from '../core/run/run';
import { Cancelled, UserError } from '../core/userError';
import { shownPath } from '../platform/workspacePath';
import { runItems, type SearchedCache, searchRuns, searchRunsAnd } from './searchRuns';
import type { Target } from './target';

interface TargetItem extends QuickPickItem {
  readonly target: Target;
  readonly run?: undefined;
}

/** Asks for one run. Rejects with `Cancelled` if the user closes it. */
export async function pickRun(cache: RecordCache, title: string): Promise<Run> {
  const [run] = await searchRuns(cache, requireRuns(cache), { title });
  if (run === undefined) throw new Cancelled();
  return run;
}

/** Asks for one of these. Rejects with `Cancelled` if the user closes it. */
export async function pickRunOf(
  cache: SearchedCache,
  runs: readonly Run[],
  title: string,
): Promise<Run> {
  const [run] = await searchRuns(cache, runs, { title, isOfOffered: true });
  if (run === undefined) throw new Cancelled();
  return run;
}

/** Asks which of these; at least one. */
export async function pickRunsOf(
  cache: SearchedCache,
  runs: readonly Run[],
  title: string,
  place?: 'archived' | 'deleted',
): Promise<readonly Run[]> {
  const chosen = await searchRuns(cache, runs, {
    ...{ title, isOfOffered: true, picked: [] },
    ...(place && { place }),
  });
  if (chosen.length === 0) throw new Cancelled();
  return chosen;
}

/** Asks for at least `atLeast` runs. */
export async function pickRuns(
  cache: RecordCache,
  title: string,
  atLeast: number,
  picked: readonly Run[] = [],
): Promise<readonly Run[]> {
  const runs = await searchRuns(cache, requireRuns(cache), {
    ...{ title, picked },
    placeholder: `Choose ${atLeast > 1 ? 'two or more runs' : 'one or more runs'}`,
  });
  if (runs.length < atLeast) {
    throw new UserError(`Choose at least ${atLeast} ${atLeast > 1 ? 'runs' : 'run'}.`);
  }
  return runs;
}

/** Asks for a run or a checkpoint. */
export async function pickTarget(cache: RecordCache, title: string): Promise<Target> {
  const runs = withoutArchived(cache.runs());
  const checkpoints = checkpointItems(cache.checkpoints());
  if (runs.length === 0 && checkpoints.length === 0) {
    throw new UserError('Nothing is recorded yet: train or save a notebook.');
  }
  const [item] = await searchRunsAnd(cache, runs, checkpoints, { title });
  if (item === undefined) throw new Cancelled();
  return item.run === undefined ? item.target : { kind: 'run', run: item.run };
}

/** Asks which of these; at least one. */
export async function pickTargets(
  targets: readonly Target[],
  title: string,
): Promise<readonly Target[]> {
  const runs = targets.flatMap((target) => (target.kind === 'run' ? [target.run] : []));
  const checkpoints = targets.flatMap((target) =>
    target.kind === 'checkpoint' ? [target.checkpoint] : [],
  );
  const chosen = await window.showQuickPick(
    [...targetItems(runs), ...checkpointItems(checkpoints)],
    {
      title,
      canPickMany: true,
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  if (!chosen || chosen.length === 0) throw new Cancelled();
  return chosen.map(({ target }) => target);
}

export async function pickCheckpoint(
  checkpoints: readonly Checkpoint[],
  title: string,
): Promise<Checkpoint> {
  if (checkpoints.length === 0) {
    throw new UserError('There is no checkpoint yet: save a notebook to make one.');
  }
  const item = await pickOne(checkpointItems(checkpoints), title);
  if (item.target.kind !== 'checkpoint') throw new Cancelled();
  return item.target.checkpoint;
}

function requireRuns(cache: RecordCache): readonly Run[] {
  const runs = withoutArchived(cache.runs());
  if (runs.length === 0)
    throw new UserError('There is no run yet: start a training to record one.');
  return runs;
}

async function pickOne(items: readonly TargetItem[], title: string): Promise<TargetItem> {
  const item = await window.showQuickPick(items, {
    title,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!item) throw new Cancelled();
  return item;
}

function targetItems(runs: readonly Run[]): readonly TargetItem[] {
  return runItems(runs).map(({ run, ...item }) => ({ ...item, target: { kind: 'run', run } }));
}

function checkpointItems(checkpoints: readonly Checkpoint[]): readonly TargetItem[] {
  const nowMs = Date.now();
  return checkpoints.map((checkpoint) => ({
    label: checkpointTitle(checkpoint),
    iconPath: new ThemeIcon('history'),
    description: describeCheckpoint(checkpoint),
    detail: `${shownPath(checkpoint.notebook)} · ${formatAge(checkpoint.takenAtMs, nowMs)}`,
    target: { kind: 'checkpoint', checkpoint },
  }));
}
