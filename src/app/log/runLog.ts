import { randomUUID } from 'node:crypto';
import type { MetricPattern } from '../../core/extract/patterns/metricPattern';
import type { SourceQuery } from '../../core/history/sourceSearch';
import type { RecordedPoint } from '../../core/log/pointLines';
import type { StyledLine } from '../../core/log/styledLine';
import type { Remote } from '../../core/rpc';
import type { Run, RunId } from '../../core/run/run';
import type { FoundLines, LogSize, RunLogService } from './runLogService';

/** The log of one run while somebody looks at it; see `RunLogService`. */
export interface RunLog {
  grow(): Promise<LogSize>;
  read(start: number, end: number, query?: SourceQuery): Promise<readonly StyledLine[]>;
  find(query: SourceQuery, fromLine: number): Promise<FoundLines>;
  /** Reads on which lines gave which points. Resolves to the share that is read. */
  readPoints(run: Pick<Run, 'source' | 'status'>): Promise<number>;
  lineOf(point: RecordedPoint): Promise<number | undefined>;
  copy(start: number, end: number): Promise<string>;
  close(): Promise<void>;
}

/** @param leave tells that it needs the worker no more. */
export function createRunLog(
  runId: RunId,
  logs: Remote<RunLogService>,
  patterns: () => readonly MetricPattern[],
  leave: () => Promise<void>,
): RunLog {
  const logId = randomUUID();
  const opening = logs.openRunLog(logId, runId);
  // Whoever asks first is told.
  opening.catch(() => undefined);
  let closing: Promise<void> | undefined;
  const opened = async <T>(ask: () => Promise<T>): Promise<T> => {
    await opening;
    return ask();
  };
  return {
    grow: () => opened(() => logs.growRunLog(logId)),
    read: (start, end, query) => opened(() => logs.readRunLog(logId, start, end, query)),
    find: (query, fromLine) => opened(() => logs.findInRunLog(logId, query, fromLine)),
    readPoints: ({ source, status }) =>
      opened(() =>
        logs.readRunPoints(logId, {
          command: source.kind === 'notebook' ? undefined : source.commandLine,
          patterns: patterns(),
          isOver: status !== 'running',
        }),
      ),
    lineOf: (point) => opened(() => logs.lineOfRunPoint(logId, point)),
    copy: (start, end) => opened(() => logs.copyRunLog(logId, start, end)),
    close() {
      closing ??= logs
        .closeRunLog(logId)
        .catch(() => undefined)
        .then(leave);
      return closing;
    },
  };
}
