import { expect, test } from 'vitest';
import { createRunFilter } from '../../../src/app/runFilter';
import { groupParts } from '../../../src/core/run/parts';
import type { Run } from '../../../src/core/run/run';
import { asksForMore } from '../../../src/core/search/asksForMore';
import { matchesSearch } from '../../../src/core/search/matchesSearch';
import { newestAtMs, sampleRun, sampleRuns, toRunId } from '../../page/support/sampleRuns';

const ports = {
  nowMs: newestAtMs,
  valueAt: () => undefined,
  meanOf: () => undefined,
  scriptText: () => undefined,
  files: () => [],
};

function cacheOf(runs: readonly Run[], deleted: readonly Run[] = []) {
  return {
    ready: Promise.resolve(),
    runs: () => runs,
    run: (id: string) => runs.find((run) => run.id === id),
    partsOf: (id: Run['id']) => groupParts(runs).get(id) ?? [],
    find: async (node: Parameters<typeof matchesSearch>[0]) =>
      [...runs, ...deleted].filter((run) => matchesSearch(node, run, ports)).map(({ id }) => id),
  };
}

function readerOf(runs: readonly Run[] = []) {
  const asked: (readonly string[])[] = [];
  return {
    asked,
    readDeleted: async (ids: readonly string[]) => {
      asked.push(ids);
      return { runs: runs.filter(({ id }) => ids.includes(id)), checkpoints: [] };
    },
  };
}

function memory(kept: Record<string, unknown> = {}) {
  return {
    kept,
    // SAFETY: as VS Code's: what was kept is given back unchecked.
    get: <T>(key: string) => kept[key] as T | undefined,
    update: async (key: string, value: unknown) => {
      kept[key] = value;
    },
  };
}

test('shows what a search finds, with the wholes of found parts', async () => {
  const [whole, ...others] = sampleRuns(8);
  if (whole === undefined) throw new Error('no runs');
  const part = { ...sampleRun(3), id: toRunId(50), parentId: whole.id, note: 'only this' };
  const filter = createRunFilter(memory(), cacheOf([whole, ...others, part]), readerOf());
  let changes = 0;
  filter.onDidChange(() => changes++);
  expect((await filter.read()).shown).toHaveLength(9);
  await filter.set("note = 'only this'");
  expect(changes).toBe(1);
  const { shown, found, runCount } = await filter.read();
  expect(shown.map(({ id }) => id)).toEqual([whole.id, part.id]);
  expect([...(found ?? [])]).toEqual([part.id]);
  expect(runCount).toBe(9);
});

test('shows deleted runs with their parts where a search asks for them', async () => {
  const [first, second] = sampleRuns(2);
  if (first === undefined || second === undefined) throw new Error('no runs');
  const gone = (id: number, parentId?: Run['id']): Run => ({
    ...sampleRun(id),
    ...{ id: toRunId(id), deletedAtMs: 1 },
    ...(parentId === undefined ? {} : { parentId }),
  });
  const [whole, part, other] = [gone(50), gone(51, toRunId(50)), gone(52, first.id)];
  const deleted = [whole, part, other];
  const reader = readerOf([...deleted, gone(53)]);
  const filter = createRunFilter(memory(), cacheOf([first, second], deleted), reader);
  expect((await filter.read()).shown).toEqual([first, second]);
  await filter.set('deleted');
  const { shown, found, partsOf } = await filter.read();
  expect(new Set(shown)).toEqual(new Set([first, ...deleted]));
  expect([...(found ?? [])]).toEqual(deleted.map(({ id }) => id));
  expect(partsOf(whole.id)).toEqual([part]);
  expect(partsOf(first.id)).toEqual([other]);
  // No more than what the cache does not hold.
  expect(reader.asked).toEqual([deleted.map(({ id }) => id)]);
});

test('is kept, refuses what cannot be read, and is cleared', async () => {
  const kept = memory();
  const cache = cacheOf(sampleRuns(3));
  const filter = createRunFilter(kept, cache, readerOf());
  await filter.set('params.lr < 0.05');
  await expect(filter.set('params.lr <')).rejects.toThrow('Write a value');
  expect(createRunFilter(kept, cache, readerOf()).text()).toBe('params.lr < 0.05');
  await filter.set(' ');
  expect(createRunFilter(kept, cache, readerOf()).text()).toBe('');
  expect(createRunFilter(memory({ runFilter: 'params.lr <' }), cache, readerOf()).text()).toBe('');
  expect(createRunFilter(memory({ runFilter: 7 }), cache, readerOf()).text()).toBe('');
});

test('leaves archived runs out until they are asked for', async () => {
  const [first, ...others] = sampleRuns(4);
  if (first === undefined) throw new Error('no runs');
  const filter = createRunFilter(
    memory(),
    cacheOf([{ ...first, archivedAtMs: 1 }, ...others]),
    readerOf(),
  );
  expect((await filter.read()).shown).toHaveLength(3);
  await filter.set('archived');
  expect((await filter.read()).shown.map(({ id }) => id)).toEqual([first.id]);
});

test.each([
  ['resnet lr', undefined],
  ["it's slow", undefined],
  ['train.py (old', undefined],
  ['metrics.loss < 0.5', 'search'],
  ['starred', 'search'],
  ['NOT resnet', 'search'],
  ['a OR b', 'search'],
  ['metrics.loss <', 'error'],
  ['best(loss', 'error'],
])('of words and searches in a quick pick: %s', (text, expected) => {
  const parsed = asksForMore(text);
  const kind = parsed === undefined ? undefined : parsed.error ? 'error' : 'search';
  expect(kind).toBe(expected);
});
