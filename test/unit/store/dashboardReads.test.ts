import { expect, test } from 'vitest';
import { pointsField } from '../../../src/core/search/pointsField';
import { thinToPart } from '../../../src/core/series/seriesBatch';
import type { SavedView, ViewId } from '../../../src/core/view/savedView';
import { searchOf } from '../search/searchOf';
import { eventually, makeFolder, openTestStore } from './openTestStore';
import { edited, ended, points, runId, started, startedInNotebook } from './sampleChanges';

const view = (id: string, name: string): SavedView => ({
  id: id as ViewId,
  name,
  page: 'charts',
  state: '{"a":1}',
  savedAtMs: 5,
});

test('an archived run is out of the way of searches that do not ask for it, and not deleted', async () => {
  const store = await openTestStore(makeFolder());
  await store.commit([started('a', 1), started('b', 2), started('c', 3)]);
  await store.commit([
    edited('a', { field: 'archivedAtMs', value: 7 }),
    edited('b', { field: 'deletedAtMs', value: 8 }),
  ]);
  const ids = async (text: string) => [...(await store.listRunIds({ search: searchOf(text) }))];
  expect(await store.listRunIds()).toEqual(['c']);
  expect(await ids('')).toEqual(['c']);
  expect(await ids('archived')).toEqual(['a']);
  expect(await ids('deleted')).toEqual(['b']);
  expect(await ids('archived OR deleted OR train.py')).toEqual(['c', 'b', 'a']);
  expect((await store.listRuns()).map(({ id, archivedAtMs }) => [id, archivedAtMs])).toEqual([
    ['c', undefined],
    ['a', 7],
  ]);
  await store.commit([edited('a', { field: 'archivedAtMs', value: undefined })]);
  expect(await ids('')).toEqual(['c', 'a']);
});

test('views and moves of two windows come to the same in both, and are there again', async () => {
  const folder = makeFolder();
  const one = await openTestStore(folder);
  const two = await openTestStore(folder);
  await one.commit([started('a'), { kind: 'viewSaved', view: view('v1', 'good ones') }]);
  await eventually(async () => expect(await two.listViews()).toEqual([view('v1', 'good ones')]));
  expect(two.changes.at(-1)).toEqual({ runIds: ['a'], checkpointIds: [], viewIds: ['v1'] });
  await two.commit([
    { kind: 'viewSaved', view: view('v1', 'better ones') },
    { kind: 'viewSaved', view: view('v2', 'all') },
    edited('a', { field: 'experiment', value: 'digits' }),
  ]);
  await eventually(async () => {
    expect((await one.listViews()).map(({ name }) => name)).toEqual(['all', 'better ones']);
    expect((await one.getRun(runId('a')))?.experiment).toBe('digits');
  });
  await one.commit([{ kind: 'viewDeleted', viewId: view('v2', '').id, atMs: 9 }]);
  await eventually(async () => expect(await two.listViews()).toHaveLength(1));
  await one.close();
  await two.close();
  const again = await openTestStore(folder);
  expect(await again.listViews()).toEqual([view('v1', 'better ones')]);
  expect((await again.getRun(runId('a')))?.experiment).toBe('digits');
});

test('a batch of series is what each of them is, in the order asked for', async () => {
  const store = await openTestStore(makeFolder());
  const values = Array.from({ length: 500 }, (_, index) =>
    index === 77 ? Number.NaN : index % 37,
  );
  await store.commit([
    started('a'),
    points('a', 'loss', values),
    started('b'),
    points('b', 'loss', [3]),
  ]);
  // A chunk more, whose times do not go on as before.
  await store.commit([points('a', 'loss', [9, 8, 7], 1000)]);
  const wanted = [
    { runId: runId('b'), key: 'loss' },
    { runId: runId('none'), key: 'loss' },
    { runId: runId('a'), key: 'none' },
    { runId: runId('a'), key: 'loss' },
  ];
  for (const range of [{}, { fromStep: 100, toStep: 300 }, { fromMs: 2000, toMs: 9000 }]) {
    const options = { buckets: 10, ...range };
    const batch = await store.readSeriesBatch(wanted, options);
    for (const [index, each] of wanted.entries()) {
      const part = thinToPart(await store.readSeries(each.runId, each.key), options);
      const slice = <T extends Float64Array | Uint32Array>(column: T) =>
        [...column].slice(batch.starts[index], batch.starts[index + 1]);
      expect(slice(batch.steps)).toEqual([...part.steps]);
      expect(slice(batch.values)).toEqual([...part.values]);
      expect(slice(batch.timesMs)).toEqual([...part.timesMs]);
      expect(slice(batch.indices)).toEqual([...part.indices]);
      expect(batch.pointCounts[index]).toBe(part.pointCount);
    }
  }
});

test('as many figures of points as anyone asks for are read, by several at once too', async () => {
  const store = await openTestStore(makeFolder());
  const values = Array.from({ length: 300 }, (_, step) => step * 2);
  await store.commit([started('a'), points('a', 'loss', values)]);
  const figures = async (key: string) =>
    (
      await store.readFigures(
        [runId('a')],
        values.map((_, step) => pointsField(key, 'at', step)),
      )
    ).map((column) => column[0]);
  const [some, others] = await Promise.all([figures('loss'), figures('none')]);
  expect(some).toEqual(values);
  expect(others).toEqual(values.map(() => Number.NaN));
  expect(await figures('loss')).toEqual(values);
});

test('the vocabulary has what there is, and follows what comes', async () => {
  const store = await openTestStore(makeFolder());
  const param = (key: string, value: string) => ({ key, value, origin: 'argv' as const });
  await store.commit([
    started('a'),
    { kind: 'paramsAdded', runId: runId('a'), params: [param('lr', '0.1'), param('m', 'x')] },
    points('a', 'val_loss', [1]),
    edited('a', { field: 'tag', key: 'data', value: 'v1' }),
    startedInNotebook('b', 'nb.ipynb'),
    { kind: 'paramsAdded', runId: runId('b'), params: [param('lr', '0.1'), param('m', '3')] },
    started('gone'),
    points('gone', 'secret', [1]),
    edited('gone', { field: 'deletedAtMs', value: 1 }),
  ]);
  const words = await store.readVocabulary();
  expect(words).toMatchObject({
    metrics: [{ key: 'val_loss', runCount: 1, direction: 'lower' }],
    params: [
      { key: 'lr', runCount: 2, valueCount: 1, isNumber: true, values: ['0.1'] },
      { key: 'm', runCount: 2, valueCount: 2, isNumber: false },
    ],
    tags: [{ key: 'data', runCount: 1, values: ['v1'] }],
    attributes: { script: ['train.py'], notebook: ['nb.ipynb'] },
  });
  expect(words.metrics).toHaveLength(1);
  // Points of a known series change nothing.
  await store.commit([points('a', 'val_loss', [0.5], 1)]);
  expect(await store.readVocabulary()).toBe(words);
  await store.commit([points('b', 'acc', [1])]);
  expect((await store.readVocabulary()).metrics.map(({ key }) => key)).toEqual(['acc', 'val_loss']);
  const keys = ['acc'];
  await store.commit([{ kind: 'seriesReplaced', runId: runId('b'), keys, edition: 'e' }]);
  expect((await store.readVocabulary()).metrics.map(({ key }) => key)).toEqual(['val_loss']);
  await store.commit([{ ...points('b', 'acc', [2]), edition: 'e' }]);
  expect((await store.readVocabulary()).metrics.map(({ key }) => key)).toEqual(['acc', 'val_loss']);
});

test('what runs read is listed for many at once', async () => {
  const store = await openTestStore(makeFolder());
  const file = (role: 'input' | 'output', path: string) =>
    ({ role, path, type: 'data', sizeBytes: 1, modifiedAtMs: 2, isKept: false }) as const;
  await store.commit([
    started('a'),
    started('b'),
    {
      kind: 'filesRecorded',
      runId: runId('a'),
      files: [file('input', 'b.csv'), file('input', 'a.csv'), file('output', 'm.pt')],
    },
    ended('a'),
  ]);
  const ids = ['a', 'b', 'none'].map(runId);
  expect([...(await store.listInputs(ids))]).toEqual([
    ['a', [file('input', 'a.csv'), file('input', 'b.csv')]],
    ['b', []],
    ['none', []],
  ]);
});

test('words are looked for in the values of params', async () => {
  const store = await openTestStore(makeFolder());
  const params = [{ key: 'model', value: 'ResNet50', origin: 'argv' as const }];
  await store.commit([started('a', 1), started('b', 2)]);
  expect(await store.listRunIds({ search: searchOf('resnet50') })).toEqual([]);
  await store.commit([{ kind: 'paramsAdded', runId: runId('a'), params }]);
  expect(await store.listRunIds({ search: searchOf('resnet50') })).toEqual(['a']);
});

test('commits are not kept waiting by a long read', async () => {
  const store = await openTestStore(makeFolder());
  const values = Array.from({ length: 20_000 }, (_, index) => Math.sin(index));
  for (let index = 0; index < 40; index++) {
    await store.commit([started(`r${index}`), points(`r${index}`, 'loss', values)]);
  }
  const wanted = Array.from({ length: 400 }, (_, index) => ({
    runId: runId(`r${index % 40}`),
    key: 'loss',
  }));
  let isRead = false;
  const reading = store.readSeriesBatch(wanted, { buckets: 100 }).then(() => {
    isRead = true;
  });
  await store.commit([started('meanwhile')]);
  expect(isRead).toBe(false);
  await reading;
});
