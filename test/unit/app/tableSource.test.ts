import { expect, test } from 'vitest';
import type { RecordCache } from '../../../src/app/recordCache';
import { TableSource } from '../../../src/app/table/tableSource';
import type { Run, RunId } from '../../../src/core/run/run';
import { makeMetric, makeRun } from '../run/runs';

const [one, two] = ['r1', 'r2'] as [RunId, RunId];

function createSource(first: readonly Run[]) {
  const shown = { runs: first, deleted: [] as readonly Run[] };
  const asked = { figures: async () => [new Float64Array(2)] };
  const cache: Pick<RecordCache, 'ready' | 'runs' | 'run'> = {
    ready: Promise.resolve(),
    runs: () => shown.runs,
    run: (id) => shown.runs.find((run) => run.id === id),
  };
  const source = new TableSource(
    // SAFETY: the table asks it for nothing else.
    cache as RecordCache,
    {
      listRunIds: async () => [...shown.runs, ...shown.deleted].map(({ id }) => id),
      readFigures: () => asked.figures(),
      listInputs: async () => new Map(),
      readSeriesBatch: () => Promise.reject(new Error('asked for no curve')),
      readDeleted: async () => ({ runs: shown.deleted, checkpoints: [] }),
    },
    () => 0,
  );
  const find = () =>
    source.find({ search: undefined, sort: [], columns: ['status'], knownSlots: 0, firstRows: 10 });
  return { source, shown, asked, find };
}

test('tells of a run that a search was the first to see changed', async () => {
  const running = makeRun({ id: one, status: 'running' });
  const { source, shown, find } = createSource([running, makeRun({ id: two })]);
  await find();
  expect(source.changedSlots()).toHaveLength(2);
  shown.runs = [{ ...running, status: 'finished' }, ...shown.runs.slice(1)];
  await find();
  expect([...source.changedSlots()]).toEqual([0]);
  expect(source.changedSlots()).toHaveLength(0);
});

test('offers the column of a new metric though the page was told of its run before', async () => {
  const run = makeRun({ id: one, status: 'running' });
  const { source, shown, find } = createSource([run]);
  await find();
  shown.runs = [{ ...run, metrics: [makeMetric('loss', 1)] }];
  source.changedSlots();
  const { catalogue } = await find();
  expect(catalogue.metrics.map(({ key }) => key)).toEqual(['loss']);
});

test('cells are of the runs as they are when the store has answered', async () => {
  const run = makeRun({ id: one, status: 'running' });
  const { source, shown, asked, find } = createSource([run]);
  await find();
  asked.figures = async () => {
    shown.runs = [{ ...run, status: 'finished' }];
    source.changedSlots();
    return [Float64Array.of(1)];
  };
  const { cells } = await source.readCells(Uint32Array.of(0), ['status', 'at(metrics.loss, 5)']);
  expect(cells[0]).toMatchObject({ texts: ['finished'] });
});

test('a search that finds a run deleted says that its cells are those of before', async () => {
  const run = makeRun({ id: one });
  const { source, shown, find } = createSource([run, makeRun({ id: two })]);
  await find();
  source.changedSlots();
  const gone = { ...run, deletedAtMs: 5 };
  shown.runs = shown.runs.slice(1);
  // As the cache tells of a delete before anybody searches anew.
  expect(source.changedSlots()).toHaveLength(0);
  shown.deleted = [gone];
  const search = { search: undefined, sort: [], columns: ['status'], firstRows: 0 };
  expect([...(await source.find({ ...search, knownSlots: 2 })).staleSlots]).toEqual([0]);
  expect([...(await source.find({ ...search, knownSlots: 2 })).staleSlots]).toEqual([]);
});
