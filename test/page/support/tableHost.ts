import type { RecordCache, RecordChange } from '../../../src/app/recordCache';
import { TableSource } from '../../../src/app/table/tableSource';
import { createListeners } from '../../../src/core/listeners';
import { isArchived } from '../../../src/core/run/archived';
import { groupParts } from '../../../src/core/run/parts';
import type { Run, RunId } from '../../../src/core/run/run';
import type { SearchPorts } from '../../../src/core/search/fieldValues';
import { matchesSearch } from '../../../src/core/search/matchesSearch';
import { parseSearch } from '../../../src/core/search/parseSearch';
import { sortRuns } from '../../../src/core/search/runOrder';
import { describeCell } from '../../../src/core/table/describeCell';
import type { RunTableHost } from '../../../src/protocol/runTablePage';
import { createFakeHost } from './pageTest';
import { newestAtMs } from './sampleRuns';
import { sampleVocabulary } from './sampleVocabulary';

/** The runs of a test, which it can change. */
export interface TableRuns {
  runs: readonly Run[];
  baseline?: RunId;
}

const ports: SearchPorts = {
  nowMs: newestAtMs,
  valueAt: () => undefined,
  meanOf: () => undefined,
  scriptText: () => undefined,
  files: () => [],
};

/**
 * A host that answers by the code of the extension, but for the store, in whose place the search is tried
 * run by run.
 */
export function tableHost(table: TableRuns, answers: Partial<RunTableHost> = {}) {
  const changed = createListeners<RecordChange>();
  let known: { readonly of: readonly Run[]; readonly byId: ReadonlyMap<RunId, Run> } | undefined;
  const byId = () => {
    if (known?.of !== table.runs) {
      known = { of: table.runs, byId: new Map(table.runs.map((run) => [run.id, run])) };
    }
    return known.byId;
  };
  let shown: { readonly of: readonly Run[]; readonly runs: readonly Run[] } | undefined;
  const cache: Pick<RecordCache, 'ready' | 'runs' | 'run' | 'partsOf'> = {
    ready: Promise.resolve(),
    runs() {
      if (shown?.of !== table.runs) {
        const runs = table.runs.filter(({ deletedAtMs }) => deletedAtMs === undefined);
        shown = { of: table.runs, runs };
      }
      return shown.runs;
    },
    run(runId) {
      const run = byId().get(runId);
      return run?.deletedAtMs === undefined ? run : undefined;
    },
    partsOf: (runId) => groupParts(table.runs).get(runId) ?? [],
  };
  // SAFETY: the table asks for nothing else of them.
  const source = new TableSource(
    { ...cache, onDidChange: changed.add } as RecordCache,
    {
      async listRunIds({ search, orderBy = [] } = {}) {
        const found = table.runs.filter((run) =>
          search
            ? matchesSearch(search, run, ports)
            : run.deletedAtMs === undefined && !isArchived(run),
        );
        return sortRuns(found, orderBy, ports).map(({ id }) => id);
      },
      readFigures: async (runIds, fields) =>
        fields.map((field) =>
          Float64Array.from(runIds, (id) => {
            const metric = cache
              .run(id)
              ?.metrics.find((each) => 'key' in field && each.key === field.key);
            return metric?.last ?? Number.NaN;
          }),
        ),
      listInputs: async () => new Map(),
      readSeriesBatch: async (wanted) => ({
        starts: Uint32Array.from({ length: wanted.length + 1 }, (_, index) => index * 5),
        steps: Float64Array.from({ length: wanted.length * 5 }, (_, index) => index % 5),
        values: Float64Array.from(
          wanted.flatMap((_, index) => [2, 1, Number.NaN, 0.5, 0.2 + index]),
        ),
        timesMs: new Float64Array(wanted.length * 5),
        indices: new Uint32Array(wanted.length * 5),
        pointCounts: new Uint32Array(wanted.length).fill(30),
      }),
      readDeleted: async (ids) => ({
        runs: table.runs.filter(
          ({ id, deletedAtMs }) => deletedAtMs !== undefined && ids.includes(id),
        ),
        checkpoints: [],
      }),
    },
    () => newestAtMs,
  );
  const fake = createFakeHost<RunTableHost>({
    async queryRuns({ search, ...query }) {
      const { node } = parseSearch(search);
      const found = await source.find({
        ...query,
        search: search.trim() === '' ? undefined : node,
      });
      return table.baseline === undefined ? found : { ...found, baseline: table.baseline };
    },
    readCells: (slots, columns) => source.readCells(slots, columns),
    readCurves: (slots, key, buckets) => source.readCurves(slots, key, buckets),
    readDetail: async (runId, column) => {
      const run = cache.run(runId);
      return run === undefined ? '' : describeCell(run, column);
    },
    readVocabulary: async () => sampleVocabulary,
    readRecentSearches: async () => [],
    readViews: async () => [],
    ...answers,
  });
  return {
    ...fake,
    /** What the host tells the page when runs have changed. */
    changedSlots: () => source.changedSlots(),
  };
}
