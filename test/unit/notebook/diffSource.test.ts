import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyHunks, diffSource } from '../../../src/core/notebook/diffSource';
import { createWorkBudget } from '../../../src/core/notebook/workBudget';
import { createRandom } from '../../bench/store/random';
import { measureCpuMs } from './cpuTime';

const ample = () => createWorkBudget(1e9);
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '', ' a', 'a\r', '\ud800'), { maxLength: 20 })
  .map((lines) => lines.join('\n'));

/** The length of a longest common subsequence, by the definition. */
function lcsLength(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const [row, below] = [table[i] ?? [], table[i + 1] ?? []];
      row[j] = a[i] === b[j] ? 1 + (below[j + 1] ?? 0) : Math.max(row[j + 1] ?? 0, below[j] ?? 0);
    }
  }
  return table[0]?.[0] ?? 0;
}

describe('diffSource', () => {
  it('rebuilds the new text exactly, with any budget', () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom(0, 30, 1e9), (a, b, units) => {
        expect(applyHunks(a, diffSource(a, b, createWorkBudget(units)))).toBe(b);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is as small as can be', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [oldLines, newLines] = [a.split('\n'), b.split('\n')];
        const shown = diffSource(a, b, ample()).reduce(
          (sum, hunk) => sum + hunk.oldLines.length + hunk.newLines.length,
          0,
        );
        expect(shown).toBe(oldLines.length + newLines.length - 2 * lcsLength(oldLines, newLines));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is as small as can be for a source of 2,000 lines', () => {
    const random = createRandom(1);
    const name = () =>
      `v${Math.floor(random.uniform() * 400)} = ${Math.floor(random.uniform() * 3)}`;
    const oldLines = Array.from({ length: 2_000 }, name);
    const newLines = oldLines.flatMap((line) => {
      const how = random.uniform();
      return how < 0.1 ? [] : how < 0.2 ? [name(), line] : how < 0.3 ? [name()] : [line];
    });
    const shown = diffSource(oldLines.join('\n'), newLines.join('\n'), createWorkBudget(20_000_000))
      .map((hunk) => hunk.oldLines.length + hunk.newLines.length)
      .reduce((sum, count) => sum + count, 0);
    expect(shown).toBe(oldLines.length + newLines.length - 2 * lcsLength(oldLines, newLines));
  }, 60_000);

  it('has no empty hunk, and none that touch', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        let [oldEnd, newEnd] = [-1, -1];
        for (const hunk of diffSource(a, b, ample())) {
          expect(hunk.oldLines.length + hunk.newLines.length).toBeGreaterThan(0);
          expect(hunk.oldStart).toBeGreaterThan(oldEnd);
          expect(hunk.newStart).toBeGreaterThan(newEnd);
          oldEnd = hunk.oldStart + hunk.oldLines.length;
          newEnd = hunk.newStart + hunk.newLines.length;
        }
      }),
    );
  });

  it('sees a dedent and a missing last line break', () => {
    expect(diffSource('if x:\n    y', 'if x:\ny', ample())).toEqual([
      { oldStart: 1, oldLines: ['    y'], newStart: 1, newLines: ['y'] },
    ]);
    expect(diffSource('x\n', 'x', ample())).toEqual([
      { oldStart: 1, oldLines: [''], newStart: 1, newLines: [] },
    ]);
  });

  it('takes rewrites and reorderings of thousands of lines in its stride', () => {
    const lines = Array.from({ length: 5_000 }, (_, i) => `line ${i}`);
    const rewritten = lines.map((line) => `${line}!`).join('\n');
    const reversed = lines.toReversed().join('\n');
    const spentMs = measureCpuMs(() => {
      for (const fresh of [rewritten, reversed]) {
        const hunks = diffSource(lines.join('\n'), fresh, createWorkBudget(20_000_000));
        expect(applyHunks(lines.join('\n'), hunks)).toBe(fresh);
      }
    });
    expect(spentMs).toBeLessThan(5_000);
  }, 60_000);
});
