import type { BlobHash, Run } from '../../../src/core/run/run';
import type { SearchPorts } from '../../../src/core/search/fieldValues';
import { valueAtStep } from '../../../src/core/search/valueAtStep';
import { meanOfLast } from '../../../src/core/series/meanOfLast';
import type { Store } from '../../../src/store/store';

/** What searches ask beyond the runs, read from a store for a naive search. */
export async function readSearchPorts(
  store: Store,
  runs: readonly Run[],
  nowMs: number,
): Promise<SearchPorts> {
  const series = new Map<string, Awaited<ReturnType<Store['readSeries']>>>();
  const files = new Map<string, Awaited<ReturnType<Store['listFiles']>>>();
  const scripts = new Map<BlobHash, string>();
  for (const run of runs) {
    files.set(run.id, await store.listFiles(run.id));
    for (const { key } of run.metrics) {
      series.set(`${run.id} ${key}`, await store.readSeries(run.id, key));
    }
    const hash = run.codeState?.script;
    if (hash !== undefined) scripts.set(hash, new TextDecoder().decode(await store.readBlob(hash)));
  }
  return {
    nowMs,
    valueAt(run, key, step) {
      const points = series.get(`${run.id} ${key}`);
      return points && valueAtStep(points, step);
    },
    meanOf(run, key, count) {
      const points = series.get(`${run.id} ${key}`);
      return points && meanOfLast(points.values, count);
    },
    scriptText: ({ codeState }) => codeState?.script && scripts.get(codeState.script),
    files: ({ id }) => files.get(id) ?? [],
  };
}
