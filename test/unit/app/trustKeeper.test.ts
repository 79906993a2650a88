import { expect, test, vi } from 'vitest';
import { createTrustKeeper } from '../../../src/app/trustKeeper';
import { createTrustService } from '../../../src/app/trustService';
import type { CellExecution } from '../../../src/core/notebook/cellExecution';
import type { JudgedCell } from '../../../src/core/trust/judge';
import { serveInMemory } from './memoryRpc';

const execution = (source: string, order: number, cellId = 'a'): CellExecution => ({
  ...{ cellId, cellIndex: 0, source, order },
  ...{ startedAtMs: order, endedAtMs: order, succeeded: true },
});

function open(before: readonly CellExecution[] = []) {
  const errors: unknown[] = [];
  const keeper = createTrustKeeper(
    serveInMemory(createTrustService()),
    async () => before,
    (_, error) => errors.push(error),
  );
  let cells: readonly JudgedCell[] = [];
  const notebook = { key: 'file:///n.ipynb', path: 'n.ipynb', cells: () => cells };
  const show = (source: string, executionCount: number) => {
    cells = [
      {
        ...{ kind: 'code', id: 'a', source, executionCount },
        outputs: [{ kind: 'stream', data: {} }],
      },
    ];
  };
  return { keeper, notebook, show, errors };
}

test('a notebook is judged when its user pauses, and those who listen are told', async () => {
  const { keeper, notebook, show, errors } = open();
  const told = vi.fn();
  keeper.onDidChange(told);
  show('print(1)', 1);
  keeper.ran(notebook, execution('print(1)', 1), true);
  await vi.waitFor(() => expect(told).toHaveBeenCalledWith(notebook.key), 3000);
  expect(keeper.report(notebook.key)?.cells[0]?.verdict).toBe('fresh');
  show('print(2)', 1);
  keeper.changed(notebook);
  await vi.waitFor(
    () => expect(keeper.report(notebook.key)?.cells[0]?.verdict).toBe('stale'),
    3000,
  );
  expect(await keeper.trustOf(notebook, 0)).toEqual({
    verdict: 'stale',
    faults: ['This cell was edited since it ran.'],
  });
  expect(told).toHaveBeenCalledTimes(3);
  expect(errors).toEqual([]);
});

test('what checkpoints say that ran counts too', async () => {
  const { keeper, notebook, show } = open([execution('print(1)', 1)]);
  show('print(1)', 1);
  expect((await keeper.judge(notebook)).cells[0]?.verdict).toBe('fresh');
});

test('what ran goes into one checkpoint, without ids that do not last', async () => {
  const { keeper, notebook } = open();
  keeper.ran(notebook, execution('1', 1), true);
  keeper.ran(notebook, execution('2', 2, '\u0001W0'), true);
  const kept = keeper.takeUnkept(notebook.key);
  expect(kept.map(({ source, cellId }) => [source, cellId])).toEqual([
    ['1', 'a'],
    ['2', undefined],
  ]);
  expect(keeper.takeUnkept(notebook.key)).toEqual([]);
});

test('what ran while nothing is recorded is judged by, and goes into no checkpoint', async () => {
  const { keeper, notebook, show } = open();
  show('print(1)', 1);
  keeper.ran(notebook, execution('print(1)', 1), false);
  expect((await keeper.judge(notebook)).cells[0]?.verdict).toBe('fresh');
  expect(keeper.takeUnkept(notebook.key)).toEqual([]);
});

test('a notebook that was closed is forgotten', async () => {
  const { keeper, notebook, show } = open();
  show('print(1)', 1);
  keeper.ran(notebook, execution('print(1)', 1), true);
  await keeper.judge(notebook);
  keeper.forget(notebook.key);
  expect(keeper.report(notebook.key)).toBeUndefined();
});

test('a run that ends when its notebook is closed does not have it watched again', async () => {
  let executions = [execution('print(1)', 1)];
  const keeper = createTrustKeeper(
    serveInMemory(createTrustService()),
    async () => executions,
    () => undefined,
  );
  const { notebook, show } = open();
  show('print(2)', 2);
  keeper.changed(notebook);
  keeper.forget(notebook.key);
  expect(await keeper.trustOf(notebook, 0)).toBeUndefined();
  executions = [...executions, execution('print(2)', 2)];
  show('print(2)', 2);
  expect((await keeper.judge(notebook)).cells[0]?.verdict).toBe('fresh');
});
