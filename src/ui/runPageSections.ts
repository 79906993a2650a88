import type { RecordReader } from '../app/recordReader';
import type { Run, RunId } from '../core/run/run';
import type { RunCode, RunSeries, ShownText } from '../protocol/runPage';

/** Of a longer text an editor shows the whole. */
const maxShownChars = 200_000;

export async function readSeries(
  runId: RunId,
  keys: readonly string[],
  buckets: number,
  reader: RecordReader,
): Promise<readonly RunSeries[]> {
  const wanted = keys.map((key) => ({ runId, key }));
  const batch = await reader.readSeriesBatch(wanted, { buckets });
  const { starts, steps, values, timesMs, indices, pointCounts } = batch;
  return keys.map((key, at) => {
    // Copies: a part of a column would cross with all of it.
    const [start, end] = [starts[at], starts[at + 1]];
    return {
      key,
      steps: steps.slice(start, end),
      values: values.slice(start, end),
      timesMs: timesMs.slice(start, end),
      indices: indices.slice(start, end),
      pointCount: pointCounts[at] ?? 0,
    };
  });
}

export async function readCode(run: Run, reader: RecordReader): Promise<RunCode> {
  const [source, diff, files] = await Promise.all([
    run.source.kind === 'notebook' ? run.source.cellSource : reader.readScript(run),
    reader.readUncommittedDiff(run),
    reader.listFiles(run.id),
  ]);
  return {
    ...(source === undefined ? {} : { source: toShown(source) }),
    ...(diff === undefined ? {} : { diff: toShown(diff) }),
    modules: files.filter(({ role }) => role === 'code'),
  };
}

function toShown(text: string): ShownText {
  return {
    text: text.slice(0, maxShownChars),
    leftOutChars: Math.max(0, text.length - maxShownChars),
  };
}
