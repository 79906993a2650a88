import type { ExtractedMetric } from './extraction';
import { createPointMemory } from './pointMemory';

/**
 * Decides which readings become points. What a format vouches for passes; a key of unknown meaning
 * passes once it behaves as a series does; the same point said twice is one.
 */
export interface SeriesGate {
  /** Tells the points that this one makes certain: none, itself, or those held back as well. */
  admit(metric: ExtractedMetric, certainty: 'sure' | 'guess', accompanied: boolean): void;
  /** Tells the points held back that can pass on their company alone. */
  end(): void;
}

interface Series {
  readonly number: number;
  trust: 'suspect' | 'trusted' | 'rejected';
  /** The points of a suspect. */
  held: ExtractedMetric[];
  /** Whether the suspect stood beside a sure metric. */
  accompanied: boolean;
}

const MAX_HELD_POINTS = 32;
const MAX_SUSPECTS = 512;

/** `tell` hears each point that passes. */
export function createSeriesGate(tell: (metric: ExtractedMetric) => void): SeriesGate {
  const byContext = new Map<string | undefined, Map<string, Series>>();
  const suspects = new Set<Series>();
  const memory = createPointMemory();
  let seriesCount = 0;

  function seriesOf(key: string, context: string | undefined): Series {
    const byKey = byContext.get(context) ?? new Map<string, Series>();
    if (byKey.size === 0) byContext.set(context, byKey);
    let series = byKey.get(key);
    if (series === undefined) {
      series = { number: seriesCount++, trust: 'suspect', held: [], accompanied: false };
      byKey.set(key, series);
    }
    return series;
  }

  function trust(series: Series): void {
    series.trust = 'trusted';
    for (const metric of series.held) tell(metric);
    series.held = [];
    suspects.delete(series);
  }

  function suspect(series: Series, metric: ExtractedMetric, accompanied: boolean): void {
    if (series.held.length === 0 && suspects.size >= MAX_SUSPECTS) return;
    suspects.add(series);
    series.held.push(metric);
    series.accompanied ||= accompanied;
    if (behavesAsSeries(series.held)) trust(series);
    else if (series.held.length >= MAX_HELD_POINTS) {
      suspects.delete(series);
      series.held = [];
      series.trust = 'rejected';
    }
  }

  return {
    admit(metric, certainty, accompanied) {
      const { step, epoch } = metric;
      const series = seriesOf(metric.key, metric.context);
      if (series.trust === 'rejected' && certainty === 'guess') return;
      const placed = step !== undefined || epoch !== undefined;
      if (placed && memory.isRepeated(series.number, step, epoch, metric.value)) return;
      if (certainty === 'guess' && series.trust !== 'trusted') {
        suspect(series, metric, accompanied);
        return;
      }
      if (series.trust !== 'trusted') trust(series);
      tell(metric);
    },
    end() {
      for (const { held, accompanied } of suspects) {
        if (accompanied && held.every(({ value }) => !Number.isInteger(value))) held.forEach(tell);
      }
      suspects.clear();
    },
  };
}

/** Along at least two places the value changes, and is no mere counter. */
function behavesAsSeries(points: readonly ExtractedMetric[]): boolean {
  const places = new Set(points.map(({ step, epoch }) => `${step ?? ''}/${epoch ?? ''}`));
  const values = points.map(({ value }) => value);
  if (places.size < 2 || new Set(values).size < 2) return false;
  if (values.some((value) => !Number.isInteger(value))) return true;
  if (places.size < 3) return false;
  const rises = values.every((value, place) => place === 0 || value >= (values[place - 1] ?? 0));
  return !rises;
}
