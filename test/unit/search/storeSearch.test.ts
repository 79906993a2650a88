import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BlobHash, Run } from '../../../src/core/run/run';
import type { SearchPorts } from '../../../src/core/search/fieldValues';
import { matchesSearch } from '../../../src/core/search/matchesSearch';
import { printField, printSearch } from '../../../src/core/search/printSearch';
import { sortRuns } from '../../../src/core/search/runOrder';
import {
  asksForArchived,
  asksForDeleted,
  type SearchNode,
} from '../../../src/core/search/searchNode';
import { makeFolder, openTestStore } from '../store/openTestStore';
import { searchField, searchNode } from './searchArbitrary';
import { searchNowMs } from './searchNow';
import { searchOf } from './searchOf';
import { readSearchPorts } from './searchPorts';
import { searchableRun } from './searchRuns';

const scriptSources = ['import torch\nlr = 0.01\n', '# Ä résumé\nmodel.fit(x)\n', ''];

/** Sixty runs, other ones for another seed. */
async function storeOfRuns(seed: number) {
  const store = await openTestStore(makeFolder(), { now: () => searchNowMs });
  const scripts: BlobHash[] = [];
  for (const source of scriptSources)
    scripts.push(await store.putBlob(new TextEncoder().encode(source)));
  for (let index = 0; index < 60; index++) {
    const [changes = []] = fc.sample(searchableRun(index, scripts), {
      seed: seed + index,
      numRuns: 1,
    });
    await store.commit(changes);
  }
  const runs = await store.listRuns({ includeDeleted: true });
  return { store, runs, ports: await readSearchPorts(store, runs, searchNowMs) };
}

function naively(node: SearchNode, runs: readonly Run[], ports: SearchPorts): readonly string[] {
  const withDeleted = asksForDeleted(node);
  return runs
    .filter((run) => withDeleted || run.deletedAtMs === undefined)
    .filter((run) => asksForArchived(node) || run.archivedAtMs === undefined)
    .filter((run) => matchesSearch(node, run, ports))
    .map(({ id }) => id);
}

describe('a search in the store', () => {
  test('finds what a naive search in memory finds', async () => {
    const { store, runs, ports } = await storeOfRuns(1);
    let found = 0;
    await fc.assert(
      fc.asyncProperty(searchNode, async (node) => {
        const expected = naively(node, runs, ports);
        found += expected.length;
        const ids = (await store.listRuns({ search: node })).map(({ id }) => id);
        expect(ids, printSearch(node)).toEqual(expected);
      }),
      { numRuns: 1500 },
    );
    // Searches that find nothing would agree about anything.
    expect(found).toBeGreaterThan(5_000);
  }, 60_000);

  test('is one part of a question of several', async () => {
    const { store, runs, ports } = await storeOfRuns(2);
    await fc.assert(
      fc.asyncProperty(searchNode, fc.nat(20), fc.nat(20), async (node, offset, limit) => {
        const orderBy = { metric: 'loss', figure: 'last', direction: 'asc' } as const;
        const all = (await store.listRuns({ orderBy, includeDeleted: true })).map(({ id }) => id);
        const wanted = new Set(naively(node, runs, ports));
        const expected = all.filter((id) => wanted.has(id)).slice(offset, offset + limit);
        const page = await store.listRuns({ search: node, orderBy, offset, limit });
        expect(
          page.map(({ id }) => id),
          printSearch(node),
        ).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  test('is ordered by several keys as a naive sort in memory orders it', async () => {
    const { store, runs, ports } = await storeOfRuns(5);
    const order = fc.record({
      field: searchField,
      direction: fc.constantFrom('asc' as const, 'desc' as const),
    });
    let told = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.option(searchNode, { nil: undefined }),
        fc.array(order, { minLength: 1, maxLength: 3 }),
        async (search, orderBy) => {
          const everything = searchOf('');
          const found = new Set(naively(search ?? everything, runs, ports));
          const expected = sortRuns(
            runs.filter(({ id }) => found.has(id)),
            orderBy,
            ports,
          ).map(({ id }) => id);
          const newestFirst = runs.filter(({ id }) => found.has(id)).map(({ id }) => id);
          told += Number(expected.join() !== newestFirst.join());
          const ids = await store.listRunIds({ ...(search && { search }), orderBy });
          expect(ids, orderBy.map(({ field }) => printField(field)).join()).toEqual(expected);
        },
      ),
      { numRuns: 700 },
    );
    // Orders that change nothing would agree about anything.
    expect(told).toBeGreaterThan(100);
  }, 60_000);

  test('is ordered by what has changed since', async () => {
    const { store } = await storeOfRuns(6);
    const field = {
      kind: 'metricMean',
      key: 'fresh',
      count: 2,
      at: { offset: 0, length: 0 },
    } as const;
    const orderBy = [{ field, direction: 'desc' }] as const;
    const ids = await store.listRunIds({ orderBy });
    for (const [index, runId] of ids.entries()) {
      await store.commit([
        {
          kind: 'pointsAppended',
          runId,
          key: 'fresh',
          steps: Float64Array.of(0, 1, 2),
          values: Float64Array.of(1000, index, index + 1),
          timesMs: Float64Array.of(0, 1, 2),
        },
      ]);
    }
    expect(await store.listRunIds({ orderBy })).toEqual(ids.toReversed());
    const [figures] = await store.readFigures(ids, [field]);
    expect([...(figures ?? [])]).toEqual(ids.map((_, index) => index + 0.5));
  });

  test('sees what has just changed, and after a snapshot', async () => {
    const { store } = await storeOfRuns(3);
    const count = async (text: string) => (await store.listRuns({ search: searchOf(text) })).length;
    expect(await count('zebra')).toBe(0);
    const [run] = await store.listRuns({ search: searchOf('NOT archived'), limit: 1 });
    if (run === undefined) throw new Error('there are no runs');
    await store.commit([
      { kind: 'runEdited', runId: run.id, edit: { field: 'note', value: 'a Zebra' } },
    ]);
    expect(await count('zebra')).toBe(1);
    expect(await count('note =~ /zebra/i')).toBe(1);
    await store.cleanUp('snapshot');
    expect(await count('zebra note =~ /zebra/i')).toBe(1);
    await store.commit([{ kind: 'runPurged', runId: run.id }]);
    expect(await count('zebra')).toBe(0);
  });

  test('takes the largest search there can be', async () => {
    const { store } = await storeOfRuns(4);
    const wide = `${'NOT ('.repeat(20)}${Array(190).fill('lr < 1').join(' OR ')}${')'.repeat(20)}`;
    await expect(store.listRuns({ search: searchOf(wide) })).resolves.toBeDefined();
    let deep = "run_name =~ 'x'";
    for (let depth = 0; depth < 39; depth++) {
      const [outer, inner] = depth % 2 === 0 ? ['OR', 'AND'] : ['AND', 'OR'];
      deep = `a ${outer} (at(b, ${depth}) > 1 ${inner} ${deep})`;
    }
    await expect(store.listRuns({ search: searchOf(deep) })).resolves.toBeDefined();
  });
});
