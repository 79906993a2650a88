import type { Change, PointsAppended, RunEnded } from '../change/change';
import type { LastWords } from '../command/lastWords';

import type { ExtractedLabel, ExtractedMetric, Extraction } from '../extract/extraction';
import type { Param, Run, RunId, RunSource, RunStatus } from '../run/run';

import { experimentName } from '../run/runName';
import { maskText } from '../secrets/maskText';

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
  /** The last one of each series that did. */
  readonly sampled: ReadonlyMap<string, ExtractedMetric>;
  /** The series that were printed, and those that a better witness than the output reports. */
  readonly printed: ReadonlySet<string>;
  readonly reported: ReadonlySet<string>;
  /** What the points that take the place of printed ones are an edition of. */
  readonly edition: string;
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
  readonly changes: readonly Change[];
}

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
    printed: new Set(),
    reported: new Set(),
    edition: 'reported',
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
        lastStep === undefined ? [] : [[key, { key, value: last, step: lastStep }]],
      ),
    ),
    printed: new Set(metrics.map(({ key }) => key)),
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
    case 'reported':
      return reported(recording, event.extraction, event.atMs);
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
  const printed = takePrinted(step.recording, extraction, atMs);
  const said = extraction.metrics.filter(({ isReported }) => isReported === true);
  const reports = reported(printed.recording, { ...extraction, metrics: said, params: [] }, atMs);
  return {
    recording: reports.recording,
    changes: [
      ...step.changes,
      ...labelChanges(recording.runId, extraction.labels ?? []),
      ...printed.changes,
      ...reports.changes,
    ],
  };
}

/** Whether it holds a metric, or the program says of itself that it is a run. */
function tellsRun({ metrics, live, params, labels = [] }: Extraction): boolean {
  if (metrics.length + live.length + labels.length > 0) return true;
  return params.some(({ origin }) => origin === 'client');
}

function takePrinted(recording: Recording, extraction: Extraction, atMs: number): RecordingStep {
  const { runId } = recording;
  const sampled = sampleLive(recording, atMs);
  const printed = extraction.metrics.filter(({ isReported }) => isReported !== true);
  const metrics = withoutReported(withoutSampled(printed, recording), recording);
  return {
    recording: {
      ...sampled.recording,
      printed: withAll(recording.printed, [...metrics, ...sampled.points].map(seriesKey)),
    },
    changes: [
      ...paramChanges(runId, extraction.params),
      ...pointChanges(runId, metrics, atMs),
      ...pointChanges(runId, sampled.points, atMs),
    ],
  };
}

/** Masked, as what a program prints may hold a secret. */
function labelChanges(runId: RunId, labels: readonly ExtractedLabel[]): readonly Change[] {
  return labels.map((label) => ({
    kind: 'runEdited',
    runId,
    edit:
      label.kind === 'name'
        ? { field: 'name', value: maskText(label.name).text }
        : { field: 'tag', key: maskText(label.key).text, value: maskText(label.value).text },
  }));
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
  const { runId, printed, edition } = run;
  const keys = new Set(metrics.map(seriesKey));
  const replaced = [...keys].filter((key) => printed.has(key) && !run.reported.has(key));
  return {
    recording: { ...run, reported: withAll(run.reported, keys) },
    changes: [
      ...changes,
      ...paramChanges(runId, params),
      ...(replaced.length > 0
        ? [{ kind: 'seriesReplaced', runId, keys: replaced, edition } as const]
        : []),
      ...pointChanges(runId, metrics, atMs).map((change) =>
        printed.has(change.key) ? { ...change, edition } : change,
      ),
    ],
  };
}

function withoutReported(
  metrics: readonly ExtractedMetric[],
  { reported }: Recording,
): readonly ExtractedMetric[] {
  return reported.size === 0
    ? metrics
    : metrics.filter((metric) => !reported.has(seriesKey(metric)));
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
  atMs: number,
): { readonly recording: Recording; readonly points: readonly ExtractedMetric[] } {
  if (atMs - recording.sampledAtMs < sampleEveryMs) return { recording, points: [] };
  const points = recording.live.filter(
    (metric) =>
      metric.epoch === undefined &&
      metric.step !== undefined &&
      !recording.reported.has(seriesKey(metric)) &&
      metric.step > (recording.sampled.get(seriesKey(metric))?.step ?? Number.NEGATIVE_INFINITY),
  );
  if (points.length === 0) return { recording, points };
  const sampled = new Map(recording.sampled);
  for (const point of points) sampled.set(seriesKey(point), point);
  return { recording: { ...recording, sampledAtMs: atMs, sampled }, points };
}

/** The last frame of a bar can have been sampled already. */
function withoutSampled(
  metrics: readonly ExtractedMetric[],
  { sampled }: Recording,
): readonly ExtractedMetric[] {
  if (sampled.size === 0) return metrics;
  return metrics.filter((metric) => {
    const last = sampled.get(seriesKey(metric));
    return last === undefined || last.step !== metric.step || !Object.is(last.value, metric.value);
  });
}

function ended(recording: Recording, atMs: number, outcome: Outcome): RecordingStep {
  const over = { ...recording, phase: 'ended', live: [] } as const;
  return {
    recording: over,
    changes: recording.phase === 'tentative' ? [] : [endChange(recording.runId, atMs, outcome)],
  };
}

/** What is recorded when a run ends this way. */
export function endChange(runId: RunId, endedAtMs: number, outcome: Outcome): RunEnded {
  const exitCode = outcome.kind === 'exited' ? outcome.exitCode : undefined;
  return {
    kind: 'runEnded',
    runId,
    status: statusOf(outcome),
    endedAtMs,
    ...(exitCode === undefined ? {} : { exitCode }),
  };
}

/**
 * Exit codes above 128 are 128 + the signal: 1 is a terminal that closed, 2 is Ctrl+C, 9 is SIGKILL,
 * 15 is SIGTERM (POSIX shells).
 */
const killedCodes: ReadonlySet<number> = new Set([129, 130, 137, 143]);

function statusOf(outcome: Outcome): Exclude<RunStatus, 'running'> {
  switch (outcome.kind) {
    case 'exited':
      if (outcome.exitCode === undefined) return 'interrupted';
      if (outcome.exitCode === 0) return 'finished';
      return killedCodes.has(outcome.exitCode) ? 'killed' : 'failed';
    case 'gone':
      // Not `finished` without a word for it: a table that says so of a training that was killed for
      // want of memory would be believed. `interrupted` is what nobody saw the end of.
      return outcome.lastWords ?? 'interrupted';
    case 'cell':
      // VS Code leaves `success` out when the user interrupted the cell.
      if (outcome.success === undefined) return 'killed';
      return outcome.success ? 'finished' : 'failed';
    case 'closed':
      return 'killed';
    case 'lost':
      return 'interrupted';
  }
}

/** One change a series, so that a burst of lines is one write. */
function pointChanges(
  runId: RunId,
  metrics: readonly ExtractedMetric[],
  atMs: number,
): readonly PointsAppended[] {
  const byKey = new Map<string, ExtractedMetric[]>();
  for (const metric of metrics) {
    const key = seriesKey(metric);
    const points = byKey.get(key);
    if (points) points.push(metric);
    else byKey.set(key, [metric]);
  }
  return [...byKey].map(([key, points]) => ({
    kind: 'pointsAppended',
    runId,
    key,
    steps: Float64Array.from(points, (point) => point.step ?? point.epoch ?? Number.NaN),
    values: Float64Array.from(points, (point) => point.value),
    timesMs: Float64Array.from(points, (point) => point.atMs ?? atMs),
  }));
}

/**
 * The name of the series that a value belongs to: training and validation never share one. A key that
 * says itself which it is, such as `val_loss`, stays as it is printed.
 */
export function seriesKey({ key, context }: Pick<ExtractedMetric, 'key' | 'context'>): string {
  if (context === undefined) return key;
  const words = key.toLowerCase().split(/[^a-z]+/);
  const isSaid = (word: string) =>
    word.startsWith(context) || (context === 'val' && /^(?:eval|dev$)/.test(word));
  return words.some(isSaid) ? key : `${context}/${key}`;
}
