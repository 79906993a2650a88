import { joinLines, type LineColumns, type LinesRequest } from '../core/chart/lineColumns';
import { mainMetric } from '../core/run/mainMetric';
import { hasOwnMetrics, topRuns } from '../core/run/parts';
import type { Run, RunId } from '../core/run/run';
import { isSystemMetric } from '../core/run/systemMetric';
import type { RecordCache } from './recordCache';
import type { RecordReader } from './recordReader';

/** All lines that were asked for, thinned in the store's thread. */
export async function readLines(
  reader: RecordReader,
  { wanted, buckets }: LinesRequest,
): Promise<LineColumns> {
  const pairs = wanted.flatMap(({ key, runIds }) => runIds.map((runId) => ({ key, runId })));
  const lines = await Promise.all(
    pairs.map(({ key, runId }) =>
      reader.readThinnedSeries(runId, key, buckets === 0 ? 2 ** 28 : buckets),
    ),
  );
  return joinLines(lines);
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
