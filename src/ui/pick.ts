import { type QuickPickItem, ThemeIcon, window } from 'vscode';
import type { RecordCache } from '../app/recordCache';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import { formatAge } from '../core/format/formatTime';
import { checkpointTitle, describeCheckpoint } from '../core/present/describeCheckpoint';
import { describeRun } from '../core/present/describeRun';
import type { Run, RunId } from '../core/run/run';
import { runName } from '../core/run/runName';
import { Cancelled, UserError } from '../core/userError';
import { runIcon } from './icons';
import type { Target } from './target';

interface TargetItem extends QuickPickItem {
  readonly target: Target;
}

/** Asks for one run. Rejects with `Cancelled` if the user closes it. */
export async function pickRun(cache: RecordCache, title: string): Promise<Run> {
  return pickRunOf(requireRuns(cache), title);
}

/** Asks for one of these. Rejects with `Cancelled` if the user closes it. */
export async function pickRunOf(runs: readonly Run[], title: string): Promise<Run> {
  const item = await pickOne(runItems(runs), title);
  if (item.target.kind !== 'run') throw new Cancelled();
  return item.target.run;
}

/** Asks for at least `atLeast` runs. */
export async function pickRuns(
  cache: RecordCache,
  title: string,
  atLeast: number,
  picked: readonly Run[] = [],
): Promise<readonly Run[]> {
  const pickedIds = new Set(picked.map(({ id }) => id));
  const items = runItems(requireRuns(cache)).map((item) => ({
    ...item,
    picked: item.target.kind === 'run' && pickedIds.has(item.target.run.id),
  }));
  const chosen = await window.showQuickPick(items, {
    title,
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    placeHolder: `Choose ${atLeast > 1 ? 'two or more runs' : 'one or more runs'}`,
  });
  if (!chosen) throw new Cancelled();
  const runs = chosen.flatMap(({ target }) => (target.kind === 'run' ? [target.run] : []));
  if (runs.length < atLeast) {
    throw new UserError(`Choose at least ${atLeast} ${atLeast > 1 ? 'runs' : 'run'}.`);
  }
  return runs;
}

/** Asks for a run or a checkpoint. */
export async function pickTarget(cache: RecordCache, title: string): Promise<Target> {
  const items = [...runItems(cache.runs()), ...checkpointItems(cache.checkpoints())];
  if (items.length === 0) throw new UserError('Nothing is recorded yet: train or save a notebook.');
  return (await pickOne(items, title)).target;
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
  const chosen = await window.showQuickPick([...runItems(runs), ...checkpointItems(checkpoints)], {
    title,
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
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
  const runs = cache.runs();
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

function runItems(runs: readonly Run[]): readonly TargetItem[] {
  const nowMs = Date.now();
  const wholes = new Map(runs.map((run) => [run.id, run]));
  return runs.map((run) => ({
    label: runName(run),
    iconPath: runIcon(run),
    description: describeRun(run, nowMs),
    detail: `${partOf(run, wholes)}${run.experiment} · ${formatAge(run.startedAtMs, nowMs)}`,
    target: { kind: 'run', run },
  }));
}

/** `part of train.py · `: a name such as `fold 2` says little alone. */
function partOf({ parentId }: Run, wholes: ReadonlyMap<RunId, Run>): string {
  const whole = parentId === undefined ? undefined : wholes.get(parentId);
  return whole === undefined ? '' : `part of ${runName(whole)} · `;
}

function checkpointItems(checkpoints: readonly Checkpoint[]): readonly TargetItem[] {
  const nowMs = Date.now();
  return checkpoints.map((checkpoint) => ({
    label: checkpointTitle(checkpoint),
    iconPath: new ThemeIcon('history'),
    description: describeCheckpoint(checkpoint),
    detail: `${checkpoint.notebook} · ${formatAge(checkpoint.takenAtMs, nowMs)}`,
    target: { kind: 'checkpoint', checkpoint },
  }));
}
