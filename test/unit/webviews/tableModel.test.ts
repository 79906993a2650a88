import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Remote } from '../../../src/core/rpc';
import type { RunId } from '../../../src/core/run/run';
import type { RunTableHost, TableAnswer, TableQuery } from '../../../src/protocol/runTablePage';
import { TableModel, type TableWish } from '../../../webviews/runTable/tableModel';

// Longer than a live table waits before it asks again.
const liveMs = 1000;

const everything: TableWish = { search: '', sort: [], columns: ['name'] };
const sorted: TableWish = { ...everything, sort: [{ column: 'name', direction: 'asc' }] };
const searched: TableWish = { ...everything, search: 'status:failed' };

interface Asked {
  readonly query: TableQuery;
  answer(order: readonly number[]): Promise<void>;
  fail(): Promise<void>;
}

/** A host that answers when the test says so. */
class Host {
  readonly open: Asked[] = [];

  queryRuns(query: TableQuery): Promise<TableAnswer> {
    return new Promise((resolve, reject) => {
      this.open.push({
        query,
        answer: (order) => {
          resolve(found(order, query.knownSlots));
          return settle();
        },
        fail: () => {
          reject(new Error('The store is busy.'));
          return settle();
        },
      });
    });
  }

  readCells() {
    return Promise.resolve({ slots: new Uint32Array(), columns: [], cells: [] });
  }

  /** The oldest query that is open; it must ask for this. */
  next({ search, sort }: TableWish): Asked {
    const asked = this.open.shift();
    if (asked === undefined) throw new Error('nothing was asked');
    expect(asked.query).toMatchObject({ search, sort });
    return asked;
  }
}

function found(order: readonly number[], knownSlots: number): TableAnswer {
  // SAFETY: any text is as good an id as another.
  const ids = ['r0', 'r1', 'r2'] as RunId[];
  return {
    ...{ order: Uint32Array.from(order), runCount: ids.length },
    ...{ newIds: ids.slice(knownSlots), firstNewSlot: knownSlots },
    ...{ goneSlots: new Uint32Array(), staleSlots: new Uint32Array() },
    catalogue: { metrics: [], params: [], tags: [] },
    cells: { slots: new Uint32Array(), columns: [], cells: [] },
  };
}

/** What waits for an answer goes on. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

async function changeRun(model: TableModel): Promise<void> {
  model.runsChanged(Uint32Array.of(0));
  await vi.advanceTimersByTimeAsync(liveMs);
}

/** Shows three runs, and the user has a hand on them. */
async function heldTable() {
  const host = new Host();
  const failed = vi.fn();
  const model = new TableModel();
  // SAFETY: it is asked for nothing else.
  model.connect(host as unknown as Remote<RunTableHost>);
  model.listen({ factsChanged: () => undefined, cellsChanged: () => undefined, failed });
  model.isHeld = () => true;
  model.setWish(everything);
  await host.next(everything).answer([0, 1, 2]);
  const shown = () => ({
    order: [...(model.facts?.order ?? [])],
    isOutdated: model.facts?.isOutdated,
  });
  return { host, failed, model, shown };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('while a run is live', () => {
  test('a new sort is followed even where a live query overtakes it', async () => {
    const { host, model, shown } = await heldTable();
    model.setWish(sorted);
    await changeRun(model);
    const own = host.next(sorted);
    const live = host.next(sorted);
    await own.answer([2, 1, 0]);
    await live.answer([2, 0, 1]);
    expect(shown()).toEqual({ order: [2, 0, 1], isOutdated: false });
  });

  test('a new search is followed even where a live query overtakes it', async () => {
    const { host, model, shown } = await heldTable();
    model.setWish(searched);
    await changeRun(model);
    const own = host.next(searched);
    const live = host.next(searched);
    // Answers may come in any order.
    await live.answer([1]);
    await own.answer([1, 2]);
    expect(shown()).toEqual({ order: [1], isOutdated: false });
  });

  test('a new sort that failed is followed by the next answer', async () => {
    const { host, failed, model, shown } = await heldTable();
    model.setWish(sorted);
    await host.next(sorted).fail();
    expect(failed).toHaveBeenCalledOnce();
    expect(shown().order).toEqual([0, 1, 2]);
    await changeRun(model);
    await host.next(sorted).answer([2, 1, 0]);
    expect(shown()).toEqual({ order: [2, 1, 0], isOutdated: false });
  });

  test('rows stay where they are once the sort has been followed', async () => {
    const { host, model, shown } = await heldTable();
    model.setWish(sorted);
    await changeRun(model);
    await host.next(sorted).answer([2, 1, 0]);
    await host.next(sorted).answer([2, 1, 0]);
    await changeRun(model);
    await host.next(sorted).answer([0, 1, 2]);
    expect(shown()).toEqual({ order: [2, 1, 0], isOutdated: true });
  });
});
