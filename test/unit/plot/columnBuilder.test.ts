import { describe, expect, it } from 'vitest';
import { createColumnBuilder } from '../../../src/core/plot/columnBuilder';
import { parsePlotField } from '../../../src/core/plot/parsePlotField';
import { fieldText, fieldTitle, type PlotField } from '../../../src/core/plot/plotField';
import { valueAt } from '../../../src/core/plot/runColumn';
import type { Run, RunId } from '../../../src/core/run/run';

function run(id: string, params: Readonly<Record<string, string>>, more: Partial<Run> = {}): Run {
  return {
    // SAFETY: any text is as good an id as another.
    id: id as RunId,
    experiment: 'train.py',
    status: 'finished',
    source: { kind: 'terminal', commandLine: 'python train.py' },
    startedAtMs: 1000,
    endedAtMs: 61_000,
    params: Object.entries(params).map(([key, value]) => ({ key, value, origin: 'argv' })),
    metrics: [],
    tags: {},
    starred: false,
    logBytes: 0,
    ...more,
  };
}

const accuracy = {
  key: 'val_acc',
  first: 0.1,
  last: 0.8,
  min: 0.1,
  max: 0.9,
  best: 0.9,
  count: 3,
  lastAtMs: 0,
};

describe('createColumnBuilder', () => {
  const fields = [
    'params.lr',
    'params.opt',
    'best(metrics.val_acc)',
    'duration',
    'tags.data',
    'params.none',
  ].map((text) => parsePlotField(text) as PlotField);
  const builder = createColumnBuilder(fields, 0);
  builder.add([run('a', { lr: '1e-3', opt: 'sgd' }, { metrics: [accuracy] })]);
  builder.add([
    run('b', { lr: '0.1', opt: '10' }, { tags: { data: 'v2' } }),
    run('c', { opt: '9' }),
  ]);
  const columns = builder.end();
  const rows = [0, 1, 2].map((row) => columns.map((column) => valueAt(column, row)));

  it('has what each run has, and nothing where it has nothing', () => {
    expect(rows).toEqual([
      [0.001, 'sgd', 0.9, 60_000, undefined, undefined],
      [0.1, '10', undefined, 60_000, 'v2', undefined],
      [undefined, '9', undefined, 60_000, undefined, undefined],
    ]);
  });

  it('keeps texts in an order, numbers in theirs before others', () => {
    expect(columns.map(({ kind }) => kind)).toEqual([
      'number',
      'text',
      'number',
      'number',
      'text',
      'number',
    ]);
    expect(columns[1]?.kind === 'text' && columns[1].texts).toEqual(['9', '10', 'sgd']);
  });
});

describe('parsePlotField', () => {
  it.each([
    ['params.lr', { kind: 'param', key: 'lr' }],
    ['metrics.val_acc', { kind: 'metric', key: 'val_acc', figure: 'last' }],
    ['best(metrics.`val acc`)', { kind: 'metric', key: 'val acc', figure: 'best' }],
    ['at(metrics.loss, 10)', { kind: 'metricAt', key: 'loss', step: 10 }],
    ['duration', { kind: 'attribute', name: 'duration' }],
    ['tags.data', { kind: 'tag', key: 'data' }],
  ])('reads %s, and prints it again', (text, expected) => {
    const field = parsePlotField(text);
    expect(field).toEqual(expected);
    expect(field && parsePlotField(fieldText(field))).toEqual(field);
    expect(field && fieldTitle(field)).not.toBe('');
  });

  it.each(['', 'params.lr OR starred', 'NOT params.lr', 'dataset.name', 'best('])(
    'finds no field in %j',
    (text) => {
      expect(parsePlotField(text)).toBeUndefined();
    },
  );
});
