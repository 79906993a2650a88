import { expect, test } from 'vitest';
import type { Change } from '../../../src/core/change/change';
import type { RunQuery } from '../../../src/store/store';
import { makeFolder, openTestStore } from './openTestStore';
import { edited, points, runId, started } from './sampleChanges';

function run(id: string, lr: string, losses: readonly number[]): Change[] {
  return [
    started(id),
    { kind: 'paramsAdded', runId: runId(id), params: [{ key: 'lr', value: lr, origin: 'argv' }] },
    ...(losses.length > 0 ? [points(id, 'loss', losses)] : []),
  ];
}

test('runs are filtered by params and ordered by a metric', async () => {
  const store = await openTestStore(makeFolder());
  await store.commit([
    ...run('a', '0.01', [3, 1, 2]),
    ...run('b', '1e-2', [0.5, 4]),
    ...run('c', '.5', [Number.NaN]),
    ...run('d', 'auto', [7]),
    ...run('e', '10', []),
    started('f'),
    ...run('gone', '0.01', [0]),
    edited('gone', { field: 'deletedAtMs', value: 1 }),
  ]);
  const ids = async (query: RunQuery) => (await store.listRuns(query)).map(({ id }) => id).join('');
  const where = (op: '=' | '!=' | '<' | '<=' | '>' | '>=', value: string | number) =>
    ids({ where: [{ param: 'lr', op, value }] });

  // Text as it was written, numbers as what they are.
  expect(await where('=', '0.01')).toBe('a');
  expect(await where('=', 0.01)).toBe('ab');
  expect(await where('!=', 'auto')).toBe('abce');
  expect(await where('<', 0.5)).toBe('ab');
  expect(await where('<=', 0.5)).toBe('abc');
  expect(await where('>', 0.1)).toBe('ce');
  expect(await where('>=', 10)).toBe('e');
  expect(
    await ids({
      where: [
        { param: 'lr', op: '>', value: 0 },
        { param: 'lr', op: '<', value: 1 },
      ],
    }),
  ).toBe('abc');
  expect(await ids({ where: [{ param: "lr' OR 1=1 --", op: '=', value: 0.01 }] })).toBe('');

  const by = (figure: 'first' | 'last' | 'min' | 'max' | 'best', direction: 'asc' | 'desc') =>
    ids({ orderBy: { metric: 'loss', figure, direction }, limit: 3 });
  expect(await by('last', 'asc')).toBe('abd');
  expect(await by('last', 'desc')).toBe('dba');
  expect(await by('min', 'asc')).toBe('bad');
  expect(await by('max', 'desc')).toBe('dba');
  expect(await by('first', 'asc')).toBe('bad');
  expect(await by('best', 'asc')).toBe('bad');
  // Those without a figure come last either way.
  expect(await ids({ orderBy: { metric: 'loss', figure: 'last', direction: 'desc' } })).toBe(
    'dbacef',
  );
  expect(
    await ids({
      orderBy: { metric: 'loss', figure: 'last', direction: 'asc' },
      offset: 2,
      limit: 2,
    }),
  ).toBe('dc');
  expect(
    await ids({
      where: [{ param: 'lr', op: '=', value: 0.01 }],
      orderBy: { metric: 'loss', figure: 'last', direction: 'desc' },
    }),
  ).toBe('ba');
});

test('a page of an ordered list goes on where the one before it ended', async () => {
  const store = await openTestStore(makeFolder());
  for (let index = 0; index < 12; index++) {
    await store.commit(run(`r${index}`, '1', index % 3 === 0 ? [] : [index % 4]));
  }
  const orderBy = { metric: 'loss', figure: 'last', direction: 'desc' } as const;
  const all = (await store.listRuns({ orderBy })).map(({ id }) => id);
  expect(new Set(all).size).toBe(12);
  for (let limit = 1; limit <= 13; limit++) {
    const paged = [];
    for (let offset = 0; offset < 14; offset += limit) {
      paged.push(...(await store.listRuns({ orderBy, limit, offset })).map(({ id }) => id));
    }
    expect(paged).toEqual(all);
  }
});

test('a list is right while some of its runs are kept and others are not', async () => {
  const store = await openTestStore(makeFolder());
  await store.commit(Array.from({ length: 50 }, (_, index) => started(`r${index}`, index)));
  await store.listRuns({ limit: 20, offset: 10 });
  await store.commit([edited('r25', { field: 'name', value: 'new' })]);
  const runs = await store.listRuns();
  expect(runs.map(({ id }) => id)).toEqual(runs.map((_, index) => `r${49 - index}`));
  expect(runs.find(({ id }) => id === 'r25')?.name).toBe('new');
});

test('what is few and what is many is found alike', async () => {
  const store = await openTestStore(makeFolder());
  const rates = ['0.1', '0.01', '0.001'];
  const all = Array.from({ length: 1000 }, (_, index) => ({
    id: `r${String(index).padStart(4, '0')}`,
    // One value that a third has, and one that few have.
    lr: index % 50 === 7 ? '0.5' : (rates[index % 3] ?? ''),
    loss: index % 10 === 0 ? undefined : (index * 7919) % 997,
    startedAtMs: (index * 31) % 1000,
  }));
  await store.commit(
    all.flatMap(({ id, lr, loss, startedAtMs }) => [
      started(id, startedAtMs),
      ...run(id, lr, loss === undefined ? [] : [loss]).slice(1),
    ]),
  );
  for (const lr of ['0.1', '0.5', 0.01, 0.5]) {
    const wanted = all.filter((each) => each.lr === String(lr));
    const withLoss = wanted.filter(({ loss }) => loss !== undefined);
    const rest = wanted
      .filter(({ loss }) => loss === undefined)
      .sort((a, b) => b.startedAtMs - a.startedAtMs);
    const where = [{ param: 'lr', op: '=', value: lr } as const];
    for (const direction of ['asc', 'desc'] as const) {
      const sorted = withLoss.sort((a, b) =>
        direction === 'asc' ? (a.loss ?? 0) - (b.loss ?? 0) : (b.loss ?? 0) - (a.loss ?? 0),
      );
      for (const figure of ['last', 'best', 'min'] as const) {
        const found = await store.listRuns({
          where,
          orderBy: { metric: 'loss', figure, direction },
        });
        expect(found.map(({ metrics }) => metrics[0]?.last)).toEqual(
          [...sorted, ...rest].map(({ loss }) => loss),
        );
        expect(found.slice(sorted.length).map(({ id }) => id)).toEqual(rest.map(({ id }) => id));
      }
    }
    const newest = await store.listRuns({ where, limit: 20, offset: 3 });
    const byStart = wanted.toSorted((a, b) => b.startedAtMs - a.startedAtMs);
    expect(newest.map(({ id }) => id)).toEqual(byStart.slice(3, 23).map(({ id }) => id));
  }
});
