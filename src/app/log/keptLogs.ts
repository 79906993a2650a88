import { randomUUID } from 'node:crypto';
import type { MetricPattern } from '../../core/extract/patterns/metricPattern';
import type { TrialResult } from '../../core/extract/patterns/patternTrial';
import type { Picks } from '../../core/extract/patterns/proposePattern';
import type { LogLine } from '../../core/log/logLine';
import type { Remote } from '../../core/rpc';
import type { RunId } from '../../core/run/run';
import type { Store } from '../../store/store';
import { connectWorker, type WorkerConnection } from '../workerConnection';
import type { LogService, ProposedPattern } from './logService';
import { readLogParts } from './readLogParts';
import { createRunLog, type RunLog } from './runLog';
import type { RunLogService } from './runLogService';
import { createRunRereader, type RunRereader } from './runRereader';

/** The logs that the store keeps, in a thread that is there while one is looked at or read again. */
export interface KeptLogs extends RunRereader {
  /** The log of a run as it is now; close it when nobody looks at it any more. */
  open(runId: RunId): Promise<OpenLog>;
  /** The log of a run as it grows, whose lines are read where they lie. */
  openRunLog(runId: RunId): RunLog;
}

/** A log that is looked at; see `LogService`. */
export interface OpenLog {
  readonly lineCount: number;
  readLines(
    start: number,
    end: number,
    pattern: MetricPattern | undefined,
  ): Promise<readonly LogLine[]>;
  readMatching(start: number, end: number, pattern: MetricPattern): Promise<readonly LogLine[]>;
  findLine(text: string, from: number, step: 1 | -1): Promise<number | undefined>;
  tryPattern(pattern: MetricPattern): Promise<TrialResult>;
  propose(line: number, picks: Picks): Promise<ProposedPattern>;
  close(): Promise<void>;
}

/**
 * @param workerPath the built `dist/workers/logWorker.js`.
 * @param storeFolder the folder of the store.
 */
export function createKeptLogs(
  store: Store,
  workerPath: string,
  patterns: () => readonly MetricPattern[],
  storeFolder: string,
): KeptLogs {
  let connection: WorkerConnection<LogService & RunLogService> | undefined;
  let users = 0;

  const use = (): Remote<LogService & RunLogService> => {
    users++;
    connection ??= connectWorker<LogService & RunLogService>(workerPath, { storeFolder });
    return connection.remote;
  };
  const leave = async () => {
    users--;
    if (users > 0) return;
    const idle = connection;
    connection = undefined;
    await idle?.dispose();
  };

  return {
    async open(runId) {
      const logs = use();
      const logId = randomUUID();
      try {
        await logs.open(logId);
        for await (const { bytes } of readLogParts(store, runId)) await logs.append(logId, bytes);
        const lineCount = await logs.endOf(logId);
        return toOpenLog(logs, logId, lineCount, leave);
      } catch (error) {
        await leave();
        throw error;
      }
    },
    openRunLog: (runId) => createRunLog(runId, use(), patterns, leave),
    async reread(run, calls) {
      try {
        return await createRunRereader(store, use(), patterns).reread(run, calls);
      } finally {
        await leave();
      }
    },
  };
}

function toOpenLog(
  logs: Remote<LogService>,
  logId: string,
  lineCount: number,
  leave: () => Promise<void>,
): OpenLog {
  let closing: Promise<void> | undefined;
  return {
    lineCount,
    readLines: (start, end, pattern) => logs.readLines(logId, start, end, pattern),
    readMatching: (start, end, pattern) => logs.readMatching(logId, start, end, pattern),
    findLine: (text, from, step) => logs.findLine(logId, text, from, step),
    tryPattern: (pattern) => logs.tryPattern(logId, pattern),
    propose: (line, picks) => logs.propose(logId, line, picks),
    close() {
      closing ??= logs.close(logId).then(leave);
      return closing;
    },
  };
}
