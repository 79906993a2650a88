import { type Disposable, ProgressLocation, window } from 'vscode';
import { checkReadable, type RereadCalls } from '../app/log/runRereader';
import { describeRereads } from '../core/present/describeReread';
import type { RereadSummary } from '../core/recording/planReread';
import type { Run } from '../core/run/run';
import { runName, sourceName } from '../core/run/runName';
import { Cancelled, UserError } from '../core/userError';
import { commandIds } from '../platform/contributionIds';
import { pickRun } from './pick';
import type { Services } from './services';
import { readTargets } from './target';

/** "Read the Log Again", for chosen runs and for all of a script. */
export function registerRereadLogs(services: Services): Disposable[] {
  const { cache, find, register } = services;
  const chosen = async (args: readonly unknown[], title: string): Promise<readonly Run[]> => {
    const given = readTargets(args, find).flatMap((target) =>
      target.kind === 'run' ? [target.run] : [],
    );
    return given.length > 0 ? given : [await pickRun(cache, title)];
  };
  return [
    register(commandIds.reread, async (...args) => {
      const runs = await chosen(args, 'Read the Log Again');
      // Of one alone it is said why it cannot be.
      if (runs.length === 1) runs.forEach(checkReadable);
      await rereadAndTell(services, runs);
    }),
    register(commandIds.rereadScript, async (...args) => {
      const [run] = await chosen(args, 'Read All Logs of a Script Again');
      if (run) await rereadAndTell(services, runsOfSameScript(run, cache.runs()));
    }),
  ];
}

/** The runs that print what this one prints, newest first. */
export function runsOfSameScript(run: Run, runs: readonly Run[]): readonly Run[] {
  return runs.filter(({ experiment, source }) =>
    run.source.kind === 'notebook' || source.kind === 'notebook'
      ? experiment === run.experiment
      : sourceName(source) === sourceName(run.source) && source.script === run.source.script,
  );
}

/** Reads the logs of these runs again and says what has changed. */
export async function rereadAndTell(
  { logs }: Pick<Services, 'logs'>,
  runs: readonly Run[],
): Promise<void> {
  const readable = runs.filter(isReadable);
  if (readable.length === 0) throw new UserError('None of these runs has a log to read.');
  const summaries = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: runs.length === 1 ? 'Reading the log again' : `Reading ${readable.length} logs again`,
      cancellable: true,
    },
    async (progress, token) => {
      const done: RereadSummary[] = [];
      for (const run of readable) {
        let shared = 0;
        const calls: RereadCalls = {
          isCancelled: () => token.isCancellationRequested,
          onProgress(share) {
            const increment = (100 * (share - shared)) / readable.length;
            shared = share;
            progress.report({ increment, message: readable.length > 1 ? runName(run) : '' });
          },
        };
        try {
          done.push(await logs.reread(run, calls));
        } catch (error) {
          // Of several, those that cannot be read are counted, and what is done is told.
          if (error instanceof UserError && readable.length > 1) continue;
          if (!(error instanceof Cancelled) || done.length === 0) throw error;
          break;
        }
      }
      return done;
    },
  );
  void window.showInformationMessage(describeRereads(summaries, runs.length - summaries.length));
}

function isReadable(run: Run): boolean {
  try {
    checkReadable(run);
    return run.logBytes > 0;
  } catch {
    return false;
  }
}
