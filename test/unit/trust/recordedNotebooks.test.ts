import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CellExecution } from '../../../src/core/notebook/cellExecution';
import type { NotebookOutput } from '../../../src/core/notebook/notebook';
import { type JudgedCell, judgeNotebook } from '../../../src/core/trust/judge';

/** As `test/fixtures/trust/record.py` writes them. */
interface RecordedNotebook {
  readonly base: string;
  readonly seed: string;
  readonly sources: readonly string[];
  readonly cells: readonly RecordedCell[];
  readonly executions: readonly (readonly [string, number, number, number, boolean, number])[];
}

type RecordedOutputs = readonly (readonly [string, string])[];

interface RecordedCell {
  readonly id: string;
  readonly source: number;
  readonly outputs: RecordedOutputs;
  readonly count: number | null;
  /** What a fresh kernel showed, where that is something else. */
  readonly again?: RecordedOutputs;
  /** What the cell reads that was not the same on the fresh kernel, as that kernel itself says. */
  readonly inputs?: readonly string[];
}

function read(name: string): readonly RecordedNotebook[] {
  const text = readFileSync(join(__dirname, '../../fixtures/trust', `${name}.jsonl`), 'utf8');
  // SAFETY: the recording script wrote it.
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedNotebook);
}

/**
 * How often verdicts are wrong. A result is the output of a cell, errors left out, which say
 * themselves that something is wrong.
 *
 * - Wrongly fresh: called fresh, but a fresh kernel shows something else.
 * - Wrongly stale: called anything but fresh, though a fresh kernel shows the same and nothing was
 *   changed: the cell has not been edited since it ran, and everything that its code reads was the
 *   same for both kernels, by digests of the values. Where a cell or its inputs did change, "stale" is
 *   right whatever the output.
 * - Without need: called anything but fresh, though a fresh kernel shows the same, inputs changed or
 *   not; only a cell that was itself edited is left out.
 */
function measure(notebooks: readonly RecordedNotebook[], isWatched: boolean) {
  const found = { results: 0, same: 0, differ: 0, fresh: 0, wronglyStale: 0, withoutNeed: 0 };
  const wronglyFresh: string[] = [];
  for (const { seed, sources, cells, executions } of notebooks) {
    const source = (at: number) => sources[at] ?? '';
    const judged = cells.map(
      (cell): JudgedCell => ({
        ...{ kind: 'code', id: cell.id, source: source(cell.source) },
        outputs: cell.outputs.map(toOutput),
        ...(cell.count !== null && { executionCount: cell.count }),
      }),
    );
    const ran = executions.map(
      ([cellId, cellIndex, at, order, succeeded, session], atMs): CellExecution => ({
        ...{ cellId, cellIndex, source: source(at), order, succeeded },
        ...{ startedAtMs: atMs, endedAtMs: atMs, session: String(session) },
      }),
    );
    const report = judgeNotebook(judged, isWatched ? ran : []);
    for (const [index, cell] of cells.entries()) {
      const { verdict } = report.cells[index] ?? {};
      if (cell.outputs.length === 0 || cell.outputs.some(([kind]) => kind === 'error')) continue;
      const last = ran.findLast(({ cellId }) => cellId === cell.id);
      const isSame = cell.again === undefined;
      found.results += 1;
      if (verdict === 'fresh') found.fresh += 1;
      if (!isSame) {
        found.differ += 1;
        if (verdict === 'fresh') wronglyFresh.push(`${seed} ${cell.id}: ${source(cell.source)}`);
      } else if (last?.source === source(cell.source)) {
        found.same += 1;
        if (verdict === 'fresh') continue;
        found.withoutNeed += 1;
        if ((cell.inputs ?? []).length === 0) found.wronglyStale += 1;
      }
    }
  }
  return { ...found, wronglyFresh };
}

function toOutput([kind, text]: readonly [string, string]): NotebookOutput {
  if (kind === 'error') return { kind: 'error', data: {}, ename: text.split(':')[0] ?? '' };
  if (kind === 'execute_result') return { kind: 'result', data: { 'text/plain': text } };
  if (kind === 'display_data') return { kind: 'display', data: { 'text/plain': text } };
  return { kind: 'stream', name: kind, text, data: {} };
}

describe.each([
  // The analysis was developed on the first; the second was recorded to be measured only.
  ['develop'],
  ['final'],
])('recorded notebooks: %s', (name) => {
  const notebooks = read(name);
  const watched = measure(notebooks, true);

  test('are enough, and of many kinds', () => {
    expect(notebooks.length).toBeGreaterThanOrEqual(200);
    expect(new Set(notebooks.map(({ base }) => base)).size).toBeGreaterThanOrEqual(12);
    expect(watched.same).toBeGreaterThan(1000);
    expect(watched.differ).toBeGreaterThan(400);
  });

  test('no result that is called fresh differs on a fresh kernel', () => {
    expect(watched.wronglyFresh).toEqual([]);
  });

  test('at most 5 % of the results that come again, from the same, are called anything but fresh', () => {
    console.log(name, { ...watched, wronglyFresh: watched.wronglyFresh.length });
    expect(watched.wronglyStale / watched.same).toBeLessThanOrEqual(0.05);
  });

  test('without what ran, nothing is called fresh', () => {
    expect(measure(notebooks, false).fresh).toBe(0);
  });
});
