import { StringDecoder } from 'node:string_decoder';
import type { MetricPattern } from '../../core/extract/patterns/metricPattern';
import { createPatternSet } from '../../core/extract/patterns/patternSet';
import type { TrialResult } from '../../core/extract/patterns/patternTrial';
import { proposeName } from '../../core/extract/patterns/proposeName';
import { type Picks, proposePattern } from '../../core/extract/patterns/proposePattern';
import type { LogLine } from '../../core/log/logLine';
import { createLogReading, type LogReading, type ReadRun } from '../../core/recording/logReading';
import { planReread, type RereadPlan } from '../../core/recording/planReread';
import type { Run } from '../../core/run/run';
import type { Series } from '../../core/series/series';
import { createShownLog, type ShownLog } from './shownLog';
import { toBuffer } from './toBuffer';

export interface ProposedPattern {
  readonly name: string;
  readonly pattern: string;
}

/**
 * Looks at kept logs, each under an id, and reads them again; the other side of a worker of its own, as
 * runs that print just now must not wait for it.
 */
export interface LogService {
  /** Opens an empty log to look at; the bytes follow in order, then its end. */
  open(logId: string): void;
  append(logId: string, bytes: Uint8Array): void;
  /** @returns how many lines it has. */
  endOf(logId: string): number;
  readLines(
    logId: string,
    start: number,
    end: number,
    pattern: MetricPattern | undefined,
  ): readonly LogLine[];
  readMatching(
    logId: string,
    start: number,
    end: number,
    pattern: MetricPattern,
  ): readonly LogLine[];
  findLine(logId: string, text: string, from: number, step: 1 | -1): Promise<number | undefined>;
  tryPattern(logId: string, pattern: MetricPattern): Promise<TrialResult>;
  /** Rejects with a `UserError` if the numbers of the line cannot be told from others. */
  propose(logId: string, line: number, picks: Picks): ProposedPattern;
  close(logId: string): void;

  /** Begins to read the log of a run again; the bytes follow in order. */
  openReading(readingId: string, run: ReadRun, patterns: readonly MetricPattern[]): void;
  read(readingId: string, bytes: Uint8Array): void;
  /** What the whole log makes of the run. */
  plan(
    readingId: string,
    run: Pick<Run, 'startedAtMs' | 'endedAtMs' | 'params' | 'logLeftOut'>,
    printed: ReadonlyMap<string, Series>,
  ): RereadPlan;
  closeReading(readingId: string): void;
}

interface OpenReading {
  readonly reading: LogReading;
  readonly decoder: StringDecoder;
  doneBytes: number;
}

export function createLogService(): LogService {
  const logs = new Map<string, ShownLog>();
  const readings = new Map<string, OpenReading>();
  const logOf = (id: string) => of(logs, id);
  return {
    open: (logId) => void logs.set(logId, createShownLog()),
    append: (logId, bytes) => logOf(logId).append(bytes),
    endOf(logId) {
      logOf(logId).end();
      return logOf(logId).lineCount;
    },
    readLines: (logId, start, end, pattern) => logOf(logId).readLines(start, end, pattern),
    readMatching: (logId, start, end, pattern) => logOf(logId).readMatching(start, end, pattern),
    findLine: (logId, text, from, step) => logOf(logId).findLine(text, from, step),
    tryPattern: (logId, pattern) => logOf(logId).tryPattern(pattern),
    propose(logId, line, picks) {
      const text = logOf(logId).readLine(line);
      return { name: proposeName(text, picks.value), pattern: proposePattern(text, picks) };
    },
    close: (logId) => void logs.delete(logId),

    openReading(readingId, run, patterns) {
      const reading = createLogReading(run, createPatternSet(patterns));
      readings.set(readingId, { reading, decoder: new StringDecoder('utf8'), doneBytes: 0 });
    },
    read(readingId, bytes) {
      const open = of(readings, readingId);
      open.doneBytes += bytes.length;
      open.reading.read(open.decoder.write(toBuffer(bytes)), open.doneBytes);
    },
    plan(readingId, run, printed) {
      const { reading, decoder, doneBytes } = of(readings, readingId);
      reading.read(decoder.end(), doneBytes);
      return planReread(run, printed, reading.end());
    },
    closeReading: (readingId) => void readings.delete(readingId),
  };
}

function of<T>(open: ReadonlyMap<string, T>, id: string): T {
  const found = open.get(id);
  if (found === undefined) throw new Error(`${id} is not open`);
  return found;
}
