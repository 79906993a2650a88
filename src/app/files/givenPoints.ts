import type { ExtractedMetric } from '../../core/extract/extraction';
import { seriesKey } from '../../core/recording/seriesKey';

/** Knows the points that files of one history tell again. */
export interface GivenPoints {
  /** Whether a point is told for the first time; remembers it. */
  isNew(metric: ExtractedMetric): boolean;
  /** A file is read from its beginning. */
  startAgain(): void;
}

interface Given {
  readonly first: ExtractedMetric;
  count: number;
  /** Of those that the file tells again, how many are still to come. */
  repeated: number | undefined;
}

/** Of a history that is told from its beginning, by the number of the points in each series. */
export function createHistoryPoints(): GivenPoints {
  const series = new Map<string, Given>();
  return {
    isNew(metric) {
      const key = seriesKey(metric);
      const given = series.get(key);
      if (given === undefined) {
        series.set(key, { first: metric, count: 1, repeated: 0 });
        return true;
      }
      // Another beginning is another history.
      given.repeated ??= isSame(metric, given.first) ? given.count : 0;
      if (given.repeated > 0) {
        given.repeated -= 1;
        return false;
      }
      given.count += 1;
      return true;
    },
    startAgain() {
      for (const given of series.values()) given.repeated = undefined;
    },
  };
}

/** Of a file that holds the last point of each series. */
export function createLastPoints(): GivenPoints {
  const last = new Map<string, ExtractedMetric>();
  return {
    isNew(metric) {
      const key = seriesKey(metric);
      const before = last.get(key);
      if (before !== undefined && isSame(metric, before)) return false;
      last.set(key, metric);
      return true;
    },
    startAgain: () => undefined,
  };
}

function isSame(a: ExtractedMetric, b: ExtractedMetric): boolean {
  return Object.is(a.value, b.value) && a.step === b.step && a.epoch === b.epoch;
}
