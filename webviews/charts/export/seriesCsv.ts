import { csvText } from '../../../src/core/format/csvText';
import { formatIsoTime } from '../../../src/core/format/formatTime';
import type { SeriesPart } from '../../../src/core/series/seriesBatch';
import type { ChartedRun } from '../../../src/protocol/chartsPage';
import type { LineReader } from '../lineReader';
import { createPause } from './pause';

/** So many runs are asked for at once: a message that is neither tiny nor huge. */
const runsAtOnce = 20;
/** A frame is 16 ms, of which the browser wants some itself. */
const sliceMs = 8;

/** All points of some metrics, unthinned, in pieces; the page goes on meanwhile. */
export async function seriesCsv(
  keys: readonly string[],
  runs: readonly ChartedRun[],
  readLines: LineReader,
): Promise<string[]> {
  const pause = createPause(sliceMs);
  const parts = ['run_id,run,metric,step,time,value\n'];
  for (const key of keys) {
    for (let start = 0; start < runs.length; start += runsAtOnce) {
      const some = runs.slice(start, start + runsAtOnce);
      const wanted = [{ key, runIds: some.map(({ runId }) => runId) }];
      const series = await readLines({ wanted, buckets: 0 });
      for (const [at, run] of some.entries()) {
        const one = series[at];
        if (one === undefined) continue;
        for (const rows of seriesRows(run, key, one)) {
          parts.push(rows);
          await pause();
        }
      }
    }
  }
  return parts;
}

/** So many take two or three milliseconds. */
export const rowsAtOnce = 2_000;

/** A row for each point: run, name, metric, step, time (ISO 8601), value, as exact as JavaScript writes them. */
export function* seriesRows(
  run: Pick<ChartedRun, 'runId' | 'name'>,
  key: string,
  { steps, timesMs, values }: Pick<SeriesPart, 'steps' | 'timesMs' | 'values'>,
): Generator<string, void, void> {
  const start = `${csvText(run.runId)},${csvText(run.name)},${csvText(key)},`;
  for (let from = 0; from < values.length; from += rowsAtOnce) {
    let text = '';
    for (let at = from; at < Math.min(values.length, from + rowsAtOnce); at++) {
      const step = steps[at] ?? Number.NaN;
      const time = formatIsoTime(timesMs[at] ?? Number.NaN);
      text += `${start}${Number.isNaN(step) ? '' : step},${time},${values[at]}\n`;
    }
    yield text;
  }
}
