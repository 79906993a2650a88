import type { Change, PointsAppended } from '../change/change';
import type { LastWords } from '../command/lastWords';
import type { ExtractedLabel, ExtractedMetric, Extraction } from '../extract/extraction';
import { wholeRun } from '../extract/sections/wholeRun';
import type { Param, Run, RunId, RunSource } from '../run/run';
import { experimentName } from '../run/runName';
import { maskText } from '../secrets/maskText';
import { endChange } from './endChange';
import { keepOneRank, type SeriesRanks } from './oneRank';
import {
  applySectionEvents,
  countPoints,
  openParts,
  type PointsMoved,
  runOf,
  type SectionRuns,
  startSections,
} from './sectionRuns';
import { seriesKey } from './seriesKey';

/**
 * A command or a cell that is being watched. It begins tentatively; it becomes a run when something
 * says that it trains, and leaves no trace otherwise.
 */
export interface Recording {
  readonly phase: 'tentative' | 'recording' | 'ended';
  readonly runId: RunId;
  readonly source: RunSource;
  readonly startedAtMs: number;
  /** While tentative: what is known by now and not yet written. */
  readonly params: readonly Param[];
  /** Values of a bar that is still being drawn. */
  readonly live: readonly ExtractedMetric[];
  /** When live values last became points. */
  readonly sampledAtMs: number;
  /** The last one of each series that did, by `placeOf`, as in what follows. */
  readonly sampled: ReadonlyMap<string, ExtractedMetric>;
  /** The series that a better witness than the output reports. */
  readonly reported: ReadonlySet<string>;
  /** Of a training on several processes. */
  readonly ranks: SeriesRanks;
  /** What reported points are an edition of: they take the place of printed ones and are told from them. */
  readonly edition: string;
  /** The edition of each series whose points were replaced. */
  readonly editions: ReadonlyMap<string, string>;
  /** Which run the points of each section of the output go to: this one, or a part of it. */
  readonly sections: SectionRuns;
}

/**
 * A training may be one bar from its start to its end. Live values that say their step become points
 * this often, so that the chart of such a run is a line. Those that say their epoch wait for its end.
 */
const sampleEveryMs = 500;

export type RecordingEvent =
  /** What the script says of its params; with the arguments, under the script's own names. */
  | { readonly kind: 'paramsRead'; readonly params: readonly Param[] }
  | { readonly kind: 'extracted'; readonly atMs: number; readonly extraction: Extraction }
  /** The same of output that was recorded before, so that what follows it is understood. */
  | { readonly kind: 'recalled'; readonly atMs: number; readonly extraction: Extraction }
  /** What a file that the program writes says, or the program itself by an explicit client. */
  | { readonly kind: 'reported'; readonly atMs: number; readonly extraction: Extraction }
  /** Something other than a metric says that this trains: an import, an earlier run, a pattern. */
  | { readonly kind: 'isTraining' }
  /** It goes on, and another window records the rest. */
  | { readonly kind: 'left' }
  | { readonly kind: 'ended'; readonly atMs: number; readonly outcome: Outcome };

/** How a command ended: its exit code, or that nobody will ever know. */
export type Outcome =
  | { readonly kind: 'exited'; readonly exitCode: number | undefined }
  /** It is gone, and nobody saw its exit code; `lastWords` says what its output tells of that. */
  | { readonly kind: 'gone'; readonly lastWords: LastWords | undefined }
  | { readonly kind: 'cell'; readonly success: boolean | undefined }
  | { readonly kind: 'closed' }
  | { readonly kind: 'lost' };

export interface RecordingStep {
  readonly recording: Recording;
  /** To be written now, in this order. */
  readonly changes: readonly RecordingChange[];
}

/** A change, or points that become those of another run. */
export type RecordingChange = Change | PointsMoved;

export function startRecording(
  runId: RunId,
  source: RunSource,
  startedAtMs: number,
  params: readonly Param[],
): Recording {
  return {
    phase: 'tentative',
    runId,
    source,
    startedAtMs,
    params,
    live: [],
    sampledAtMs: Number.NEGATIVE_INFINITY,
    sampled: new Map(),
    reported: new Set(),
    ranks: new Map(),
    edition: 'reported',
    editions: new Map(),
    sections: startSections(runId, startedAtMs),
  };
}

/**
 * Goes on with a run of which another window recorded a part. What is there of a series is kept until
 * a better witness tells it from its beginning again.
 *
 * @param edition a name that no window gave before.
 */
export function continueRecording(
  { id, source, startedAtMs, metrics }: Pick<Run, 'id' | 'source' | 'startedAtMs' | 'metrics'>,
  edition: string,
): Recording {
  return {
    ...startRecording(id, source, startedAtMs, []),
    phase: 'recording',
    sampled: new Map(
      metrics.flatMap(({ key, last, lastStep }) =>
        lastStep === undefined ? [] : [[placeOf(id, key), { key, value: last, step: lastStep }]],
      ),
    ),
    edition,
  };
}

/** Decides what an event makes of a recording. Pure; events after the end change nothing. */
export function reduceRecording(recording: Recording, event: RecordingEvent): RecordingStep {
  if (recording.phase === 'ended') return { recording, changes: [] };
  switch (event.kind) {
    case 'isTraining':
      return become(recording);
    case 'paramsRead':
      // Later it would stand before what the program printed, which knows better.
      if (recording.phase !== 'tentative') return { recording, changes: [] };
      return { recording: { ...recording, params: event.params }, changes: [] };
    case 'extracted':
      return extracted(recording, event.extraction, event.atMs);
    case 'recalled':
      return recalled(recording, event.extraction, event.atMs);
    case 'reported':
      return reported(recording, ofWholeRun(event.extraction), event.atMs);
    case 'left':
      return { recording: { ...recording, phase: 'ended', live: [] }, changes: [] };
    case 'ended':
      return ended(recording, event.atMs, event.outcome);
  }
}

/** Makes a tentative recording a run. */
function become(recording: Recording): RecordingStep {
  if (recording.phase !== 'tentative') return { recording, changes: [] };
  const { runId, source, startedAtMs, params } = recording;
  return {
    recording: { ...recording, phase: 'recording', params: [] },
    changes: [
      { kind: 'runStarted', runId, source, startedAtMs, experiment: experimentName(source) },
      ...paramChanges(runId, params),
    ],
  };
}

function extracted(recording: Recording, extraction: Extraction, atMs: number): RecordingStep {
  const found = { ...recording, live: extraction.live };
  if (recording.phase === 'tentative' && !tellsRun(extraction)) {
    return {
      recording: { ...found, params: [...recording.params, ...extraction.params] },
      changes: [],
    };
  }
  const step = become(found);
  const divided = divide(step.recording, extraction, atMs);
  const printed = takePrinted(divided.recording, extraction, atMs);
  const said = extraction.metrics.filter(({ isReported }) => isReported === true);
  const reports = reported(printed.recording, { ...extraction, metrics: said, params: [] }, atMs);
  return {
    recording: reports.recording,
    changes: [
      ...step.changes,
      ...divided.changes,
      ...sectionChanges(reports.recording, extraction),
      ...printed.changes,
      ...reports.changes,
      ...divided.ends,
    ],
  };
}

/**
 * Of what was recorded before only what the program reports is recorded again: points of an edition
 * must be in the journal of the window that gave it, so this window begins another.
 */
function recalled(recording: Recording, extraction: Extraction, atMs: number): RecordingStep {
  if (recording.phase !== 'recording') return { recording, changes: [] };
  const step = extracted(recording, { ...extraction, live: [] }, atMs);
  const { edition } = recording;
  return {
    recording: step.recording,
    changes: step.changes.filter(
      (change) =>
        (change.kind === 'seriesReplaced' || change.kind === 'pointsAppended') &&
        change.edition === edition,
    ),
  };
}

/** Whether it holds a metric, or the program says of itself that it is a run. */
function tellsRun({ metrics, live, params, labels = [] }: Extraction): boolean {
  if (metrics.length + live.length + labels.length > 0) return true;
  return params.some(({ origin }) => origin === 'client');
}

/** Gives sections that turn out to be trainings of their own runs of their own. */
function divide(
  recording: Recording,
  { sections: events }: Extraction,
  atMs: number,
): RecordingStep & { readonly ends: readonly Change[] } {
  if (events === undefined) return { recording, changes: [], ends: [] };
  const { source } = recording;
  const { sections, changes, ends } = applySectionEvents(recording.sections, events, source, atMs);
  const moves = changes.flatMap((change) => (change.kind === 'pointsMoved' ? [change] : []));
  const editions = new Map(recording.editions);
  const reportedThere = new Set(recording.reported);
  for (const { from, to, edition, series } of moves) {
    for (const { key } of series) {
      editions.set(placeOf(from, key), edition);
      if (recording.reported.has(placeOf(from, key))) reportedThere.add(placeOf(to, key));
    }
  }
  return {
    recording: { ...recording, sections, editions, reported: reportedThere },
    changes,
    ends,
  };
}

function takePrinted(recording: Recording, extraction: Extraction, atMs: number): RecordingStep {
  const sampled = sampleLive(recording, extraction.section, atMs);
  const printed = extraction.metrics.filter(({ isReported }) => isReported !== true);
  const found = withoutReported(withoutSampled(printed, recording), recording);
  const { metrics, ranks } = keepOneRank(found, recording.ranks, (metric) =>
    metricPlace(recording.sections, metric),
  );
  const taken = takePoints(sampled.recording, metrics, atMs);
  const live = takePoints(taken.recording, sampled.points, atMs);
  return {
    recording: { ...live.recording, ranks },
    changes: [...taken.changes, ...live.changes],
  };
}

/** Params and labels of the run and of its parts. */
function sectionChanges(
  { sections }: Recording,
  { params, labels = [] }: Extraction,
): readonly Change[] {
  const byRun = new Map<RunId, Param[]>();
  for (const { section, ...param } of params) {
    const runId = runOf(sections, section);
    byRun.set(runId, [...(byRun.get(runId) ?? []), param]);
  }
  return [
    ...[...byRun].flatMap(([runId, own]) => paramChanges(runId, own)),
    ...labels.map((label) => labelChange(runOf(sections, label.section), label)),
  ];
}

/** Masked, as what a program prints may hold a secret. */
function labelChange(runId: RunId, label: ExtractedLabel): Change {
  const edit =
    label.kind === 'name'
      ? ({ field: 'name', value: maskText(label.name).text } as const)
      : ({
          field: 'tag',
          key: maskText(label.key).text,
          value: maskText(label.value).text,
        } as const);
  return { kind: 'runEdited', runId, edit };
}

/** A series is the better witness's from its first point on: what was printed of it goes. */
function reported(recording: Recording, extraction: Extraction, atMs: number): RecordingStep {
  const { metrics, params } = extraction;
  if (metrics.length + params.length === 0) return { recording, changes: [] };
  const { recording: run, changes } =
    metrics.length > 0 ? become(recording) : { recording, changes: [] };
  if (run.phase === 'tentative') {
    return { recording: { ...run, params: [...run.params, ...params] }, changes: [] };
  }
  const { edition } = run;
  const replaced = new Map<RunId, Set<string>>();
  const editions = new Map(run.editions);
  const places = new Set<string>();
  for (const metric of metrics) {
    const runId = runOf(run.sections, metric.section);
    const key = seriesKey(metric);
    const place = placeOf(runId, key);
    places.add(place);
    if (run.reported.has(place)) continue;
    replaced.set(runId, (replaced.get(runId) ?? new Set()).add(key));
    editions.set(place, edition);
  }
  const taken = takePoints({ ...run, editions }, metrics, atMs);
  return {
    recording: { ...taken.recording, reported: withAll(run.reported, places) },
    changes: [
      ...changes,
      ...paramChanges(run.runId, params),
      ...[...replaced].map(
        ([runId, keys]) => ({ kind: 'seriesReplaced', runId, keys: [...keys], edition }) as const,
      ),
      ...taken.changes,
    ],
  };
}

/** A companion knows nothing of sections. */
function ofWholeRun(extraction: Extraction): Extraction {
  const metrics = extraction.metrics.map((metric) => ({ ...metric, section: wholeRun }));
  return { ...extraction, metrics };
}

function withoutReported(
  metrics: readonly ExtractedMetric[],
  { reported, sections }: Recording,
): readonly ExtractedMetric[] {
  return reported.size === 0
    ? metrics
    : metrics.filter((metric) => !reported.has(metricPlace(sections, metric)));
}

/** Names a series of a run or of a part of it. */
export function placeOf(runId: RunId, key: string): string {
  return `${runId} ${key}`;
}

function metricPlace(sections: SectionRuns, metric: ExtractedMetric): string {
  return placeOf(runOf(sections, metric.section), seriesKey(metric));
}

/** The same set if all are in it already, as for nearly every line. */
function withAll(set: ReadonlySet<string>, keys: Iterable<string>): ReadonlySet<string> {
  let all: Set<string> | undefined;
  for (const key of keys) {
    if (set.has(key)) continue;
    all ??= new Set(set);
    all.add(key);
  }
  return all ?? set;
}

function paramChanges(runId: RunId, params: readonly Param[]): readonly Change[] {
  return params.length > 0 ? [{ kind: 'paramsAdded', runId, params }] : [];
}

function sampleLive(
  recording: Recording,
  section: number | undefined,
  atMs: number,
): { readonly recording: Recording; readonly points: readonly ExtractedMetric[] } {
  if (atMs - recording.sampledAtMs < sampleEveryMs) return { recording, points: [] };
  const { reported, sections } = recording;
  const points = recording.live
    .map((metric) => (section === undefined ? metric : { ...metric, section }))
    .filter((metric) => {
      const { epoch, step } = metric;
      if (epoch !== undefined || step === undefined) return false;
      const place = metricPlace(sections, metric);
      const last = recording.sampled.get(place)?.step ?? Number.NEGATIVE_INFINITY;
      return step > last && !reported.has(place);
    });
  if (points.length === 0) return { recording, points };
  const sampled = new Map(recording.sampled);
  for (const point of points) sampled.set(metricPlace(sections, point), point);
  return { recording: { ...recording, sampledAtMs: atMs, sampled }, points };
}

/** The last frame of a bar can have been sampled already. */
function withoutSampled(
  metrics: readonly ExtractedMetric[],
  { sampled, sections }: Recording,
): readonly ExtractedMetric[] {
  if (sampled.size === 0) return metrics;
  return metrics.filter((metric) => {
    const last = sampled.get(metricPlace(sections, metric));
    return last === undefined || last.step !== metric.step || !Object.is(last.value, metric.value);
  });
}

function ended(recording: Recording, atMs: number, outcome: Outcome): RecordingStep {
  const over = { ...recording, phase: 'ended', live: [] } as const;
  if (recording.phase === 'tentative') return { recording: over, changes: [] };
  const open = openParts(recording.sections);
  return {
    recording: over,
    changes: [...open, recording.runId].map((runId) => endChange(runId, atMs, outcome)),
  };
}

/** One change a series, so that a burst of lines is one write. */
function takePoints(
  recording: Recording,
  metrics: readonly ExtractedMetric[],
  atMs: number,
): { readonly recording: Recording; readonly changes: readonly PointsAppended[] } {
  if (metrics.length === 0) return { recording, changes: [] };
  const sections = countPoints(recording.sections, metrics, atMs);
  const byPlace = new Map<string, { runId: RunId; key: string; points: ExtractedMetric[] }>();
  for (const metric of metrics) {
    const runId = runOf(sections, metric.section);
    const key = seriesKey(metric);
    const place = placeOf(runId, key);
    const series = byPlace.get(place);
    if (series) series.points.push(metric);
    else byPlace.set(place, { runId, key, points: [metric] });
  }
  const changes = [...byPlace].map(([place, { runId, key, points }]): PointsAppended => {
    const edition = recording.editions.get(place);
    return {
      ...{ kind: 'pointsAppended', runId, key },
      steps: Float64Array.from(points, (point) => point.step ?? point.epoch ?? Number.NaN),
      values: Float64Array.from(points, (point) => point.value),
      timesMs: Float64Array.from(points, (point) => point.atMs ?? atMs),
      ...(edition === undefined ? {} : { edition }),
    };
  });
  return { recording: { ...recording, sections }, changes };
}
