import { Disposable, type ExtensionContext, Uri, workspace } from 'vscode';
import type { OpenLog } from '../app/log/keptLogs';
import { describeNoLog } from '../app/log/runRereader';
import type { RecordCache } from '../app/recordCache';
import { describeLogLeftOut } from '../core/present/describeLeftOut';
import { describePatternProblem } from '../core/present/describePatternProblem';
import type { Run, RunId } from '../core/run/run';
import { runName } from '../core/run/runName';
import { UserError } from '../core/userError';
import { commandIds, pageIds, schemes } from '../platform/contributionIds';
import { objectOf } from '../platform/keptState';
import { registerPanels } from '../platform/panels';
import { addMetricPattern } from '../platform/settings';
import type { SavePlace, TeachHost, TeachPage, TeachState } from '../protocol/teachPage';
import { logRunId } from './logDocuments';
import { pickRunOf } from './pick';
import { rereadAndTell, runsOfSameScript } from './rereadLogs';
import type { Services } from './services';
import { readTargets } from './target';

/** "Teach a Metric…": the log of a run, in which the user clicks the number that is a metric. */
export function registerTeach(context: ExtensionContext, services: Services): Disposable {
  const { cache, find, register } = services;
  const panels = registerPanels<TeachState, TeachPage>(context, {
    viewType: pageIds.teach,
    view: 'teach',
    placement: 'active',
    title: ({ runId }) => titleOf(cache.run(runId)),
    key: ({ runId }) => runId,
    parseState(kept) {
      const { runId, line, picks, name, pattern, place } = objectOf(kept);
      if (typeof runId !== 'string') return undefined;
      return {
        // SAFETY: an id that is not there is found nowhere.
        runId: runId as RunId,
        ...(typeof line === 'number' && isPicks(picks) ? { line, picks } : {}),
        name: typeof name === 'string' ? name : '',
        pattern: typeof pattern === 'string' ? pattern : '',
        ...(place === 'user' || place === 'workspace' ? { place } : {}),
      };
    },
    open({ state, page, setTitle }) {
      const desk = createDesk(state.runId, services);
      void cache.ready.then(() => setTitle(titleOf(cache.run(state.runId))));
      const stop = cache.onDidChange(({ runs }) => {
        if (runs && desk.isOutOfDate()) page.logChanged();
      });
      return {
        host: desk.host,
        dispose() {
          stop();
          desk.close();
        },
      };
    },
  });
  return Disposable.from(
    panels,
    register(commandIds.teachMetric, async (...args) => {
      const [first] = args;
      const given =
        first instanceof Uri && first.scheme === schemes.log
          ? cache.run(logRunId(first))
          : readTargets(args, find).flatMap((target) =>
              target.kind === 'run' ? [target.run] : [],
            )[0];
      const run = given ?? (await pickLogged(cache));
      if (!hasLog(run)) throw new UserError(describeNoLog(run));
      panels.show({ runId: run.id, name: '', pattern: '' });
    }),
  );
}

function pickLogged(cache: RecordCache): Promise<Run> {
  const runs = cache.runs().filter(hasLog);
  if (runs.length > 0) return pickRunOf(cache, runs, 'Teach a Metric');
  throw new UserError('No run has a log yet: start a training in a terminal to record one.');
}

function titleOf(run: Run | undefined): string {
  return run ? `Teach a Metric: ${runName(run)}` : 'Teach a Metric';
}

/** What a run that is still young has printed may not be counted yet. */
function hasLog({ logBytes, source, status }: Run): boolean {
  return source.kind !== 'notebook' && (logBytes > 0 || status === 'running');
}

/** The host half of one page, with its log, which is read when the page first asks. */
function createDesk(runId: RunId, services: Services) {
  const { cache, logs, extraction, guard } = services;
  let opening: Promise<OpenLog> | undefined;
  let wasRunning = false;

  const log = async (): Promise<OpenLog> => {
    opening ??= logs.open(runId);
    return opening;
  };
  const requireRun = (): Run => {
    const run = cache.run(runId);
    if (!run) throw new UserError('This run is not there any more.');
    return run;
  };
  const letGo = () => {
    void opening?.then((open) => open.close()).catch(() => undefined);
    opening = undefined;
  };

  const host: TeachHost = {
    async readLog() {
      await cache.ready;
      const run = requireRun();
      const isRunning = run.status === 'running';
      if (wasRunning && !isRunning) letGo();
      wasRunning = isRunning;
      const { lineCount } = await log();
      const sameScript = runsOfSameScript(run, cache.runs()).filter(hasLog);
      return {
        runName: runName(run),
        lineCount,
        ...(run.logLeftOut ? { leftOut: describeLogLeftOut(run.logLeftOut) } : {}),
        isRunning,
        places: savePlaces(),
        scriptRunCount: sameScript.length,
      };
    },
    readLines: async (start, end, pattern) => (await log()).readLines(start, end, pattern),
    readMatching: async (start, end, pattern) => (await log()).readMatching(start, end, pattern),
    findLine: async (text, from, step) => (await log()).findLine(text, from, step),
    tryPattern: async (pattern) => (await log()).tryPattern(pattern),
    propose: async (line, picks) => (await log()).propose(line, picks),
    async savePattern(pattern, place) {
      const [problem] = await extraction.checkPatterns([pattern]);
      if (problem) throw new UserError(describePatternProblem(problem));
      await addMetricPattern(pattern, place);
    },
    reread: async (which) => {
      await guard('Reading the log again', async () => {
        const run = requireRun();
        await rereadAndTell(
          services,
          which === 'run' ? [run] : runsOfSameScript(run, cache.runs()),
        );
      });
    },
  };
  return {
    host,
    /** Whether the log is shown as it was while the run went on, and it has ended. */
    isOutOfDate: () => wasRunning && cache.run(runId)?.status !== 'running',
    close: letGo,
  };
}

/** A workspace that is not trusted has no patterns. */
function savePlaces(): readonly SavePlace[] {
  const isOpen = (workspace.workspaceFolders?.length ?? 0) > 0;
  return isOpen && workspace.isTrusted ? ['workspace', 'user'] : ['user'];
}

function isPicks(kept: unknown): kept is NonNullable<TeachState['picks']> {
  const { value, step, epoch } = objectOf(kept);
  const isSpan = (span: unknown) => {
    const { start, end } = objectOf(span);
    return typeof start === 'number' && typeof end === 'number';
  };
  return isSpan(value) && [step, epoch].every((span) => span === undefined || isSpan(span));
}
