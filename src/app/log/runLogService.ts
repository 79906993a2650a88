import { StringDecoder } from 'node:string_decoder';
import type { MetricPattern } from '../../core/extract/patterns/metricPattern';
import { createPatternSet } from '../../core/extract/patterns/patternSet';
import { compileLineSearch } from '../../core/history/lineSearch';
import { compileQuery, type SourceQuery } from '../../core/history/sourceSearch';
import { maxShownChars } from '../../core/log/logLine';
import { createPointLines, type PointLines, type RecordedPoint } from '../../core/log/pointLines';
import { type LinePoint, type StyledLine, toStyledSpans } from '../../core/log/styledLine';
import type { RunId } from '../../core/run/run';
import { createLogIndex, type LogBytes, type LogIndex } from './logIndex';
import { toBuffer } from './toBuffer';

/** How far a log is known. */
export interface LogSize {
  readonly lineCount: number;
  readonly doneBytes: number;
  readonly sizeBytes: number;
  /** All that is written by now is known. */
  readonly isWhole: boolean;
}

export interface FoundLines {
  /** The numbers of the lines that have it, from 0. */
  readonly lines: Float64Array;
  /** All lines before this one were looked at. */
  readonly nextLine: number;
  readonly isWhole: boolean;
}

/** What to read the metrics of a log with. */
export interface PointReading {
  readonly command: string | undefined;
  readonly patterns: readonly MetricPattern[];
  /** Nothing is added to the log any more. */
  readonly isOver: boolean;
}

/**
 * The logs of runs as a terminal showed them, each under an id, however long: every call works for a moment
 * and says how far it came, so that the caller asks again and others are served between.
 */
export interface RunLogService {
  openRunLog(logId: string, runId: RunId): void;
  growRunLog(logId: string): LogSize;
  /** Lines from `start` up to, not including, `end`, with where they have what is looked for. */
  readRunLog(
    logId: string,
    start: number,
    end: number,
    query: SourceQuery | undefined,
  ): readonly StyledLine[];
  /** Rejects with a `UserError` if it cannot be looked for. */
  findInRunLog(logId: string, query: SourceQuery, fromLine: number): FoundLines;
  /** Reads on which lines gave which points. @returns the share that is read, 1 at the end. */
  readRunPoints(logId: string, reading: PointReading): number;
  lineOfRunPoint(logId: string, point: RecordedPoint): number | undefined;
  /** As plain text, at most some megabytes. */
  copyRunLog(logId: string, start: number, end: number): string;
  closeRunLog(logId: string): void;
}

const turnMs = 60;
const linesAtOnce = 1024;
const maxCopyChars = 4_000_000;
const partBytes = 256 * 1024;

interface OpenRunLog {
  readonly bytes: LogBytes;
  readonly index: LogIndex;
  points?: OpenPoints;
}

interface OpenPoints {
  readonly lines: PointLines;
  readonly decoder: StringDecoder;
  doneBytes: number;
  isEnded: boolean;
}

export function createRunLogService(bytesOf: (runId: RunId) => LogBytes): RunLogService {
  const logs = new Map<string, OpenRunLog>();
  const finderOf = keepLast(compileQuery);
  const searchOf = keepLast(compileLineSearch);
  const logOf = (logId: string): OpenRunLog => {
    const log = logs.get(logId);
    if (log === undefined) throw new Error(`The log ${logId} is not open`);
    return log;
  };

  /** What is wrong with it the search itself says. */
  const quietFinderOf = (query: SourceQuery) => {
    try {
      return finderOf(query);
    } catch {
      return undefined;
    }
  };

  return {
    openRunLog(logId, runId) {
      const bytes = bytesOf(runId);
      logs.set(logId, { bytes, index: createLogIndex(bytes) });
    },
    growRunLog(logId) {
      const { bytes, index } = logOf(logId);
      const isWhole = index.grow(turnMs);
      const { lineCount, doneBytes } = index;
      return { lineCount, doneBytes, sizeBytes: bytes.sizeBytes(), isWhole };
    },
    readRunLog(logId, start, end, query) {
      const { index, points } = logOf(logId);
      const find = query && quietFinderOf(query);
      const given = points?.lines.pointsIn(start, end);
      return index.read(start, end).map(({ text: whole, paint }, at) => {
        const line = start + at;
        const text = whole.slice(0, maxShownChars);
        return {
          ...{ line, text, leftOutChars: whole.length - text.length },
          spans: toStyledSpans(text, paint, index.palette),
          found: find === undefined ? [] : spansOf(text, find),
          points: given?.get(line) ?? noPoints,
        };
      });
    },
    findInRunLog(logId, query, fromLine) {
      const { index } = logOf(logId);
      const search = searchOf(query);
      const until = performance.now() + turnMs;
      const lines: number[] = [];
      let nextLine = fromLine;
      while (nextLine < index.lineCount && performance.now() < until) {
        const { text, lineCount } = index.readTexts(nextLine);
        // Of a line that is not finished there may be nothing to see yet.
        if (lineCount === 0) {
          return { lines: Float64Array.from(lines), nextLine, isWhole: true };
        }
        // What is in none of them need not be looked for in each.
        if (search.mayBeIn(text)) {
          text.split('\n').forEach((line, at) => {
            if (search.isIn(line)) lines.push(nextLine + at);
          });
        }
        nextLine += lineCount;
      }
      return { lines: Float64Array.from(lines), nextLine, isWhole: nextLine >= index.lineCount };
    },
    readRunPoints(logId, { command, patterns, isOver }) {
      const log = logOf(logId);
      log.points ??= {
        lines: createPointLines(command, createPatternSet(patterns)),
        decoder: new StringDecoder('utf8'),
        doneBytes: 0,
        isEnded: false,
      };
      const { points, bytes } = log;
      const until = performance.now() + turnMs;
      while (!points.isEnded) {
        const part = bytes.read(points.doneBytes, partBytes);
        if (part.length === 0) {
          if (isOver) endPoints(points);
          break;
        }
        points.lines.push(points.decoder.write(toBuffer(part)));
        points.doneBytes += part.length;
        if (performance.now() >= until) break;
      }
      const sizeBytes = bytes.sizeBytes();
      return sizeBytes === 0 ? 1 : Math.min(1, points.doneBytes / sizeBytes);
    },
    lineOfRunPoint: (logId, point) => logOf(logId).points?.lines.lineOf(point),
    copyRunLog(logId, start, end) {
      const { index } = logOf(logId);
      let text = '';
      for (let line = start; line < end && text.length < maxCopyChars; line += linesAtOnce) {
        const part = index.read(line, Math.min(end, line + linesAtOnce));
        if (part.length === 0) break;
        text += `${part.map(({ text: own }) => own).join('\n')}\n`;
      }
      return text;
    },
    closeRunLog: (logId) => void logs.delete(logId),
  };
}

/** A query is asked for again and again. */
function keepLast<T>(compile: (query: SourceQuery) => T): (query: SourceQuery) => T {
  let last: { readonly key: string; readonly compiled: T } | undefined;
  return (query) => {
    const key = JSON.stringify(query);
    if (last?.key !== key) last = { key, compiled: compile(query) };
    return last.compiled;
  };
}

/** What only the end makes final, such as the last frame of a bar. */
function endPoints(points: OpenPoints): void {
  points.lines.push(points.decoder.end());
  points.lines.end();
  points.isEnded = true;
}

const noPoints: readonly LinePoint[] = [];

function spansOf(text: string, find: ReturnType<typeof compileQuery>): StyledLine['found'] {
  const [line] = find(text)?.lines ?? [];
  if (line === undefined) return [];
  // Of a long line the search gives a part.
  const offset = line.text === text ? 0 : Math.max(0, text.indexOf(line.text));
  return line.spans.map(({ start, end }) => ({ start: start + offset, end: end + offset }));
}
