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
  return Promise.all(
    keys.map(async (key) => ({ key, ...(await reader.readThinnedSeries(runId, key, buckets)) })),
  );
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
