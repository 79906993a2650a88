import type { ExtractedMetric } from './extraction';

/**
 * Decides which readings become points. What a format vouches for passes; a key of unknown meaning
 * passes once it behaves as a series does; the same point said twice is one.
 */
export interface SeriesGate {
  /** Gives the points that this one makes certain: none, itself, or those held back as well. */
  admit(
    metric: ExtractedMetric,
    certainty: 'sure' | 'guess',
    accompanied: boolean,
  ): readonly ExtractedMetric[];
  /** The points held back that can pass on their company alone. */
  end(): readonly ExtractedMetric[];
}

interface Suspect {
  readonly points: ExtractedMetric[];
  accompanied: boolean;
}

const MAX_HELD_POINTS = 32;
const MAX_SUSPECTS = 512;
const MAX_REMEMBERED_POINTS = 20_000;

export function createSeriesGate(): SeriesGate {
  const suspects = new Map<string, Suspect>();
  const trusted = new Set<string>();
  const rejected = new Set<string>();
  const said = new Map<string, number[]>();

  function isRepeated(metric: ExtractedMetric): boolean {
    if (metric.step === undefined && metric.epoch === undefined) return false;
    const place = `${seriesOf(metric)}\n${metric.step ?? ''}\n${metric.epoch ?? ''}`;
    const values = said.get(place);
    if (values?.some((value) => isSameNumber(value, metric.value)) === true) return true;
    if (values === undefined) said.set(place, [metric.value]);
    else if (values.length < 64) values.push(metric.value);
    if (said.size > MAX_REMEMBERED_POINTS) {
      const oldest = said.keys().next().value;
      if (oldest !== undefined) said.delete(oldest);
    }
    return false;
  }

  return {
    admit(metric, certainty, accompanied) {
      const series = seriesOf(metric);
      if (rejected.has(series) && certainty === 'guess') return [];
      if (isRepeated(metric)) return [];
      if (certainty === 'sure' || trusted.has(series)) {
        trusted.add(series);
        const held = suspects.get(series)?.points ?? [];
        suspects.delete(series);
        return [...held, metric];
      }
      const suspect = suspects.get(series) ?? { points: [], accompanied: false };
      if (suspect.points.length === 0 && suspects.size >= MAX_SUSPECTS) return [];
      suspects.set(series, suspect);
      suspect.points.push(metric);
      suspect.accompanied ||= accompanied;
      if (behavesAsSeries(suspect.points)) {
        trusted.add(series);
        suspects.delete(series);
        return suspect.points;
      }
      if (suspect.points.length >= MAX_HELD_POINTS) {
        suspects.delete(series);
        rejected.add(series);
      }
      return [];
    },
    end() {
      const passed = [...suspects.values()].filter(
        ({ points, accompanied }) =>
          accompanied && points.every(({ value }) => !Number.isInteger(value)),
      );
      suspects.clear();
      return passed.flatMap(({ points }) => points);
    },
  };
}

function seriesOf({ key, context }: ExtractedMetric): string {
  return `${context ?? ''}\n${key}`;
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

/** Whether two printed numbers are one, printed with a different number of digits. */
function isSameNumber(a: number, b: number): boolean {
  if (Object.is(a, b) || a === b) return true;
  const digits = Math.min(decimals(a), decimals(b));
  return digits >= 2 && digits < 16 && a.toFixed(digits) === b.toFixed(digits);
}

function decimals(value: number): number {
  const text = String(value);
  if (text.includes('e')) return 16;
  const point = text.indexOf('.');
  return point === -1 ? 0 : text.length - point - 1;
}
