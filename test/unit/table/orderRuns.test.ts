import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Run, RunId } from '../../../src/core/run/run';
import type { SearchPorts } from '../../../src/core/search/fieldValues';
import { orderRuns, stepRuns, type TableOrder } from '../../../src/core/table/orderRuns';
import { parseColumn } from '../../../src/core/table/tableColumn';
import { runSteps } from '../core/runSteps';
import { makeRun } from '../run/runs';

const ports: SearchPorts = {
  nowMs: 0,
  valueAt: () => undefined,
  meanOf: () => undefined,
  scriptText: () => undefined,
  files: () => [],
};

function orderBy(id: string, direction: TableOrder['direction'] = 'asc'): TableOrder {
  const column = parseColumn(id);
  if (column === undefined) throw new Error(`no column ${id}`);
  return { column, direction };
}

function runOf(index: number, fields: Partial<Run>): Run {
  // SAFETY: any text is as good an id as another.
  return makeRun({ id: `r${index}` as RunId, startedAtMs: -index, ...fields });
}

test('orders by the name as it is read, numbers within it by their value', async () => {
  const runs = ['run 10', 'Run 9', 'other', 'run 9'].map((name, index) => runOf(index, { name }));
  const ordered = runSteps(orderRuns(runs, [orderBy('name')], ports));
  expect(ordered.map(({ name }) => name)).toEqual(['other', 'Run 9', 'run 9', 'run 10']);
});

test('orders as a sort of all at once would, whatever the number of runs', () => {
  fc.assert(
    fc.property(
      fc.nat(5 * stepRuns),
      fc.constantFrom('asc', 'desc'),
      fc.infiniteStream(fc.tuple(fc.nat(20), fc.boolean())),
      (count, direction, values) => {
        const given = Array.from({ length: count }, () => values.next().value);
        const runs = given.map(([number, starred], index) =>
          runOf(index, { name: `run ${number}`, starred }),
        );
        const orders = [orderBy('starred', 'desc'), orderBy('name', direction)];
        const ordered = runSteps(orderRuns(runs, orders, ports));
        const sign = direction === 'asc' ? 1 : -1;
        const expected = runs.toSorted(
          (a, b) =>
            Number(b.starred) - Number(a.starred) ||
            sign * (Number(a.name?.slice(4)) - Number(b.name?.slice(4))) ||
            b.startedAtMs - a.startedAtMs,
        );
        expect(ordered).toEqual(expected);
      },
    ),
    { numRuns: 40 },
  );
});

test('looks at few of ten thousand runs between two steps', () => {
  let looks = 0;
  const counted = <T>(value: T): T => {
    looks += 1;
    return value;
  };
  const runs = Array.from({ length: 10_000 }, (_, index) => {
    const run = runOf(index, { name: 'the same' });
    // What all have in common is told apart by when they began.
    const startedAtMs = (index * 7919) % 10_007;
    Object.defineProperty(run, 'startedAtMs', { get: () => counted(startedAtMs) });
    Object.defineProperty(run, 'name', { get: () => counted('the same') });
    return run;
  });
  const steps = orderRuns(runs, [orderBy('name')], ports);
  const perStep: number[] = [];
  for (let isDone: boolean | undefined = false; isDone !== true; ) {
    looks = 0;
    isDone = steps.next().done;
    perStep.push(looks);
  }
  // A comparison looks at each of two runs up to twice.
  expect(Math.max(...perStep)).toBeLessThan(4 * stepRuns * Math.ceil(Math.log2(stepRuns)));
  expect(perStep.length).toBeGreaterThan(10_000 / stepRuns);
});
