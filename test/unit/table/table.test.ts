import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { RunId } from '../../../src/core/run/run';
import { summarizeFigures } from '../../../src/core/statistics/summarizeFigures';
import { collectCatalogue } from '../../../src/core/table/catalogue';
import { chosenColumns, usualColumns } from '../../../src/core/table/chooseColumns';
import { columnWindow, layoutColumns, moveColumn } from '../../../src/core/table/columnLayout';
import { curvePath } from '../../../src/core/table/curvePath';
import { deltaOf } from '../../../src/core/table/delta';
import { commonCode, differs } from '../../../src/core/table/differences';
import { groupRows, sortGroups } from '../../../src/core/table/groupRows';
import { keepOrder } from '../../../src/core/table/liveOrder';
import { readCells } from '../../../src/core/table/readCells';
import { sortBy } from '../../../src/core/table/sortColumns';
import { parseColumn, rankedMetricOf, type TableColumn } from '../../../src/core/table/tableColumn';
import {
  initialTableState,
  maxPointColumns,
  parseTableState,
  parseTableView,
  type TableView,
} from '../../../src/core/table/tableState';
import { makeMetric, makeRun } from '../run/runs';

function column(id: string): TableColumn {
  const parsed = parseColumn(id);
  if (parsed === undefined) throw new Error(`no column ${id}`);
  return parsed;
}

describe('parseColumn', () => {
  it.each([
    'name',
    'status',
    'metrics.loss',
    'best(metrics.val_acc)',
    'at(metrics.loss, 100)',
    'mean(metrics.loss, 5)',
    'params.`a b`',
    'tags.data',
    'dataset.name',
    'curve(metrics.`val/loss`)',
  ])('reads %s, and its id is the same', (id) => {
    expect(parseColumn(id)?.id).toBe(id);
  });

  it.each(['', 'loss', 'metrics.', 'best(', 'curve(params.lr)', 'a = 1', 'a and b', '🙂)'])(
    'reads nothing in %j',
    (id) => {
      expect(parseColumn(id)).toBeUndefined();
    },
  );
});

describe('summarizeFigures', () => {
  it('is what a naive count of the finite values gives', () => {
    const value = fc.oneof(fc.double({ min: -1e6, max: 1e6 }), fc.constant(undefined), fc.double());
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), (values) => {
        const finite = values.filter((each): each is number => Number.isFinite(each));
        fc.pre(finite.every((each) => Math.abs(each) < 1e100));
        const summary = summarizeFigures(values);
        expect(summary.count).toBe(finite.length);
        if (finite.length === 0) return;
        const scale = Math.max(1, ...finite.map(Math.abs));
        const mean = finite.reduce((sum, each) => sum + each / finite.length, 0);
        expect(Math.abs((summary.mean ?? Number.NaN) - mean) / scale).toBeLessThan(1e-9);
        expect(summary.min).toBe(Math.min(...finite));
        expect(summary.max).toBe(Math.max(...finite));
        if (finite.length === 1) {
          expect(summary.deviation).toBeUndefined();
          return;
        }
        const squares = finite.reduce((sum, each) => sum + ((each - mean) / scale) ** 2, 0);
        const deviation = Math.sqrt(squares / (finite.length - 1));
        expect(Math.abs((summary.deviation ?? Number.NaN) / scale - deviation)).toBeLessThan(1e-6);
      }),
    );
  });
});

describe('groupRows', () => {
  it('has every run once at each level, in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(2)), { maxLength: 60 }), (pairs) => {
        const slots = pairs.map((_, slot) => slot);
        const groups = groupRows(slots, [
          (slot) => String(pairs[slot]?.[0]),
          (slot) => (pairs[slot]?.[1] === 0 ? undefined : String(pairs[slot]?.[1])),
        ]);
        const outer = groups.flatMap((group) => group.slots);
        expect(outer.toSorted((a, b) => a - b)).toEqual(slots);
        for (const group of groups) {
          expect(group.slots).toEqual([...group.slots].sort((a, b) => a - b));
          const inner = group.children.flatMap((child) => child.slots);
          expect(inner.toSorted((a, b) => a - b)).toEqual(group.slots);
          for (const child of group.children) {
            expect(new Set(child.slots.map((slot) => pairs[slot]?.join())).size).toBe(1);
          }
        }
        const keys = groups.flatMap((group) => [
          group.key,
          ...group.children.map(({ key }) => key),
        ]);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('puts the best mean first, and groups without a figure last', () => {
    const figures = [3, 5, 1, undefined, 2];
    const groups = groupRows([0, 1, 2, 3, 4], [(slot) => ['a', 'a', 'b', 'c', 'b'][slot]]);
    const order = (direction: 'asc' | 'desc') =>
      sortGroups(groups, (slot) => figures[slot], direction).map(({ value }) => value);
    expect(order('desc')).toEqual(['a', 'b', 'c']);
    expect(order('asc')).toEqual(['b', 'a', 'c']);
  });
});

describe('keepOrder', () => {
  it('moves nothing that is on show, takes away what is gone alone, and counts what is new', () => {
    const slots = fc.uniqueArray(fc.nat(30), { maxLength: 20 });
    fc.assert(
      fc.property(slots, slots, slots, (shown, fresh, gone) => {
        const kept = keepOrder(Uint32Array.from(shown), Uint32Array.from(fresh), new Set(gone));
        const expected = shown.filter((slot) => fresh.includes(slot) || !gone.includes(slot));
        expect([...kept.order]).toEqual(expected);
        expect(kept.newCount).toBe(fresh.filter((slot) => !shown.includes(slot)).length);
        const known = fresh.filter((slot) => shown.includes(slot));
        expect(kept.isOutdated).toBe(known.join() !== expected.join());
      }),
    );
  });
});

describe('columns', () => {
  const catalogue = collectCatalogue([
    makeRun({
      params: [
        { key: 'same', value: '1', origin: 'argv' },
        { key: 'lr', value: '0.1', origin: 'argv' },
      ],
      metrics: [
        makeMetric('loss', 1),
        makeMetric('val_acc', 0.5),
        makeMetric('system/cpu_percent', 9),
      ],
    }),
    makeRun({
      params: [
        { key: 'same', value: '1', origin: 'argv' },
        { key: 'lr', value: '0.2', origin: 'argv' },
      ],
      metrics: [makeMetric('loss', 2), makeMetric('val_acc', 0.6)],
    }),
  ]);

  it('begin with what tells runs apart, without what the machine did', () => {
    const ids = usualColumns(catalogue);
    const shown = ids.filter((id) => /^(metrics|params)/.test(id));
    expect(shown).toEqual(['metrics.val_acc', 'metrics.loss', 'params.lr', 'params.same']);
  });

  it('stand pinned ones first, each once, without what cannot be read', () => {
    const columns = ['metrics.loss', 'name', 'no column', 'metrics.loss', 'params.lr'];
    const chosen = chosenColumns({ columns, pinned: ['params.lr', 'name', 'status'] }, catalogue);
    expect(chosen.map(({ id }) => id)).toEqual(['params.lr', 'name', 'metrics.loss']);
  });

  it('in sight are those that a place touches', () => {
    const ids = Array.from({ length: 100 }, (_, index) => column(`params.p${index}`));
    const { scrolled } = layoutColumns(ids, { pinned: [], widthsPx: {} });
    fc.assert(
      fc.property(fc.nat(12_000), fc.nat(3000), (fromPx, lengthPx) => {
        const { start, end } = columnWindow(scrolled, fromPx, fromPx + lengthPx);
        const touched = scrolled.filter(
          ({ leftPx, widthPx }) => leftPx + widthPx > fromPx && leftPx < fromPx + lengthPx,
        );
        expect(scrolled.slice(start, end)).toEqual(touched);
      }),
    );
  });

  it('move before another, or to the end', () => {
    expect(moveColumn(['a', 'b', 'c'], 'c', 'a')).toEqual(['c', 'a', 'b']);
    expect(moveColumn(['a', 'b', 'c'], 'a', undefined)).toEqual(['b', 'c', 'a']);
    expect(moveColumn(['a', 'b'], 'x', 'a')).toEqual(['a', 'b']);
  });
});

describe('sortBy', () => {
  const loss = column('metrics.loss');
  const name = column('name');
  it('shows the best first, turns round, lets go, and adds with Shift', () => {
    const first = sortBy([], loss, false, 'lower');
    expect(first).toEqual([{ column: 'metrics.loss', direction: 'asc' }]);
    const turned = sortBy(first, loss, false, 'lower');
    expect(turned).toEqual([{ column: 'metrics.loss', direction: 'desc' }]);
    expect(sortBy(turned, loss, false, 'lower')).toEqual([]);
    const two = sortBy(first, name, true, undefined);
    expect(two).toEqual([...first, { column: 'name', direction: 'asc' }]);
    expect(sortBy(two, loss, true, 'lower')).toEqual([...turned, two[1]]);
  });
});

describe('readCells', () => {
  const run = makeRun({
    params: [{ key: 'lr', value: '0.1', origin: 'argv' }],
    metrics: [makeMetric('loss', Number.NaN, { best: 0.25 })],
    tags: { data: 'v2' },
  });
  const cells = readCells(
    [run, makeRun()],
    ['metrics.loss', 'best(metrics.loss)', 'params.lr', 'tags.data', 'duration'].map(column),
    { nowMs: 0, run: () => undefined, inputs: () => [], figures: () => undefined },
  );
  it('tells NaN from no value', () => {
    const [loss, best, lr, data, duration] = cells;
    expect(loss).toMatchObject({
      values: Float64Array.of(Number.NaN, 0),
      present: Uint8Array.of(1, 0),
    });
    expect(best).toMatchObject({ values: Float64Array.of(0.25, 0), present: Uint8Array.of(1, 0) });
    expect(lr).toMatchObject({ texts: ['0.1'], codes: Uint32Array.of(1, 0) });
    expect(data).toMatchObject({ texts: ['v2'], codes: Uint32Array.of(1, 0) });
    expect(duration).toMatchObject({ values: Float64Array.of(5000, 5000) });
  });
});

describe('differences', () => {
  it('count having nothing, and NaN as equal to itself', () => {
    const codeOf = (slot: number) => [Number.NaN, Number.NaN, 3, 3, 3][slot] ?? 0;
    expect(differs([0, 1], codeOf)).toBe(false);
    expect(differs([0, 2], codeOf)).toBe(true);
    expect(differs([], codeOf)).toBe(false);
    expect(commonCode([0, 1, 2, 3, 4], codeOf)).toBe(3);
  });
  it('say what is better', () => {
    expect(deltaOf(0.3, 0.1, 'lower')).toEqual({ text: '+0.2', verdict: 'worse' });
    expect(deltaOf(0.1, 0.3, 'lower')).toEqual({ text: '−0.2', verdict: 'better' });
    expect(deltaOf(1, 1, 'higher')).toEqual({ text: '±0' });
    expect(deltaOf(Number.NaN, 1, 'higher')).toBeUndefined();
    // The same but for the order in which it was added up.
    expect(deltaOf(0.1 + 0.2, 0.3, 'lower')).toEqual({ text: '±0' });
    expect(deltaOf(0.3 + 1e-9, 0.3, 'lower')).toMatchObject({ verdict: 'worse' });
    expect(deltaOf(1e-20, 0, 'lower')).toMatchObject({ verdict: 'worse' });
  });
});

test('a count of points is neither better nor worse, as its metric is', () => {
  const ranked = ['metrics.loss', 'best(metrics.loss)', 'mean(metrics.loss, 5)', 'params.lr'];
  expect(ranked.map((id) => rankedMetricOf(column(id)))).toEqual([
    'loss',
    'loss',
    'loss',
    undefined,
  ]);
  expect(rankedMetricOf(column('count(metrics.loss)'))).toBeUndefined();
});

describe('curvePath', () => {
  const path = (values: readonly number[]) =>
    curvePath(
      {
        steps: Float64Array.from(values, (_, index) => index),
        values: Float64Array.from(values),
        timesMs: new Float64Array(values.length),
      },
      0,
      values.length,
    );
  it('leaves a gap where a value is not finite, and dots what stands alone', () => {
    expect(path([1, Number.NaN, 0])).toBe('M0 1.5h0M100 18.5h0');
    expect(path([0, 1])).toBe('M0 18.5L100 1.5');
    expect(path([Number.NaN])).toBe('');
    expect(path([])).toBe('');
  });
});

describe('parseTableView', () => {
  it('has the run that others were held against, if it says one', () => {
    // SAFETY: any text is as good an id as another.
    const view: TableView = { ...initialTableState, search: 'lr', baseline: 'r1' as RunId };
    expect(parseTableView(JSON.parse(JSON.stringify(view)))).toEqual(view);
    expect(parseTableView({ baseline: 7 })).toEqual(initialTableState);
    expect(parseTableView(undefined)).toEqual(initialTableState);
    // What a page keeps of itself says nothing of it.
    expect(parseTableState(view)).not.toHaveProperty('baseline');
  });
});

describe('parseTableState', () => {
  it('reads what it was, and makes sense of anything', () => {
    const state = { ...initialTableState, search: 'a', columns: ['name'], widthsPx: { name: 90 } };
    expect(parseTableState(JSON.parse(JSON.stringify(state)))).toEqual(state);
    fc.assert(
      fc.property(fc.anything(), (kept) => {
        const read = parseTableState(kept);
        expect(parseTableState(read)).toEqual(read);
      }),
    );
  });

  it('leaves out what would take a store long, but not other columns', () => {
    const figures = Array.from({ length: 300 }, (_, step) => `at(metrics.loss, ${step})`);
    const { columns } = parseTableState({
      columns: [...figures, 'params.lr', 'mean(metrics.a, 2)'],
    });
    expect(columns).toEqual([...figures.slice(0, maxPointColumns), 'params.lr']);
  });
});
