import type { Command, Uri } from 'vscode';
import { describeResult } from '../core/present/describeResult';
import type { Run } from '../core/run/run';
import { commandIds } from '../platform/contributionIds';

/** What stands above training code: its last result, and what can be done with it. */
export type LensPart = 'result' | 'changes' | 'actions' | 'run';

/**
 * @param newestFirst the runs of this piece of code.
 * @param file of the script, for `run`.
 */
export function lensCommand(part: LensPart, newestFirst: readonly Run[], file?: Uri): Command {
  const [last, before] = newestFirst;
  if (part === 'run') {
    return {
      title: '$(play) Run with Epochlog',
      tooltip: 'Run this file; it is recorded to its end, also through a reload of the window',
      command: commandIds.runWithEpochlog,
      arguments: [file],
    };
  }
  if (!last) {
    return {
      title: '$(record) Epochlog records the next run',
      tooltip: 'Run this code: its params and metrics will be here.',
      command: commandIds.showRunTable,
    };
  }
  if (part === 'changes' && before) {
    return {
      title: '$(git-compare) What changed?',
      tooltip: 'What changed since the run before: params, code, data, packages, results',
      command: commandIds.compareRuns,
      arguments: [[before.id, last.id]],
    };
  }
  if (part === 'actions') {
    return {
      title: 'Actions…',
      tooltip: 'Compare, history, diff, run again',
      command: commandIds.lensActions,
      arguments: [[last.id]],
    };
  }
  const icon = last.status === 'running' ? '$(sync~spin)' : '$(graph-line)';
  return {
    title: `${icon} ${describeResult(last, before)}`,
    tooltip: 'Open the last run',
    command: commandIds.openRun,
    arguments: [[last.id]],
  };
}
