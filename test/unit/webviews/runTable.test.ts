import { describe, expect, it } from 'vitest';
import type { RunTableState } from '../../../src/protocol/runTablePage';
import { cellText, cellTitle, collectColumns } from '../../../webviews/runTable/columns';
import {
  emptySelection,
  moveFocus,
  selectAll,
  selectedInOrder,
  selectRow,
} from '../../../webviews/runTable/selection';
import { sortBy, visibleRuns } from '../../../webviews/runTable/state';
import { rowWindow, scrollToRow } from '../../../webviews/shared/rowWindow';
import { newestAtMs, sampleRun, sampleRuns, toRunId } from '../../page/support/sampleRuns';
import { makeMetric } from '../run/runs';

const state: RunTableState = { sortKey: 'started', sortDescending: true, filter: '' };
const indexesOf = (runs: readonly { readonly id: string }[]) =>
  runs.map((run) => Number(run.id.slice('run-'.length)));
const plain = { toggle: false, range: false };

describe('visibleRuns', () => {
  const runs = sampleRuns(40);
  const show = (patch: Partial<RunTableState>) =>
    visibleRuns(runs, { ...state, ...patch }, newestAtMs);

  it('shows the newest first', () => {
    expect(indexesOf(show({})).slice(0, 3)).toEqual([0, 1, 2]);
  });

  it('finds runs by every word of the filter, in name, params, tags and experiment', () => {
    expect(indexesOf(show({ filter: 'LR=0.01 baseline' }))).toEqual(
      runs.flatMap((run, index) => (index % 4 === 1 && 'baseline' in run.tags ? [index] : [])),
    );
    expect(show({ filter: 'explore.ipynb' })).toHaveLength(8);
    expect(show({ filter: 'data=v2' })).toHaveLength(7);
    expect(show({ filter: 'no such thing' })).toEqual([]);
  });

  it('sorts params as numbers where they are numbers, with words after them', () => {
    const values = ['0.01', 'auto', '1e-3', '10', '9'];
    const withParam = values.map((value, index) => ({
      ...sampleRun(index),
      params: [{ key: 'lr', value, origin: 'argv' as const }],
    }));
    const sorted = visibleRuns(
      [...withParam, { ...sampleRun(5), params: [] }],
      { ...state, sortKey: 'param:lr', sortDescending: false },
      newestAtMs,
    );
    expect(sorted.map((run) => run.params[0]?.value)).toEqual([
      '1e-3',
      '0.01',
      '9',
      '10',
      'auto',
      undefined,
    ]);
  });

  it('puts runs without the metric, or with NaN, last in both directions', () => {
    const [a, b, c, d] = sampleRuns(4);
    if (!a || !b || !c || !d) throw new Error('four runs');
    const none = { ...a, metrics: [] };
    const nan = { ...b, metrics: b.metrics.map((metric) => ({ ...metric, last: Number.NaN })) };
    for (const sortDescending of [true, false]) {
      const sorted = visibleRuns(
        [none, c, nan, d],
        { ...state, sortKey: 'metric:loss', sortDescending },
        newestAtMs,
      );
      expect(new Set(indexesOf(sorted.slice(2)))).toEqual(new Set([0, 1]));
    }
  });

  it('begins with the best when a metric is clicked, and turns round at the second click', () => {
    const columns = collectColumns(runs).shown;
    const column = (id: string) => {
      const found = columns.find((other) => other.id === id);
      if (found === undefined) throw new Error(id);
      return found;
    };
    expect(sortBy(state, column('metric:loss'))).toEqual({
      sortKey: 'metric:loss',
      sortDescending: false,
    });
    expect(sortBy(state, column('metric:val_acc')).sortDescending).toBe(true);
    expect(sortBy(state, column('started')).sortDescending).toBe(false);
  });
});

describe('collectColumns', () => {
  it('has no column for what tells of the machine', () => {
    const run = sampleRun(1);
    const metrics = [makeMetric('system/cpu_percent', 1), ...run.metrics];
    const { shown, leftOut } = collectColumns([{ ...run, metrics }]);
    expect(shown.filter(({ kind }) => kind === 'metric')).toHaveLength(run.metrics.length);
    expect(leftOut).toBe(0);
  });

  it('puts main metrics first, then params whose values differ', () => {
    const ids = collectColumns(sampleRuns(20)).shown.map((column) => column.id);
    expect(ids.slice(5, -2)).toEqual([
      'metric:val_acc',
      'metric:loss',
      'metric:val_loss',
      'param:lr',
      'param:hidden',
      'param:epochs',
    ]);
  });

  it('caps the columns and says how many it left out', () => {
    const params = Array.from({ length: 50 }, (_, index) => ({
      key: `p${index}`,
      value: '1',
      origin: 'argv' as const,
    }));
    const columns = collectColumns([{ ...sampleRun(0), params }]);
    expect(columns.shown.filter((column) => column.kind === 'param')).toHaveLength(40);
    expect(columns.leftOut).toBe(10);
  });

  it('says the last value in the cell and the summary on hover', () => {
    const run = sampleRun(1);
    const column = collectColumns([run]).shown.find((other) => other.id === 'metric:loss');
    const loss = run.metrics[0];
    if (column === undefined || loss === undefined) throw new Error('a loss');
    expect(cellText(run, column, newestAtMs)).toBe(String(Number(loss.last.toPrecision(4))));
    expect(cellTitle(run, column, newestAtMs)).toContain('best 0.05 at step 27');
  });

  it('gives no duration to an interrupted run that has no end', () => {
    const { endedAtMs: _, ...open } = sampleRun(3);
    const column = collectColumns([open]).shown.find((other) => other.kind === 'duration');
    if (column === undefined) throw new Error('a duration');
    expect(cellText({ ...open, status: 'interrupted' }, column, newestAtMs)).toBe('');
    expect(cellText({ ...open, status: 'running' }, column, newestAtMs)).toBe('3 h 0 min');
  });
});

describe('selection', () => {
  const order = [0, 1, 2, 3, 4].map(toRunId);
  const ids = (...indexes: number[]) => indexes.map(toRunId);

  it('selects one, toggles with Ctrl, extends with Shift from the anchor', () => {
    let selection = selectRow(emptySelection, order, toRunId(1), plain);
    selection = selectRow(selection, order, toRunId(3), { toggle: true, range: false });
    expect(selectedInOrder(selection, order)).toEqual(ids(1, 3));
    selection = selectRow(selection, order, toRunId(0), { toggle: false, range: true });
    expect(selectedInOrder(selection, order)).toEqual(ids(0, 1, 2, 3));
    selection = selectRow(selection, order, toRunId(4), { toggle: false, range: true });
    expect(selectedInOrder(selection, order)).toEqual(ids(3, 4));
  });

  it('moves with the arrows, stops at the ends, and extends with Shift', () => {
    let selection = moveFocus(emptySelection, order, 1, plain);
    expect(selection.focused).toBe(toRunId(0));
    expect(moveFocus(emptySelection, order, -1, plain).focused).toBe(toRunId(0));
    expect(moveFocus(emptySelection, order, order.length, plain).focused).toBe(toRunId(4));
    selection = moveFocus(selection, order, 1, { toggle: false, range: true });
    expect(selectedInOrder(selection, order)).toEqual(ids(0, 1));
    selection = moveFocus(selection, order, 1, { toggle: true, range: false });
    expect(selection.focused).toBe(toRunId(2));
    expect(selectedInOrder(selection, order)).toEqual(ids(0, 1));
    selection = moveFocus(selection, order, 99, plain);
    expect(selection.focused).toBe(toRunId(4));
    expect(moveFocus(selection, [], 1, plain)).toBe(selection);
  });

  it('acts on selected rows that are on show only', () => {
    const selection = selectAll(emptySelection, order);
    expect(selectedInOrder(selection, ids(2, 9))).toEqual(ids(2));
  });
});

describe('rowWindow', () => {
  it('covers what is seen, whatever the place, and stays small', () => {
    for (let scrollTop = 0; scrollTop <= 26 * 10_000; scrollTop += 777) {
      const { start, end } = rowWindow(scrollTop, 600, 26, 10_000);
      expect(start * 26).toBeLessThanOrEqual(scrollTop);
      expect(end).toBeGreaterThanOrEqual(Math.min(10_000, Math.ceil((scrollTop + 600) / 26)));
      expect(end - start).toBeLessThan(50);
    }
  });

  it('is empty for no rows, and stays inside when rows went away', () => {
    expect(rowWindow(0, 600, 26, 0)).toEqual({ start: 0, end: 0 });
    const { start, end } = rowWindow(100_000, 600, 26, 10);
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBe(10);
  });

  it('scrolls as little as shows the row', () => {
    expect(scrollToRow(2, 100, 600, 26)).toBe(52);
    expect(scrollToRow(10, 100, 600, 26)).toBe(100);
    expect(scrollToRow(40, 100, 600, 26)).toBe(41 * 26 - 600);
  });
});
