import { describe, expect, it } from 'vitest';
import {
  describeImportance,
  type NamedColumn,
  paramsImportance,
} from '../../../src/core/plot/paramsImportance';
import { rankCorrelation, toRanks } from '../../../src/core/plot/rankCorrelation';
import type { RunColumn } from '../../../src/core/plot/runColumn';
import { createSeededRandom } from '../../../src/core/plot/seededRandom';

const random = createSeededRandom(7);
const numberColumn = (values: readonly number[]): RunColumn => ({
  kind: 'number',
  isPresent: new Uint8Array(values.length).fill(1),
  numbers: Float64Array.from(values),
});
const textColumn = (values: readonly string[]): RunColumn => {
  const texts = [...new Set(values)].sort();
  return {
    kind: 'text',
    texts,
    isPresent: new Uint8Array(values.length).fill(1),
    codes: Int32Array.from(values, (value) => texts.indexOf(value)),
  };
};
const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T;

function sample(count: number) {
  const runs = Array.from({ length: count }, () => ({
    lr: 10 ** -pick([1, 2, 3, 4]),
    width: pick([16, 32, 64, 128]),
    opt: pick(['adam', 'sgd', 'lion']),
    seed: Math.floor(random() * 1000),
    noise: random() - 0.5,
  }));
  const params: readonly NamedColumn[] = [
    { name: 'lr', column: numberColumn(runs.map(({ lr }) => lr)) },
    { name: 'width', column: numberColumn(runs.map(({ width }) => width)) },
    { name: 'opt', column: textColumn(runs.map(({ opt }) => opt)) },
    { name: 'seed', column: numberColumn(runs.map(({ seed }) => seed)) },
    { name: 'fixed', column: numberColumn(runs.map(() => 3)) },
  ];
  return { runs, params };
}

describe('paramsImportance on data whose truth is known', () => {
  it('ranks what drives the metric first, also where it rises and falls again', () => {
    const { runs, params } = sample(300);
    // A valley over log lr, which no rank correlation sees, and a smaller rise over the optimizers.
    const target = Float64Array.from(
      runs,
      ({ lr, opt, noise }) =>
        3 * Math.abs(Math.log10(lr) + 2.5) + (opt === 'sgd' ? 0.8 : 0) + 0.1 * noise,
    );
    const result = paramsImportance(params, target);
    expect(result.verdict).toBe('said');
    expect(result.params.map(({ name }) => name).slice(0, 2)).toEqual(['lr', 'opt']);
    const of = (name: string) => result.params.find((param) => param.name === name);
    expect(of('lr')?.importance).toBeGreaterThan(0.5);
    expect(Math.abs(of('lr')?.correlation.value ?? 1)).toBeLessThan(0.2);
    expect(of('seed')?.importance).toBeLessThan(0.05);
    expect(of('width')?.importance).toBeLessThan(0.05);
    expect(of('fixed')).toBeUndefined();
    expect(result.rSquared).toBeGreaterThan(0.9);
  });

  it('finds what only works together', () => {
    const { runs, params } = sample(400);
    const target = Float64Array.from(
      runs,
      ({ width, opt }) => Number(width >= 64) ^ Number(opt === 'adam'),
    );
    const names = paramsImportance(params, target).params.map(({ name }) => name);
    expect(new Set(names.slice(0, 2))).toEqual(new Set(['width', 'opt']));
  });

  it('is the same each time', () => {
    const { runs, params } = sample(60);
    const target = Float64Array.from(runs, ({ lr, noise }) => lr + noise);
    expect(paramsImportance(params, target)).toEqual(paramsImportance(params, target));
  });

  it('explains nothing where there is nothing but noise, and says so', () => {
    const { runs, params } = sample(100);
    const result = paramsImportance(
      params,
      Float64Array.from(runs, ({ noise }) => noise),
    );
    expect(result.rSquared).toBeLessThan(0.2);
    expect(describeImportance(result, 'loss')).toContain('That is little');
  });

  it('counts params that change together as one', () => {
    const { runs, params } = sample(50);
    const twin = { name: 'lr_name', column: textColumn(runs.map(({ lr }) => `lr${lr}`)) };
    const result = paramsImportance(
      [...params, twin],
      Float64Array.from(runs, ({ lr }) => lr),
    );
    expect(result.params.find(({ name }) => name === 'lr')?.sameAs).toEqual(['lr_name']);
  });

  it('takes 10,000 runs of 20 params', { timeout: 60_000 }, () => {
    const { runs } = sample(10_000);
    const many = Array.from({ length: 20 }, (_, at) => ({
      name: `p${at}`,
      column: numberColumn(runs.map(() => random())),
    }));
    const target =
      many[3]?.column.kind === 'number'
        ? many[3].column.numbers.map((value) => value ** 2)
        : new Float64Array();
    expect(paramsImportance(many, target).params[0]?.name).toBe('p3');
  });
});

describe('what it says nothing about', () => {
  const { runs, params } = sample(30);
  const target = Float64Array.from(runs, ({ lr }) => lr);

  it.each([
    ['tooFew', params, target.slice(0, 9)],
    ['sameTarget', params, target.map(() => 1)],
    ['nothingVaries', params.filter(({ name }) => name === 'fixed'), target],
    ['one', params.filter(({ name }) => name === 'lr'), target],
  ] as const)('%s', (verdict, some, values) => {
    const cut = some.map(({ name, column }) => ({
      name,
      column:
        column.kind === 'number'
          ? {
              ...column,
              isPresent: column.isPresent.slice(0, values.length),
              numbers: column.numbers.slice(0, values.length),
            }
          : {
              ...column,
              isPresent: column.isPresent.slice(0, values.length),
              codes: column.codes.slice(0, values.length),
            },
    }));
    const result = paramsImportance(cut, values);
    expect(result.verdict).toBe(verdict);
    expect(describeImportance(result, 'acc')).toMatch(/nothing|Too few|no param/);
  });

  it('leaves out texts that name the run', () => {
    const out = { name: 'out_dir', column: textColumn(runs.map((_, at) => `out/${at}`)) };
    expect(paramsImportance([...params, out], target).leftOutParams).toEqual(['out_dir']);
  });
});

describe('rankCorrelation', () => {
  it('is that of scipy', () => {
    // scipy.stats.spearmanr([1, 2, 2, 4, 5], [5, 6, 7, 8, 7]).statistic
    const target = Float64Array.of(5, 6, 7, 8, 7);
    expect(rankCorrelation(numberColumn([1, 2, 2, 4, 5]), target).value).toBeCloseTo(
      0.763157894736842,
      12,
    );
    expect([...toRanks([10, 20, 20, 30])]).toEqual([1, 2.5, 2.5, 4]);
  });

  it('is η of the ranks for texts', () => {
    const column = textColumn(['a', 'a', 'b', 'b']);
    expect(rankCorrelation(column, Float64Array.of(1, 2, 3, 4))).toEqual({
      kind: 'eta',
      value: expect.closeTo(Math.sqrt(4 / 5), 12),
    });
    expect(rankCorrelation(column, Float64Array.of(1, 1, 1, 1)).value).toBeNaN();
  });
});
