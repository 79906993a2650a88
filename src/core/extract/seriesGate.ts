import type { ExtractedMetric } from './extraction';
import { createPointMemory } from './pointMemory';
import type { SectionTracker } from './sections/sectionTracker';

/**
 * Decides which readings become points. What a format vouches for passes; a key of unknown meaning
 * passes once it behaves as a series does; the same point said twice is one.
 */
export interface SeriesGate {
  /**
   * Tells the points that this one makes certain: none, itself, or those held back as well. The metric
   * is the gate's own from then on.
   */
  admit(metric: Unplaced, certainty: 'sure' | 'guess', accompanied: boolean): void;
  /** Tells the points held back that can pass on their company alone. */
  end(): void;
}

/** A metric whose section is to be told. */
export type Unplaced = Omit<ExtractedMetric, 'section'> & { section?: number };

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

/** A point that the training before said too: it counts if this is another training. */
interface Withheld {
  readonly series: Series;
  readonly metric: ExtractedMetric;
  readonly certainty: 'sure' | 'guess';
  readonly accompanied: boolean;
}

/** Eras and series get numbers in the memory that do not meet. */
const MAX_SERIES = 1 << 16;

/** `tell` hears each point that passes. */
export function createSeriesGate(
  sections: SectionTracker,
  tell: (metric: ExtractedMetric) => void,
): SeriesGate {
  const byContext = new Map<string | undefined, Map<string, Series>>();
  const suspects = new Set<Series>();
  const memory = createPointMemory();
  let withheld: Withheld[] = [];
  sections.onSettled((isAnother) => {
    const points = withheld;
    withheld = [];
    if (!isAnother) return;
    for (const { series, metric, certainty, accompanied } of points) {
      pass(series, metric, certainty, accompanied);
    }
  });

  function seriesOf(key: string, context: string | undefined): Series {
    const byKey = byContext.get(context) ?? new Map<string, Series>();
    if (byKey.size === 0) byContext.set(context, byKey);
    let series = byKey.get(key);
    if (series === undefined) {
      series = {
        number: sections.numberSeries() % MAX_SERIES,
        trust: 'suspect',
        held: [],
        accompanied: false,
      };
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

  function pass(
    series: Series,
    metric: ExtractedMetric,
    certainty: 'sure' | 'guess',
    accompanied: boolean,
  ): void {
    if (certainty === 'guess' && series.trust !== 'trusted') {
      suspect(series, metric, accompanied);
      return;
    }
    if (series.trust !== 'trusted') trust(series);
    tell(metric);
  }

  function isSaid(series: Series, era: number, { step, epoch, value }: ExtractedMetric): boolean {
    if (step === undefined && epoch === undefined) return false;
    return memory.isRepeated(series.number + era * MAX_SERIES, step, epoch, value);
  }

  return {
    admit(metric, certainty, accompanied) {
      const series = seriesOf(metric.key, metric.context);
      if (series.trust === 'rejected' && certainty === 'guess') return;
      // What is no series yet says nothing of trainings.
      const tells = certainty === 'sure' || series.trust === 'trusted';
      if (tells) sections.meet(series.number, metric);
      if (isSaid(series, sections.era(), metric)) return;
      const before = sections.eraBefore();
      const isRepeated = before !== undefined && isSaid(series, before, metric);
      if (isRepeated) {
        const held = setSection(metric, sections.section());
        withheld.push({ series, metric: held, certainty, accompanied });
      }
      const section = tells ? sections.take(series.number, metric, isRepeated) : sections.section();
      if (!isRepeated) pass(series, setSection(metric, section), certainty, accompanied);
    },
    end() {
      for (const { held, accompanied } of suspects) {
        if (accompanied && held.every(({ value }) => !Number.isInteger(value))) held.forEach(tell);
      }
      suspects.clear();
    },
  };
}

/** Says of a metric that is still the gate's own which section it belongs to. */
function setSection(metric: Unplaced, section: number): ExtractedMetric {
  if (section !== 0) metric.section = section;
  return metric;
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
