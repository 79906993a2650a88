import type { ExtractedMetric, ExtractedParam, SectionEvent } from '../extraction';
import { type Candidate, type CandidateKind, mayRestart, type Verdict, weigh } from './candidate';
import type { Heading } from './heading';
import { createLead } from './lead';
import type { LoopParams } from './loopParams';
import { createSection, hasSeries, join, note, type Section } from './section';
import { wholeRun } from './wholeRun';

/**
 * Finds out where one training of a stream ends and the next begins: by what headings announce, and by
 * places that begin anew. What is not sure stays one training.
 */
export interface SectionTracker {
  /** The section of what comes now; 0 is the first. */
  section(): number;
  /** The era of what comes now. */
  era(): number;
  /** The era before, while it is open whether another training has begun. */
  eraBefore(): number | undefined;
  /** A number for a series that is new. */
  numberSeries(): number;
  /** @param isInline whether the line also has points. */
  heading(heading: Heading, isInline: boolean): void;
  /** What one line says of params; told at once, or when it is known whose they are. */
  params(params: readonly ExtractedParam[]): void;
  /** A program broke off. */
  crashed(): void;
  /** A line says that what counts anew is, or may be, a phase of the same training. */
  continues(line: string, isCertain: boolean): void;
  /** The program says by itself that a part begins, or ends. */
  begin(name: string): void;
  end(): void;
  /** Looks at a point before anything else does. */
  meet(series: number, metric: ExtractedMetric): void;
  /** Counts a point. `isRepeated` if the section before said the same. @returns its section. */
  take(series: number, metric: ExtractedMetric, isRepeated: boolean): number;
  /** `listener` hears whether the section that was open is another training after all. */
  onSettled(listener: (isAnother: boolean) => void): void;
  /** What was found out since the last call. */
  takeEvents(): readonly SectionEvent[];
  finish(): void;
}

const MAX_PARTS = 1_000;
const MAX_OPENINGS = 100;
const MAX_VALUES = 100;
const LONGEST_NAME_CHARS = 100;
const MAX_ERAS = 30_000;
const SUMMARY = /\b(?:mean|avg|average|overall|cv|cross[- _]?val\w*|std|oof|ensemble|all)\b/i;

/**
 * @param loop the params that the loop of the command gives its turns.
 * @param tellParam hears a param and its section.
 */
export function createSectionTracker(
  loop: LoopParams | undefined,
  tellParam: (param: ExtractedParam, section: number) => void,
): SectionTracker {
  let current = createSection(0, 0, undefined);
  let candidate: Candidate | undefined;
  let lastId = 0;
  let lastEra = 0;
  let partCount = 0;
  let isExplicit = false;
  let restartsBarred = false;
  /** What the first training said of its phase ahead of its first point. */
  const openings = new Set<string>();
  /** A turn that broke off may have trained nothing, so that the next training is not the next turn. */
  let turns = loop;
  const barredKinds = new Set<string>();
  const lead = createLead();
  const byHeading = new Map<string, Section>();
  const listeners: ((isAnother: boolean) => void)[] = [];
  let events: SectionEvent[] = [];
  /** The values that each param had in the parts. */
  const values = new Map<string, string[]>();
  let seriesCount = 0;
  let newestSeries = -1;
  const summaries = new Set<number>();

  function start(kind: CandidateKind, heading: Heading | undefined): void {
    if (partCount >= MAX_PARTS || lastEra >= MAX_ERAS) return;
    const section = createSection(++lastId, ++lastEra, heading);
    section.params.push(...lead.params());
    candidate = { section, kind, restarted: new Set(), begunAnew: 0 };
  }

  function settle({ section, kind }: Candidate, verdict: Exclude<Verdict, 'open'>): void {
    if (verdict === 'another') {
      candidate = undefined;
      // Of both, so that each is named by what tells it from the other.
      if (!current.isPart) countValues(paramsOf(current, partCount + 1));
      countValues(paramsOf(section, partCount + (current.isPart ? 1 : 2)));
      if (!current.isPart) makePart(current);
      close(current);
      makePart(section);
      current = section;
      for (const param of section.params) tellParam(param, section.id);
      for (const listener of listeners) listener(true);
      return;
    }
    // What once turned out to be said within a training is no sign of another.
    if (kind === 'restart') restartsBarred = true;
    if (section.heading !== undefined) barredKinds.add(section.heading.kind);
    joinCandidate();
  }

  /** What is open belongs to the section before it, or nobody will know that it does not. */
  function joinCandidate(): void {
    if (candidate === undefined) return;
    const { section } = candidate;
    candidate = undefined;
    join(current, section);
    events.push({ kind: 'joins', section: section.id, with: current.id });
    for (const param of section.params) tellParam(param, current.id);
    for (const listener of listeners) listener(false);
  }

  /** @param name in place of what its heading and its params say. */
  function makePart(section: Section, name?: string): void {
    partCount++;
    section.isPart = true;
    const params = paramsOf(section, partCount);
    countValues(params);
    const { heading } = section;
    const turn = turns?.turn(partCount) ?? [];
    const told = turn.length > 0 ? describe(turn) : describe(params.filter(isVaried));
    const title = name ?? lead.title(heading) ?? told;
    const varied = params.filter(isVaried).map(({ key, origin }) => {
      return { key, value: (values.get(key) ?? []).join(', '), origin };
    });
    events.push({
      ...{ kind: 'isPart', section: section.id, number: partCount, params, varied },
      ...(title === '' ? {} : { name: title.slice(0, LONGEST_NAME_CHARS) }),
    });
    if (heading?.number !== undefined) byHeading.set(`${heading.kind} ${heading.number}`, section);
  }

  function paramsOf(section: Section, number: number): readonly ExtractedParam[] {
    const { heading, params } = section;
    const outer = lead.outerParams(heading);
    return [...params, ...outer, ...(turns?.turn(number) ?? []), ...(heading?.params ?? [])];
  }

  function countValues(params: readonly ExtractedParam[]): void {
    for (const { key, value } of params) {
      const known = values.get(key);
      if (known === undefined) values.set(key, [value]);
      else if (!known.includes(value) && known.length < MAX_VALUES) known.push(value);
    }
  }

  /** Whether another part has another value of it. */
  function isVaried({ key }: ExtractedParam): boolean {
    return (values.get(key)?.length ?? 0) > 1;
  }

  /** What was held belongs to the section that is open. */
  function releaseParams(): void {
    for (const param of lead.params()) tellParam(param, current.id);
    lead.clear();
  }

  function close(section: Section): void {
    events.push({ kind: 'ended', section: section.id, hasFailed: section.hasCrashed });
  }

  /** A section that is another because of its heading alone, where the one before was no training. */
  function replaceCurrent(heading: Heading): void {
    const id = current.points === 0 ? current.id : ++lastId;
    current = createSection(id, current.era, heading);
    current.params.push(...lead.params());
    for (const param of lead.params()) tellParam(param, id);
  }

  function beginExplicitly(): void {
    joinCandidate();
    releaseParams();
    if (current.isPart) close(current);
    isExplicit = true;
    current = createSection(++lastId, ++lastEra, undefined);
  }

  function isFirstOfSeveral({ heading }: Section): boolean {
    if (turns !== undefined && turns.turns > 1 && partCount === 0) return true;
    return (heading?.total ?? 0) > 1 && (heading?.number ?? 2) <= 1;
  }

  /** A name that no part had, such as `Mean accuracy`, once there are several: of all of them. */
  function isSummary(series: number, { key }: ExtractedMetric): boolean {
    if (summaries.size > 0 && summaries.has(series)) return true;
    const isNew = series > newestSeries;
    if (isNew) newestSeries = series;
    if (!isNew || partCount < 2 || !SUMMARY.test(key.replaceAll('_', ' '))) return false;
    summaries.add(series);
    return true;
  }

  return {
    section: () => candidate?.section.id ?? current.id,
    era: () => candidate?.section.era ?? current.era,
    eraBefore: () => (candidate === undefined ? undefined : current.era),
    numberSeries: () => seriesCount++,
    heading(heading, isInline) {
      if (isExplicit || barredKinds.has(heading.kind)) return;
      if (heading.isWeak && candidate !== undefined) return;
      const { kind, number } = heading;
      const here = lead.heading() ?? (candidate?.section ?? current).heading;
      if (number !== undefined && here?.kind === kind && here.number === number) return;
      const known = isInline ? byHeading.get(`${kind} ${number}`) : undefined;
      joinCandidate();
      if (known !== undefined) {
        // Folds that run side by side print in turns.
        current = known;
        return;
      }
      lead.announce(heading);
      if (!hasSeries(current)) current.params.length = 0;
    },
    params(params) {
      const isHeld = !isExplicit && (candidate !== undefined || hasSeries(current));
      if (isHeld) lead.hold(params);
      else {
        if (current.points === 0) current.params.push(...params);
        for (const param of params) tellParam(param, current.id);
      }
      lead.know(params);
    },
    crashed() {
      turns = undefined;
      if (lead.heading() === undefined) (candidate?.section ?? current).hasCrashed = true;
    },
    continues(line, isCertain) {
      if (lastId === 0 && current.points === 0 && openings.size < MAX_OPENINGS) openings.add(line);
      // What each of several trainings says at its beginning bars nothing.
      if (isCertain || !openings.has(line)) restartsBarred = true;
    },
    begin(name) {
      beginExplicitly();
      makePart(current, name);
    },
    end() {
      if (isExplicit && current.isPart) beginExplicitly();
    },
    meet(series, metric) {
      if (candidate !== undefined || isExplicit) return;
      if (lead.isEmpty()) {
        if (!restartsBarred && mayRestart(current, series, metric)) start('restart', undefined);
        return;
      }
      const heading = lead.heading();
      if (heading !== undefined && !hasSeries(current)) replaceCurrent(heading);
      else if (heading !== undefined) start(heading.isWeak ? 'weak' : 'headed', heading);
      else if (lead.repeatsParams()) start('headed', undefined);
      else if (!restartsBarred && mayRestart(current, series, metric)) start('restart', undefined);
      else releaseParams();
      lead.clear();
    },
    take(series, metric, isRepeated) {
      if (isSummary(series, metric)) return wholeRun;
      if (candidate === undefined) {
        note(current, series, metric);
        if (!current.isPart && isFirstOfSeveral(current) && hasSeries(current)) makePart(current);
        return current.id;
      }
      const judged = candidate;
      const verdict = weigh(judged, current, series, metric, isRepeated);
      note(judged.section, series, metric);
      if (verdict !== 'open') settle(judged, verdict);
      return judged.section.id;
    },
    onSettled: (listener) => listeners.push(listener),
    takeEvents() {
      const taken = events;
      events = [];
      return taken;
    },
    finish() {
      joinCandidate();
      releaseParams();
    },
  };
}

function describe(params: readonly ExtractedParam[]): string {
  return params.map(({ key, value }) => `${key}=${value}`).join(', ');
}
