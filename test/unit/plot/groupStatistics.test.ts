import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupStatistics } from '../../../src/core/plot/groupStatistics';
import type { RunColumn } from '../../../src/core/plot/runColumn';

describe('groupStatistics', () => {
  it('equals a naive mean and standard deviation of each group', () => {
    const run = fc.record({
      value: fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(Number.NaN)),
      group: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 60 }), (runs) => {
        const groups: RunColumn = {
          kind: 'text',
          texts: ['a', 'b', 'c', 'd'],
          isPresent: Uint8Array.from(runs, ({ group }) => Number(group !== undefined)),
          codes: Int32Array.from(runs, ({ group }) => group ?? 0),
        };
        const result = groupStatistics(
          Float64Array.from(runs, ({ value }) => value),
          groups,
        );
        const names = new Set(
          runs.map(({ group }) => (group === undefined ? undefined : groups.texts[group])),
        );
        expect(result.map(({ name }) => name)).toEqual([...names]);
        for (const { name, mean, std, min, max, rows, leftOut } of result) {
          const all = runs.filter(
            ({ group }) => (group === undefined ? undefined : groups.texts[group]) === name,
          );
          const values = all.map(({ value }) => value).filter(Number.isFinite);
          expect(rows.length + leftOut).toBe(all.length);
          expect(rows.length).toBe(values.length);
          if (values.length === 0) {
            expect(mean).toBeNaN();
            continue;
          }
          const naive = values.reduce((sum, value) => sum + value, 0) / values.length;
          expect(mean).toBeCloseTo(naive, 4);
          expect([min, max]).toEqual([Math.min(...values), Math.max(...values)]);
          if (values.length === 1) expect(std).toBeNaN();
          else {
            const squares = values.reduce((sum, value) => sum + (value - naive) ** 2, 0);
            expect(std).toBeCloseTo(Math.sqrt(squares / (values.length - 1)), 3);
          }
        }
      }),
    );
  });
});
