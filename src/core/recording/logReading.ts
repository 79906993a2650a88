import type { PointsAppended } from '../change/change';
import type { Extraction } from '../extract/extraction';
import { createExtractor } from '../extract/extractor';
import type { PatternSet } from '../extract/patterns/patternSet';
import type { Param, Run } from '../run/run';
import { leftOutMark } from './leftOutMark';
import { placeOf, type Recording, reduceRecording, startRecording } from './recordingReducer';
import { isPrintedSeries } from './seriesEdition';
import { seriesKey } from './seriesKey';

/** What is known of the run whose log is read again. */
export interface ReadRun extends Pick<Run, 'id' | 'source' | 'startedAtMs'> {
  readonly endedAtMs: number;
  readonly logBytes: number;
  /** Series that others than the output told of; what is printed of them does not count. */
  readonly reported: readonly string[];
}

/** One series as the log gives it. */
export interface FoundSeries {
  readonly steps: number[];
  readonly values: number[];
  /** Where in the log, in bytes: a log has no times. */
  readonly places: number[];
  /** Whether each is a value that a bar showed in passing. */
  readonly sampled: boolean[];
  /** Whether a bar showed any of it in passing. */
  isDrawn: boolean;
}

export interface LogFindings {
  readonly series: ReadonlyMap<string, FoundSeries>;
  readonly params: readonly Param[];
  readonly logBytes: number;
  /** Whether several trainings are told apart in it, whose points belong to runs of their own. */
  readonly hasParts: boolean;
  /** Whether it says that output is missing in it. */
  readonly hasHole: boolean;
}

/** Reads the log of a run as it was read while it ran, with today's extractor and patterns. */
export interface LogReading {
  /** @param endByte of the log, where the text ends. */
  read(text: string, endByte: number): void;
  end(): LogFindings;
}

/** So much text is one chunk at most, and at least, whatever the time that it stands for. */
const largestChunk = 64 * 1024;
const smallestChunk = 64;
/** Bars that were drawn while a run printed were looked at about so often. */
const chunkMs = 500;

export function createLogReading(run: ReadRun, patterns: PatternSet | undefined): LogReading {
  const { id, source, startedAtMs, endedAtMs, logBytes } = run;
  const command = source.kind === 'notebook' ? undefined : source.commandLine;
  const extractor = createExtractor({ ...(command === undefined ? {} : { command }), patterns });
  const series = new Map<string, FoundSeries>();
  const params: Param[] = [];
  const durationMs = Math.max(0, endedAtMs - startedAtMs);
  const chunkChars = Math.min(
    largestChunk,
    Math.max(smallestChunk, Math.ceil((logBytes * chunkMs) / Math.max(1, durationMs))),
  );
  let recording: Recording = {
    ...startRecording(id, source, startedAtMs, []),
    phase: 'recording',
    reported: new Set(run.reported.map((key) => placeOf(id, key))),
  };
  let unread = '';
  let doneBytes = 0;
  let readBytes = 0;
  const drawn = new Set<string>();
  let hasParts = false;
  let hasHole = false;

  function take(extraction: Extraction): void {
    const share = logBytes === 0 ? 1 : Math.min(1, doneBytes / logBytes);
    const atMs = startedAtMs + share * durationMs;
    for (const metric of extraction.live) drawn.add(seriesKey(metric));
    const step = reduceRecording(recording, { kind: 'extracted', atMs, extraction });
    recording = step.recording;
    // Of a series the final points come first, then those that a bar shows in passing.
    const final = new Set(extraction.metrics.map(seriesKey));
    for (const change of step.changes) {
      hasParts ||= change.kind === 'pointsMoved' || change.kind === 'runStarted';
      if (!('runId' in change) || change.runId !== id) continue;
      if (change.kind === 'pointsAppended' && isPrintedSeries(change.key, change.edition)) {
        addPoints(seriesOf(change.key), change, doneBytes, !final.delete(change.key));
      } else if (change.kind === 'paramsAdded') {
        params.push(...change.params.filter(({ origin }) => origin === 'printed'));
      }
    }
  }

  function seriesOf(key: string): FoundSeries {
    const known = series.get(key);
    if (known !== undefined) return known;
    const found = { steps: [], values: [], places: [], sampled: [], isDrawn: false };
    series.set(key, found);
    return found;
  }

  return {
    read(text, endByte) {
      hasHole ||= (unread.slice(-leftOutMark.length) + text).includes(leftOutMark);
      unread += text;
      readBytes = endByte;
      for (;;) {
        const cut = frameEnd(unread, chunkChars);
        if (cut === undefined) return;
        // Near enough: most of a log is ASCII.
        doneBytes = Math.max(doneBytes, endByte - (unread.length - cut));
        take(extractor.push(unread.slice(0, cut)));
        unread = unread.slice(cut);
      }
    },
    end() {
      doneBytes = readBytes;
      take(extractor.push(unread));
      take(extractor.end());
      for (const [key, found] of series) found.isDrawn = drawn.has(key);
      return { series, params, logBytes: readBytes, hasParts, hasHole };
    },
  };
}

/**
 * Where to cut so that no half of a line or of a frame is taken for a value; undefined if there is no
 * such place yet.
 */
function frameEnd(text: string, chunkChars: number): number | undefined {
  if (text.length <= chunkChars) return undefined;
  const line = text.indexOf('\n', chunkChars);
  const frame = text.indexOf('\r', chunkChars);
  const cuts = [line < 0 ? [] : line + 1, frame < 0 ? [] : frame].flat();
  if (cuts.length > 0) return Math.min(...cuts);
  // A line of this length is no frame of a bar.
  return text.length > largestChunk * 16 ? text.length : undefined;
}

function addPoints(
  found: FoundSeries,
  { steps, values }: PointsAppended,
  place: number,
  sampled: boolean,
): void {
  for (let index = 0; index < values.length; index++) {
    found.steps.push(steps[index] ?? Number.NaN);
    found.values.push(values[index] ?? Number.NaN);
    found.places.push(place);
    found.sampled.push(sampled);
  }
}
