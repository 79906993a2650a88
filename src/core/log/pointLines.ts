import { createExtractor } from '../extract/extractor';
import type { PatternSet } from '../extract/patterns/patternSet';
import { seriesKey } from '../recording/seriesKey';
import type { LinePoint } from './styledLine';

/** A point of a run, as it was recorded. */
export interface RecordedPoint {
  readonly key: string;
  readonly value: number;
  /** NaN where it has none. */
  readonly step: number;
  /** About where in the log it should stand, 0 to 1: tells apart points that are alike. */
  readonly share: number;
}

/** Which line of a log gave which point, found by reading the log as it was read while it ran. */
export interface PointLines {
  /** Takes decoded text, cut anywhere. */
  push(text: string): void;
  end(): void;
  /** What the lines from `start` up to `end` gave, by their numbers from 0. */
  pointsIn(start: number, end: number): ReadonlyMap<number, readonly LinePoint[]>;
  /** Undefined where the log has no such point: a file or the program itself told of it. */
  lineOf(point: RecordedPoint): number | undefined;
}

interface FoundPoint extends LinePoint {
  readonly row: number;
}

export function createPointLines(
  command: string | undefined,
  patterns: PatternSet | undefined,
): PointLines {
  /** A row is told of again where it is redrawn later, and stands as a line of its own then. */
  const lineOfRow: number[] = [];
  const found: FoundPoint[] = [];
  const bySeries = new Map<string, FoundPoint[]>();
  let lineCount = 0;
  let byLine: ReadonlyMap<number, readonly LinePoint[]> | undefined;
  const extractor = createExtractor({
    ...(command === undefined ? {} : { command }),
    patterns,
    tellsRows: true,
    onLine(row) {
      lineOfRow[row] = lineCount++;
    },
  });

  function take({ metrics }: ReturnType<typeof extractor.push>): void {
    for (const metric of metrics) {
      const { value, row, step = metric.epoch } = metric;
      if (row === undefined) continue;
      const key = seriesKey(metric);
      const point = { key, value, row, ...(step === undefined ? {} : { step }) };
      found.push(point);
      const series = bySeries.get(key);
      if (series === undefined) bySeries.set(key, [point]);
      else series.push(point);
    }
    byLine = undefined;
  }

  function groupByLine(): ReadonlyMap<number, readonly LinePoint[]> {
    const lines = new Map<number, LinePoint[]>();
    for (const { row, ...point } of found) {
      const line = lineOfRow[row];
      if (line === undefined) continue;
      const points = lines.get(line);
      if (points === undefined) lines.set(line, [point]);
      else points.push(point);
    }
    return lines;
  }

  return {
    push: (text) => take(extractor.push(text)),
    end: () => take(extractor.end()),
    pointsIn(start, end) {
      byLine ??= groupByLine();
      const some = new Map<number, readonly LinePoint[]>();
      for (let line = start; line < end; line++) {
        const points = byLine.get(line);
        if (points !== undefined) some.set(line, points);
      }
      return some;
    },
    lineOf({ key, value, step, share }) {
      const alike = (bySeries.get(key) ?? []).filter((point) => Object.is(point.value, value));
      const same = alike.filter((point) => Object.is(point.step ?? Number.NaN, step));
      const candidates = same.length > 0 ? same : alike;
      const wanted = share * lineCount;
      let best: number | undefined;
      for (const { row } of candidates) {
        const line = lineOfRow[row];
        if (line === undefined) continue;
        if (best === undefined || Math.abs(line - wanted) < Math.abs(best - wanted)) best = line;
      }
      return best;
    },
  };
}
