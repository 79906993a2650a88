import type { ExtractedMetric, ExtractedParam } from '../extraction';
import type { Heading } from './heading';
import { createTraces, type Traces } from './traces';

/**
 * A stretch of output in which the places of all series only grow: one training, unless what follows
 * shows that it is a piece of one.
 */
export interface Section {
  readonly id: number;
  /** Points are told from repeated ones within an era: those of one training. */
  readonly era: number;
  readonly heading: Heading | undefined;
  readonly traces: Traces;
  /** The params that were printed before its first point. */
  readonly params: ExtractedParam[];
  /** How many points it has, those without a place too. */
  points: number;
  isPart: boolean;
  /** Whether an uncaught error was the last that it said. */
  hasCrashed: boolean;
}

export function createSection(id: number, era: number, heading: Heading | undefined): Section {
  return {
    ...{ id, era, heading },
    traces: createTraces(),
    params: [],
    ...{ points: 0, isPart: false, hasCrashed: false },
  };
}

/** Adds a point to the section's account of its series. */
export function note(section: Section, series: number, metric: ExtractedMetric): void {
  section.points++;
  section.hasCrashed = false;
  section.traces.note(series, metric);
}

/** Whether it holds a series of more than one place. */
export function hasSeries({ traces }: Section): boolean {
  return traces.hasSeries(1);
}

/** What was noted of the other section counts for this one too. */
export function join(section: Section, other: Section): void {
  section.traces.join(other.traces);
  section.points += other.points;
  section.params.push(...other.params);
  section.hasCrashed = other.hasCrashed;
}
