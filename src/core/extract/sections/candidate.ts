import type { ExtractedMetric } from '../extraction';
import type { Section } from './section';
import { placeOf, type Trace, type Traces } from './traces';

/** How a section that may be another training is judged, one point after the other. */
export interface Candidate {
  readonly section: Section;
  readonly kind: CandidateKind;
  /** The series whose values began anew as well as their places. */
  readonly restarted: Set<number>;
  begunAnew: number;
}

/**
 * `headed`: a line says that another training begins; `weak`: a line says what may also be said within
 * one; `restart`: nothing but the places of the points says so.
 */
export type CandidateKind = 'headed' | 'weak' | 'restart';

export type Verdict = 'another' | 'same' | 'open';

/** A series that went on less often than this may begin anew by chance. */
const LEAST_INCREMENTS = 2;
/** How much of the way back to its first value a series goes that begins anew. */
const LEAST_RETURN = 0.5;
/** How far into the last training the next one may begin: its first report can come a little later. */
const FIRST_QUARTER = 0.25;

/** Whether a series stands where it began, after enough places for a restart without a heading. */
export function mayRestart({ traces }: Section, series: number, metric: ExtractedMetric): boolean {
  if (traces.increments(series) < LEAST_INCREMENTS) return false;
  const at = placeOf(metric);
  if (at === undefined || !(at <= traces.firstAt(series))) return false;
  return comparablePlace(traces, traces.get(series), metric) !== undefined;
}

/** What one more point says. `isRepeated` if the last training said the same. */
export function weigh(
  candidate: Candidate,
  before: Section,
  series: number,
  metric: ExtractedMetric,
  isRepeated: boolean,
): Verdict {
  const trace = before.traces.get(series);
  const at = comparablePlace(before.traces, trace, metric);
  if (trace === undefined || at === undefined || trace.increments === 0) return 'open';
  if (at > trace.lastAt) return isCountOfHeading(candidate, metric) ? 'open' : 'same';
  if (candidate.kind === 'headed') return weighHeaded(candidate, series, trace, at, isRepeated);
  return isRepeated ? 'open' : weighRestart(candidate, before, series, trace, at, metric.value);
}

/** `Fold 2` lends its number to what is printed below it. */
function isCountOfHeading({ section }: Candidate, { step, epoch }: ExtractedMetric): boolean {
  return epoch === undefined && step === section.heading?.number;
}

function weighHeaded(
  { section }: Candidate,
  series: number,
  trace: Trace,
  at: number,
  isRepeated: boolean,
): Verdict {
  const first = trace.firstAt + FIRST_QUARTER * (trace.lastAt - trace.firstAt);
  if (at <= first && !isRepeated) return 'another';
  // Folds that begin with the same values are told by going on as a training does.
  const own = section.traces.get(series);
  return own !== undefined && own.firstAt <= first && at > own.firstAt ? 'another' : 'open';
}

function weighRestart(
  candidate: Candidate,
  before: Section,
  series: number,
  trace: Trace,
  at: number,
  value: number,
): Verdict {
  const own = candidate.section.traces.get(series);
  if (own === undefined) {
    if (at > trace.firstAt) return 'same';
    const isAnew = beginsAnew(trace, value);
    // The epochs of one training whose steps restart go on where the last one ended.
    if (isAnew === false) return 'same';
    if (isAnew) candidate.begunAnew++;
    candidate.restarted.add(series);
  }
  const goesOn = own !== undefined && at > own.firstAt;
  const haveAll = before.traces
    .series()
    .every(
      (each) => before.traces.increments(each) < LEAST_INCREMENTS || candidate.restarted.has(each),
    );
  return candidate.begunAnew > 0 && (goesOn || haveAll) ? 'another' : 'open';
}

/** Whether a value is back where the series began; undefined where the series says nothing. */
function beginsAnew(trace: Trace, value: number): boolean | undefined {
  if (!hasTrend(trace)) return undefined;
  const { firstValue, lastValue } = trace;
  return (value - lastValue) / (firstValue - lastValue) >= LEAST_RETURN;
}

/**
 * Whether a series went from its first to its last value, as a training does, rather than up and down:
 * then a value near the first says nothing. Few points must go straight.
 */
function hasTrend({ firstValue, lastValue, moves, travel }: Trace): boolean {
  const change = Math.abs(firstValue - lastValue);
  const scale = Math.max(Math.abs(firstValue), Math.abs(lastValue));
  if (!Number.isFinite(travel) || travel === 0) return false;
  const isFar = change > 0.1 * scale && (change > 0.8 * travel || change > 3 * (travel / moves));
  const isStraight = moves >= 3 && change > 0.02 * scale && change > 0.95 * travel;
  return isFar || isStraight;
}

/** The place of a metric, if it counts what the series and the section count. */
function comparablePlace(
  traces: Traces,
  trace: Trace | undefined,
  metric: ExtractedMetric,
): number | undefined {
  const isEpoch = metric.epoch !== undefined;
  if (trace === undefined || trace.isEpoch !== isEpoch) return undefined;
  // Steps may restart in each epoch, so where epochs are known they alone are looked at.
  if (!isEpoch && traces.countsEpochs()) return undefined;
  return placeOf(metric);
}
