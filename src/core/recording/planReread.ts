import type { Param, Run } from '../run/run';
import type { Series } from '../series/series';
import { UserError } from '../userError';
import { type Anchor, createLogClock, recordedTimes } from './logClock';
import type { FoundSeries, LogFindings } from './logReading';

/** What reading a log again makes of a run. */
export interface RereadPlan {
  /** Series whose points go: those that take others in their place, and those that are printed no more. */
  readonly replaced: readonly string[];
  readonly series: readonly (Series & { readonly key: string })[];
  readonly params: readonly Param[];
  readonly summary: RereadSummary;
}

export interface RereadSummary {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly paramCount: number;
  readonly pointsBefore: number;
  readonly pointsAfter: number;
  /** The log is not whole, so what is there already stayed. */
  readonly isCut: boolean;
}

/** Its points were divided among runs as they came, which reading it again cannot repeat. */
export const severalTrainings =
  'The log of this run holds several trainings, which have runs of their own. It cannot be read again.';

/**
 * Compares what a log gives with what was recorded of it.
 *
 * @param printed the recorded series that came of what was printed, by their keys.
 */
export function planReread(
  run: Pick<Run, 'startedAtMs' | 'endedAtMs' | 'params' | 'logLeftOut'>,
  printed: ReadonlyMap<string, Series>,
  findings: LogFindings,
): RereadPlan {
  const { series: found, params, hasParts } = findings;
  if (hasParts) throw new UserError(severalTrainings);
  const isCut = run.logLeftOut !== undefined || findings.hasHole;
  const keys = [...found.keys()].filter((key) => !isCut || !printed.has(key));
  const written = keys.filter((key) => !isUnchanged(printed.get(key), found.get(key)));
  const removed = isCut ? [] : [...printed.keys()].filter((key) => !found.has(key));
  const timesOf = timesIn(run, printed, findings);
  const series = written.flatMap((key) => {
    const one = found.get(key);
    return one === undefined ? [] : [{ key, ...toSeries(one, timesOf(key)) }];
  });
  const fresh = freshParams(run.params, params);
  const count = (of: readonly string[], size: (key: string) => number) =>
    of.reduce((sum, key) => sum + size(key), 0);
  return {
    replaced: [...written, ...removed],
    series,
    params: fresh,
    summary: {
      added: written.filter((key) => !printed.has(key)),
      changed: written.filter((key) => printed.has(key)),
      removed,
      paramCount: fresh.length,
      pointsBefore: count([...written, ...removed], (key) => printed.get(key)?.values.length ?? 0),
      pointsAfter: count(written, (key) => found.get(key)?.values.length ?? 0),
      isCut,
    },
  };
}

/**
 * Whether all that the log says for good is there in its order. What a bar showed in passing was looked
 * at as time went by, which cannot be done again, so it stays as it was.
 */
function isUnchanged(old: Series | undefined, found: FoundSeries | undefined): boolean {
  if (old === undefined || found === undefined) return false;
  const { isDrawn } = found;
  if (!isDrawn && old.values.length !== found.values.length) return false;
  let at = 0;
  for (let index = 0; index < found.values.length; index++) {
    if (found.sampled[index] === true) continue;
    while (at < old.values.length && !isSamePoint(old, at, found, index)) {
      if (!isDrawn) return false;
      at++;
    }
    if (at === old.values.length) return false;
    at++;
  }
  return true;
}

function isSamePoint(old: Series, at: number, found: FoundSeries, index: number): boolean {
  return (
    Object.is(old.values[at], found.values[index]) && Object.is(old.steps[at], found.steps[index])
  );
}

/** The times of the points of a series: as they were recorded, else by their place among those. */
function timesIn(
  { startedAtMs, endedAtMs }: Pick<Run, 'startedAtMs' | 'endedAtMs'>,
  printed: ReadonlyMap<string, Series>,
  { series: found, logBytes }: LogFindings,
): (key: string) => Float64Array {
  const recorded = new Map<string, Float64Array>();
  const anchors: Anchor[] = [];
  let lastMs = startedAtMs;
  for (const { timesMs } of printed.values()) {
    for (const timeMs of timesMs) if (timeMs > lastMs) lastMs = timeMs;
  }
  for (const [key, one] of found) {
    const times = recordedTimes(one, printed.get(key));
    recorded.set(key, times);
    for (const [index, timeMs] of times.entries()) {
      if (!Number.isNaN(timeMs)) anchors.push({ place: one.places[index] ?? 0, timeMs });
    }
  }
  const clock = createLogClock(anchors, {
    startedAtMs,
    endedAtMs: Math.max(lastMs, endedAtMs ?? startedAtMs),
    sizeBytes: logBytes,
  });
  return (key) =>
    (recorded.get(key) ?? new Float64Array()).map((timeMs, index) =>
      Number.isNaN(timeMs) ? clock(found.get(key)?.places[index] ?? 0) : timeMs,
    );
}

function toSeries({ steps, values }: FoundSeries, timesMs: Float64Array): Series {
  return { steps: Float64Array.from(steps), values: Float64Array.from(values), timesMs };
}

/** What is printed counts more than a default, and less than what the user typed or configured. */
function freshParams(known: readonly Param[], printed: readonly Param[]): readonly Param[] {
  const last = new Map(printed.map((param) => [param.key, param]));
  return [...last.values()].filter(({ key, value }) => {
    const before = known.find((param) => param.key === key);
    if (before === undefined) return true;
    const yields = before.origin === 'printed' || before.origin === 'default';
    return yields && (before.value !== value || before.origin !== 'printed');
  });
}
