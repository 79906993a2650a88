import type { LineRanges, LinesRequest } from '../core/chart/linesRequest';
import { mainMetric } from '../core/run/mainMetric';
import { hasOwnMetrics, topRuns } from '../core/run/parts';
import type { Run, RunId } from '../core/run/run';
import { isSystemMetric } from '../core/run/systemMetric';
import { type PackedLines, packLines } from '../core/series/packedLines';
import { type SeriesPart, type SeriesRange, splitSeriesBatch } from '../core/series/seriesBatch';
import type { RecordCache } from './recordCache';
import type { RecordReader } from './recordReader';

/** All lines that were asked for, thinned in the store's thread. */
export async function readLines(
  { readSeriesBatch }: Pick<RecordReader, 'readSeriesBatch'>,
  { wanted, buckets, within }: LinesRequest,
): Promise<PackedLines> {
  const series = wanted.flatMap(({ key, runIds }) => runIds.map((runId) => ({ runId, key })));
  const all = { buckets: buckets === 0 ? allPoints : buckets };
  if (within === undefined) return packLines(splitSeriesBatch(await readSeriesBatch(series, all)));
  const ranges = groupRanges(within);
  const batches = await Promise.all(
    ranges.map(({ options, places }) =>
      readSeriesBatch(
        places.flatMap((place) => series[place] ?? []),
        { ...all, ...options },
      ),
    ),
  );
  const lines: SeriesPart[] = [];
  for (const [at, batch] of batches.entries()) {
    for (const [index, line] of splitSeriesBatch(batch).entries()) {
      const place = ranges[at]?.places[index];
      if (place !== undefined) lines[place] = line;
    }
  }
  return packLines(lines);
}

/** More buckets than any series has points. */
const allPoints = 2 ** 28;

interface GroupedRange {
  readonly options: SeriesRange;
  /** Of the lines that have this range. */
  readonly places: number[];
}

/** Lines with one range are read together. */
function groupRanges({ by, from, to }: LineRanges): readonly GroupedRange[] {
  const groups = new Map<string, GroupedRange>();
  for (const [place, start] of from.entries()) {
    const end = to[place] ?? Number.POSITIVE_INFINITY;
    const key = `${start} ${end}`;
    const options = by === 'step' ? { fromStep: start, toStep: end } : { fromMs: start, toMs: end };
    const group = groups.get(key) ?? { options, places: [] };
    group.places.push(place);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The runs of a panel: those that were chosen, or the newest; each with its parts. */
export function chartedRuns(runIds: readonly RunId[], cache: RecordCache): readonly Run[] {
  const chosen =
    runIds.length === 0
      ? topRuns(cache.runs()).slice(0, 1)
      : runIds.flatMap((runId) => cache.run(runId) ?? []);
  return [...new Set(chosen.flatMap((run) => withParts(run, cache)))];
}

/** The parts of a run, and itself if it has points of a training too. */
function withParts(run: Run, cache: RecordCache): readonly Run[] {
  const parts = cache.partsOf(run.id);
  return parts.length > 0 && !hasOwnMetrics(run) ? parts : [run, ...parts];
}

/** The metrics of all runs with how many have them: the main one first, the machine's last. */
export function chartedMetrics(
  runs: readonly Run[],
): readonly { readonly key: string; readonly runCount: number }[] {
  const counts = new Map<string, number>();
  for (const run of runs) {
    for (const key of orderedKeys(run)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Array.from(counts, ([key, runCount]) => ({ key, runCount })).sort(
    (a, b) => Number(isSystemMetric(a.key)) - Number(isSystemMetric(b.key)),
  );
}

/** The main metric first, the others as the run printed them. */
function orderedKeys({ metrics }: Run): ReadonlySet<string> {
  const main = mainMetric(metrics);
  return new Set([...(main ? [main] : []), ...metrics].map(({ key }) => key));
}
