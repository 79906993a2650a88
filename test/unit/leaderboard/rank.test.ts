import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Goal, rankGroups, type ScoredGroup } from '../../../src/core/leaderboard/rank';
import { runSteps } from '../core/runSteps';

const rankAll = (groups: readonly ScoredGroup[], goal: Goal) => runSteps(rankGroups(groups, goal));
const group = (key: string, ...values: number[]): ScoredGroup => ({ key, values });
const ranksOf = (groups: readonly ScoredGroup[], direction: 'higher' | 'lower' = 'higher') =>
  rankAll(groups, { direction }).map(({ key, rank }) => `${rank} ${key}`);

describe('rankGroups', () => {
  it('ranks by the mean, ties share a rank', () => {
    const groups = [group('a', 0.8), group('b', 0.9, 0.94), group('c', 0.8), group('d', 0.1)];
    expect(ranksOf(groups)).toEqual(['1 b', '2 a', '2 c', '4 d']);
    expect(ranksOf(groups, 'lower')).toEqual(['1 d', '2 a', '2 c', '4 b']);
  });

  it('ties seeds that all gave the same, whatever the sum of them rounds to', () => {
    const [first, second] = rankAll([group('a', 0.1, 0.1, 0.1), group('b', 0.1)], {
      direction: 'higher',
    });
    expect([first?.rank, second?.rank, first?.deviation]).toEqual([1, 1, 0]);
  });

  it('ties seeds in any order, and reaches a target that their mean is', () => {
    const groups = [group('a', 0.85, 0.9, 0.95), group('b', 0.95, 0.85, 0.9)];
    expect(ranksOf(groups)).toEqual(['1 a', '1 b']);
    const [reached] = rankAll([group('c', 0.82, 0.94)], { direction: 'higher', target: 0.88 });
    expect(reached?.gap).toBe(0);
  });

  it('marks what is within one standard deviation of the first', () => {
    const ranked = rankAll(
      [group('a', 0.9, 0.94), group('b', 0.9), group('c', 0.8), group('d', 0.5, 0.9)],
      { direction: 'higher' },
    );
    expect(ranked.map(({ key, isWithinNoise }) => [key, isWithinNoise])).toEqual([
      ['a', false],
      ['b', true],
      ['c', false],
      ['d', true],
    ]);
    expect(
      rankAll([group('a', 0.9), group('b', 0.9)], { direction: 'higher' })[1]?.isWithinNoise,
    ).toBe(false);
  });

  it('says how far the target is', () => {
    const gaps = (direction: 'higher' | 'lower') =>
      rankAll([group('a', 0.5), group('b', 0.75)], { direction, target: 0.75 }).map(
        ({ key, gap }) => [key, gap],
      );
    expect(gaps('higher')).toEqual([
      ['b', 0],
      ['a', 0.25],
    ]);
    expect(gaps('lower')).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
  });

  it('is what a naive ranking says of any groups', () => {
    const value = fc.integer({ min: -4, max: 4 }).map((number) => number / 2);
    const groups = fc
      .array(fc.array(value, { minLength: 1, maxLength: 4 }), { maxLength: 12 })
      .map((all) => all.map((values, at) => group(String(at), ...values)));
    fc.assert(
      fc.property(groups, fc.constantFrom('higher', 'lower'), (some, direction) => {
        const mean = ({ values }: ScoredGroup) =>
          values.reduce((sum, each) => sum + each, 0) / values.length;
        const isAhead = (a: ScoredGroup, b: ScoredGroup) =>
          direction === 'higher' ? mean(a) > mean(b) + 1e-9 : mean(a) < mean(b) - 1e-9;
        const ranked = rankAll(some, { direction });
        expect(ranked).toHaveLength(some.length);
        for (const { key, rank, mean: shown } of ranked) {
          const own = some[Number(key)];
          if (own === undefined) throw new Error('made up a group');
          const ahead = some.filter((other) => isAhead(other, own)).length;
          expect(Math.abs(shown - mean(own))).toBeLessThan(1e-9);
          // What cancels out to about nothing may still round apart.
          expect(rank).toBeGreaterThanOrEqual(ahead + 1);
          expect(rank).toBeLessThanOrEqual(
            ahead + some.filter((other) => Math.abs(mean(other) - mean(own)) < 1e-9).length,
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
