import { commands, type Disposable, type QuickPickItem, window } from 'vscode';
import { runName } from '../core/run/runName';
import { Cancelled } from '../core/userError';
import { type CommandId, commandIds } from '../platform/contributionIds';
import { pickRun } from './pick';
import type { Services } from './services';
import { readTargets } from './target';

interface ActionItem extends QuickPickItem {
  readonly command: CommandId;
  readonly argument: unknown;
}

/** "Actions…" of a lens: what can be done with the last run of a piece of code. */
export function registerLensActions({ cache, find, register }: Services): Disposable {
  return register(commandIds.lensActions, async (...args) => {
    const [target] = readTargets(args, find);
    const run = target?.kind === 'run' ? target.run : await pickRun(cache, 'Actions');
    const checkpoint =
      run.checkpointId === undefined ? undefined : cache.checkpoint(run.checkpointId);
    const items: readonly ActionItem[] = [
      action('git-compare', 'Compare with the Run Before', commandIds.compareWithPrevious, run.id),
      action('target', 'Compare with Baseline', commandIds.compareWithBaseline, run.id),
      action('history', 'Show History in One Chart', commandIds.showHistory, run.id),
      ...(checkpoint
        ? [
            action('diff', 'Diff Notebook with Now', commandIds.diffWithCurrent, checkpoint.id),
            action(
              'notebook',
              'Open the Notebook as It Was',
              commandIds.openCheckpoint,
              checkpoint.id,
            ),
          ]
        : []),
      action('debug-restart', 'Run Again', commandIds.runAgain, run.id),
      ...(run.source.kind === 'notebook'
        ? []
        : [action('edit', 'Change Params and Run Again…', commandIds.runAgainWith, run.id)]),
      action('output', 'Open Log', commandIds.openLog, run.id),
      action('tag', 'Tag…', commandIds.tag, run.id),
    ];
    const chosen = await window.showQuickPick(items, { title: runName(run) });
    if (!chosen) throw new Cancelled();
    await commands.executeCommand(chosen.command, chosen.argument);
  });
}

function action(icon: string, label: string, command: CommandId, id: string): ActionItem {
  return { label: `$(${icon}) ${label}`, command, argument: [id] };
}
