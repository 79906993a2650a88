import type { Change } from '../change/change';
import type { ExtractedMetric, SectionEvent } from '../extract/extraction';
import { wholeRun } from '../extract/sections/wholeRun';
import type { RunId, RunSource } from '../run/run';
import { experimentName } from '../run/runName';
import { maskText } from '../secrets/maskText';
import { seriesKey } from './seriesKey';

/** Which run the points of each section of the output go to. */
export interface SectionRuns {
  readonly runId: RunId;
  /** In the order of the sections. */
  readonly bySection: ReadonlyMap<number, SectionRun>;
  /** Sections that turned out to be pieces of others. */
  readonly joined: ReadonlyMap<number, number>;
}

interface SectionRun {
  readonly runId: RunId;
  readonly startedAtMs: number;
  /** Whether it is a part, and whether that has not ended. */
  readonly isPart: boolean;
  readonly isOpen: boolean;
  /** How many points of each series it gave. */
  readonly counts: ReadonlyMap<string, number>;
}

/** The points of some series become those of another run. */
export interface PointsMoved {
  readonly kind: 'pointsMoved';
  readonly from: RunId;
  readonly to: RunId;
  /** Of what stays where it is. */
  readonly edition: string;
  /** Of each series `count` points, ahead of its last `after`. */
  readonly series: readonly {
    readonly key: string;
    readonly count: number;
    readonly after: number;
  }[];
}

export function startSections(runId: RunId, startedAtMs: number): SectionRuns {
  return { runId, bySection: new Map([[0, createSection(runId, startedAtMs)]]), joined: new Map() };
}

function createSection(runId: RunId, startedAtMs: number): SectionRun {
  return { runId, startedAtMs, isPart: false, isOpen: false, counts: new Map() };
}

/** The run that a section's points go to; that of the one before, until more is known. */
export function runOf(sections: SectionRuns, section = 0): RunId {
  if (section === wholeRun) return sections.runId;
  const known = sections.bySection.get(resolve(sections, section));
  return known?.runId ?? lastRun(sections);
}

function resolve({ joined }: SectionRuns, section: number): number {
  let at = section;
  for (let next = joined.get(at); next !== undefined; next = joined.get(at)) at = next;
  return at;
}

function lastRun({ runId, bySection }: SectionRuns): RunId {
  const last = [...bySection.values()].at(-1);
  return last === undefined || (last.isPart && !last.isOpen) ? runId : last.runId;
}

/** The parts that have not ended. */
export function openParts({ bySection }: SectionRuns): readonly RunId[] {
  return [...bySection.values()].filter(({ isOpen }) => isOpen).map(({ runId }) => runId);
}

/** Counts points of sections, so that it is known later which of a series are whose. */
export function countPoints(
  sections: SectionRuns,
  metrics: readonly ExtractedMetric[],
  atMs: number,
): SectionRuns {
  const counts = new Map<number, Map<string, number>>();
  for (const metric of metrics) {
    if (metric.section === wholeRun) continue;
    const section = resolve(sections, metric.section ?? 0);
    const own = counts.get(section) ?? new Map(sections.bySection.get(section)?.counts);
    counts.set(section, own);
    const key = seriesKey(metric);
    own.set(key, (own.get(key) ?? 0) + 1);
  }
  const bySection = new Map(sections.bySection);
  for (const [section, own] of counts) {
    const known =
      bySection.get(section) ?? createSection(lastRun({ ...sections, bySection }), atMs);
    bySection.set(section, { ...known, counts: own });
  }
  return { ...sections, bySection };
}

/** What is to be recorded of sections, and at last, once their points are written, of their ends. */
export function applySectionEvents(
  sections: SectionRuns,
  events: readonly SectionEvent[],
  source: RunSource,
  atMs: number,
): {
  readonly sections: SectionRuns;
  readonly changes: readonly (Change | PointsMoved)[];
  readonly ends: readonly Change[];
} {
  let now = sections;
  const changes: (Change | PointsMoved)[] = [];
  const ends: Change[] = [];
  for (const event of events) {
    switch (event.kind) {
      case 'isPart': {
        const part = beginPart(now, event, source, atMs);
        now = part.sections;
        changes.push(...part.changes);
        break;
      }
      case 'joins':
        now = join(now, event.section, event.with);
        break;
      case 'ended': {
        const section = resolve(now, event.section);
        const part = now.bySection.get(section);
        if (part?.isOpen !== true) break;
        now = withSection(now, section, { ...part, isOpen: false });
        const status = event.hasFailed ? 'failed' : 'finished';
        ends.push({ kind: 'runEnded', runId: part.runId, status, endedAtMs: atMs });
        break;
      }
    }
  }
  return { sections: now, changes, ends };
}

function withSection(sections: SectionRuns, section: number, run: SectionRun): SectionRuns {
  return { ...sections, bySection: new Map(sections.bySection).set(section, run) };
}

function join(sections: SectionRuns, from: number, to: number): SectionRuns {
  const bySection = new Map(sections.bySection);
  const joined = new Map(sections.joined).set(from, to);
  const counts = bySection.get(from)?.counts;
  bySection.delete(from);
  const target = resolve({ ...sections, joined }, to);
  const known = bySection.get(target);
  if (counts !== undefined && known !== undefined) {
    const all = new Map(known.counts);
    for (const [key, count] of counts) all.set(key, (all.get(key) ?? 0) + count);
    bySection.set(target, { ...known, counts: all });
  }
  return { ...sections, bySection, joined };
}

function beginPart(
  sections: SectionRuns,
  event: Extract<SectionEvent, { kind: 'isPart' }>,
  source: RunSource,
  atMs: number,
): { readonly sections: SectionRuns; readonly changes: readonly (Change | PointsMoved)[] } {
  const { runId: parentId } = sections;
  const { number, params, varied } = event;
  const before = sections.bySection.get(event.section) ?? createSection(lastRun(sections), atMs);
  // SAFETY: as unlike any other as its parent's id, and the same where another window goes on.
  const runId = `${parentId}-${number}` as RunId;
  const name = event.name ?? `part ${number}`;
  const { startedAtMs } = before;
  const series = [...before.counts].map(([key, count]) => ({
    ...{ key, count },
    after: pointsAfter(sections, event.section, before.runId, key),
  }));
  const changes: (Change | PointsMoved)[] = [
    {
      ...{ kind: 'runStarted', runId, source, startedAtMs, parentId },
      experiment: experimentName(source),
    },
    { kind: 'runEdited', runId, edit: { field: 'name', value: maskText(name).text } },
  ];
  if (params.length > 0) changes.push({ kind: 'paramsAdded', runId, params: bare(params) });
  if (varied.length > 0) {
    changes.push({ kind: 'paramsAdded', runId: parentId, params: bare(varied) });
  }
  if (series.length > 0) {
    const edition = `before part ${number}`;
    changes.push({ kind: 'pointsMoved', from: before.runId, to: runId, edition, series });
  }
  const part = { runId, startedAtMs, isPart: true, isOpen: true, counts: before.counts };
  return { sections: withSection(sections, event.section, part), changes };
}

function bare(params: Extract<SectionEvent, { kind: 'isPart' }>['params']) {
  return params.map(({ key, value, origin }) => ({ key, value, origin }));
}

/** How many points of a series came after a section's, in the same run. */
function pointsAfter(
  { bySection }: SectionRuns,
  section: number,
  runId: RunId,
  key: string,
): number {
  let points = 0;
  for (const [other, run] of bySection) {
    if (other > section && run.runId === runId) points += run.counts.get(key) ?? 0;
  }
  return points;
}
