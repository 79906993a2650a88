import type { RunEnded } from '../change/change';
import type { RunId, RunStatus } from '../run/run';
import type { Outcome } from './recordingReducer';

/** What is recorded when a run ends this way. */
export function endChange(runId: RunId, endedAtMs: number, outcome: Outcome): RunEnded {
  const exitCode = outcome.kind === 'exited' ? outcome.exitCode : undefined;
  return {
    kind: 'runEnded',
    runId,
    status: statusOf(outcome),
    endedAtMs,
    ...(exitCode === undefined ? {} : { exitCode }),
  };
}

/**
 * Exit codes above 128 are 128 + the signal: 1 is a terminal that closed, 2 is Ctrl+C, 9 is SIGKILL,
 * 15 is SIGTERM (POSIX shells).
 */
const killedCodes: ReadonlySet<number> = new Set([129, 130, 137, 143]);

function statusOf(outcome: Outcome): Exclude<RunStatus, 'running'> {
  switch (outcome.kind) {
    case 'exited':
      if (outcome.exitCode === undefined) return 'interrupted';
      if (outcome.exitCode === 0) return 'finished';
      return killedCodes.has(outcome.exitCode) ? 'killed' : 'failed';
    case 'gone':
      // Not `finished` without a word for it: a table that says so of a training that was killed for
      // want of memory would be believed. `interrupted` is what nobody saw the end of.
      return outcome.lastWords ?? 'interrupted';
    case 'cell':
      // VS Code leaves `success` out when the user interrupted the cell.
      if (outcome.success === undefined) return 'killed';
      return outcome.success ? 'finished' : 'failed';
    case 'closed':
      return 'killed';
    case 'lost':
      return 'interrupted';
  }
}
