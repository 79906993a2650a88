import { env } from 'vscode';
import type { KeptLogs } from '../app/log/keptLogs';
import type { RunLog } from '../app/log/runLog';
import type { RecordCache } from '../app/recordCache';
import { describeLogLeftOut } from '../core/present/describeLeftOut';
import { durationMs } from '../core/present/describeRun';
import type { Run } from '../core/run/run';
import { runName } from '../core/run/runName';
import type { RunPageHost } from '../protocol/runPage';

type LogHost = Pick<
  RunPageHost,
  'readLogSize' | 'readLogLines' | 'findInLog' | 'readLogPoints' | 'lineOfPoint' | 'copyLog'
>;

/** The log half of a run's page: opened when it is first asked for, and again for another run. */
export function createRunPageLog(
  requireRun: () => Run,
  { cache, logs }: { readonly cache: RecordCache; readonly logs: KeptLogs },
): { readonly host: LogHost; close(): void } {
  let opened: { readonly run: Run; readonly log: RunLog } | undefined;
  const close = () => {
    void opened?.log.close();
    opened = undefined;
  };
  const use = () => {
    const owner = ownerOfLog(requireRun(), cache);
    if (opened?.run.id !== owner.id) {
      close();
      opened = { run: owner, log: logs.openRunLog(owner.id) };
    }
    return { run: owner, log: opened.log };
  };
  return {
    host: {
      async readLogSize() {
        const { run, log } = use();
        const isOther = run.id !== requireRun().id;
        return {
          ...(await log.grow()),
          ...(run.logLeftOut ? { leftOut: describeLogLeftOut(run.logLeftOut) } : {}),
          ...(isOther ? { of: { runId: run.id, name: runName(run) } } : {}),
        };
      },
      readLogLines: (start, end, query) => use().log.read(start, end, query),
      findInLog: (query, fromLine) => use().log.find(query, fromLine),
      async readLogPoints() {
        const { run, log } = use();
        return log.readPoints(run);
      },
      async lineOfPoint({ key, value, step, timeMs }) {
        const { run, log } = use();
        const wholeMs = Math.max(1, durationMs(run, Date.now()));
        const share = Math.max(0, Math.min(1, (timeMs - run.startedAtMs) / wholeMs));
        return log.lineOf({ key, value, step, share });
      },
      async copyLog(start, end) {
        await env.clipboard.writeText(await use().log.copy(start, end));
      },
    },
    close,
  };
}

/** What a part printed stands in the log of the run that it is a part of. */
function ownerOfLog(run: Run, cache: RecordCache): Run {
  const parent = run.parentId === undefined ? undefined : cache.run(run.parentId);
  return run.logBytes === 0 && parent ? parent : run;
}
