import { type Disposable, window } from 'vscode';
import type { RecordCache } from '../app/recordCache';
import type { Stopper } from '../app/stopper';
import type { Run, RunId } from '../core/run/run';
import { runName } from '../core/run/runName';
import { UserError } from '../core/userError';
import { commandIds } from '../platform/contributionIds';
import { pickRunOf } from './pick';
import type { Services } from './services';
import { readTargets } from './target';

/** A program may have a checkpoint to write before it ends. */
const askAgainMs = 5_000;

/** "Stop Run": as Ctrl+C would; what does not end by that is killed if the user wants it. */
export function registerStopRun({
  cache,
  find,
  launches,
  recorder,
  register,
}: Services): Disposable {
  const stopperOf = (runId: RunId) => recorder.stopper(runId) ?? launches.stopper(runId);
  return register(commandIds.stopRun, async (...args) => {
    const [target] = readTargets(args, find);
    const run = target?.kind === 'run' ? target.run : await pickRunning(cache);
    if (run.status !== 'running') throw new UserError(`${runName(run)} is over.`);
    const found = findStopper(run, stopperOf);
    if (!found) {
      throw new UserError(
        'This run cannot be stopped from this window. Stop it where it was started.',
      );
    }
    await found.stopper.interrupt();
    if (!(await isOver(found.runId, cache, askAgainMs))) await offerKill(run, found, cache);
  });
}

interface Stoppable {
  /** Of what is stopped: the run itself, or the one that it is a part of. */
  readonly runId: RunId;
  readonly stopper: Stopper;
}

function findStopper(
  { id, parentId }: Run,
  stopperOf: (runId: RunId) => Stopper | undefined,
): Stoppable | undefined {
  const stopper = stopperOf(id);
  if (stopper) return { runId: id, stopper };
  const parent = parentId === undefined ? undefined : stopperOf(parentId);
  return parentId && parent && { runId: parentId, stopper: parent };
}

async function pickRunning(cache: RecordCache): Promise<Run> {
  const running = cache.runs().filter(({ status }) => status === 'running');
  const [only] = running;
  if (!only) throw new UserError('No run is running.');
  return running.length === 1 ? only : pickRunOf(cache, running, 'Stop Run');
}

async function offerKill(
  run: Run,
  { runId, stopper }: Stoppable,
  cache: RecordCache,
): Promise<void> {
  const name = runName(run);
  if (!stopper.kill) {
    await window.showWarningMessage(`${name} was asked to stop and has not done so yet.`);
    return;
  }
  const kill = 'Kill';
  const choice = await window.showWarningMessage(
    `${name} was asked to stop and has not done so yet. Killing it loses what it has not saved.`,
    kill,
  );
  if (choice === kill && isRunning(runId, cache)) await stopper.kill();
}

/** @returns false if it still goes on after that time. */
function isOver(runId: RunId, cache: RecordCache, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (is: boolean) => {
      clearTimeout(timer);
      unlisten();
      resolve(is);
    };
    const look = () => {
      if (!isRunning(runId, cache)) finish(true);
    };
    const timer = setTimeout(() => finish(false), withinMs);
    const unlisten = cache.onDidChange(look);
    look();
  });
}

function isRunning(runId: RunId, cache: RecordCache): boolean {
  return cache.run(runId)?.status === 'running';
}
