import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellTrack } from '../../../src/core/history/cellTrack';
import type { HistoryCell } from '../../../src/core/history/historyStep';
import { NotebookHistory } from '../../../src/core/history/notebookHistory';
import '../../support/propertySeed';
import { type EditedNotebook, editedNotebook, stepOf } from './editedNotebook';

const cell = (source: string, more: Partial<HistoryCell> = {}): HistoryCell => ({
  ...{ kind: 'code' as const, source, outputs: [] },
  ...more,
});

function historyOf(...notebooks: readonly (readonly HistoryCell[])[]): NotebookHistory {
  const history = new NotebookHistory();
  for (const [number, cells] of notebooks.entries()) history.append(stepOf(number, cells));
  return history;
}

const sourcesOf = (track: CellTrack | undefined) => track?.versions.map(({ source }) => source);

const load = 'rows = load("train.csv")\nprint(len(rows))';
const fit = 'model = SGDClassifier(alpha=1e-3)\nmodel.fit(X, y)\nprint(model.score(X, y))';

describe('a cell through its checkpoints', () => {
  it('has a version for each source, with when it had it', () => {
    const other = fit.replace('1e-3', '3e-3');
    const [, track] = historyOf(
      [cell(load), cell(fit)],
      [cell(load), cell(other)],
      [cell(load), cell(other)],
      [cell(load), cell(fit)],
    ).currentTracks;
    expect(sourcesOf(track)).toEqual([fit, other]);
    expect(
      track?.versions.map(({ spans }) => spans.map(({ first, last }) => [first.atMs, last.atMs])),
    ).toEqual([
      [
        [0, 0],
        [3000, 3000],
      ],
      [[1000, 2000]],
    ]);
    expect(track?.latest?.source).toBe(fit);
  });

  it('is found where it was moved to, and edited on the way', () => {
    const history = historyOf(
      [cell(load), cell('x = 1'), cell(fit)],
      [cell(`${fit}\nsave(model)`), cell(load), cell('x = 1')],
    );
    expect(sourcesOf(history.currentTracks[0])).toEqual([fit, `${fit}\nsave(model)`]);
    expect(history.tracks).toHaveLength(3);
  });

  it('keeps each set of outputs once for the version that gave it', () => {
    const out = (...keys: string[]) => cell(fit, { outputs: keys.map((key) => ({ key })) });
    const [track] = historyOf([out()], [out('a')], [out('b', 'c')], [out('a')]).currentTracks;
    expect(
      track?.versions[0]?.results.map(({ keys, first, last }) => [keys, first.atMs, last.atMs]),
    ).toEqual([
      [['a'], 1000, 3000],
      [['b', 'c'], 2000, 2000],
    ]);
  });

  it('is the one with its id where another has the same source', () => {
    const show = (id: string) => cell('plt.show()', { id });
    const history = historyOf([show('a'), show('b'), show('c')], [show('b'), show('c')]);
    expect(history.currentTracks.map(({ ids }) => [...ids])).toEqual([['b'], ['c']]);
    expect(history.tracks[0]?.lastSeen?.atMs).toBe(0);
  });

  it('is the edited one, not its copy', () => {
    const [original, copy] = historyOf(
      [cell(fit, { id: 'a' })],
      [cell(fit.replace('1e-3', '3e-3'), { id: 'a' }), cell(fit, { id: 'b' })],
    ).currentTracks;
    expect(original?.versionCount).toBe(2);
    expect(sourcesOf(copy)).toEqual([fit]);
  });

  it('is not the one that took its place, where ids are kept', () => {
    const history = historyOf(
      [cell(load, { id: 'a' }), cell('score = model.score(X, y)', { id: 'b' })],
      [cell(load, { id: 'a' }), cell('model = fit(X, y)', { id: 'c' })],
    );
    expect(sourcesOf(history.currentTracks[1])).toEqual(['model = fit(X, y)']);
  });

  it('does not trust ids that were shuffled', () => {
    const cells = Array.from({ length: 6 }, (_, i) =>
      cell(`part_${i} = read("${i}.csv")`, { id: `${i}` }),
    );
    const shuffled = cells.map((each, i) => ({ ...each, id: `${(i + 1) % 6}` }));
    const history = historyOf(cells, shuffled);
    expect(history.tracks.map(({ versionCount }) => versionCount)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('has a gap where it was deleted and came back, by its id or by its source', () => {
    const byId = historyOf(
      [cell('x = 1', { id: 'a' }), cell(load)],
      [cell(load)],
      [cell(load), cell('x = 2', { id: 'a' })],
    );
    expect(sourcesOf(byId.currentTracks[1])).toEqual(['x = 1', 'x = 2']);
    expect(byId.currentTracks[1]?.lives.map(({ first, last }) => [first.atMs, last.atMs])).toEqual([
      [0, 0],
      [2000, 2000],
    ]);
    const bySource = historyOf([cell(fit), cell(load)], [cell(load)], [cell(load), cell(fit)]);
    expect(bySource.currentTracks[1]?.lives).toHaveLength(2);
    // Short ones are in every notebook.
    const short = historyOf([cell('plt.show()')], [], [cell('plt.show()')]);
    expect(short.tracks).toHaveLength(2);
  });

  it('says that it was split from another, and merged into one', () => {
    const split = historyOf([cell(`${load}\n${fit}`)], [cell(load), cell(fit)]);
    const [first, second] = split.currentTracks;
    const [whole, part] = first?.versionCount === 2 ? [first, second] : [second, first];
    expect(sourcesOf(whole)?.[0]).toBe(`${load}\n${fit}`);
    expect(part?.splitFrom?.other).toBe(whole?.number);
    const merged = historyOf([cell(load), cell(fit)], [cell(`${load}\n${fit}`)]);
    const gone = merged.tracks.find((track) => track.lastSeen?.atMs === 0);
    expect(gone?.mergedInto?.other).toBe(merged.currentTracks[0]?.number);
  });

  it('is known by its place in any checkpoint, also when it is gone', () => {
    const history = historyOf([cell(load), cell(fit)], [cell(load)]);
    expect(sourcesOf(history.trackAt(stepOf(0, []).checkpointId, 1))).toEqual([fit]);
    expect(history.trackAt(stepOf(1, []).checkpointId, 1)).toBeUndefined();
  });

  it('is found in the open notebook, which is newer than any checkpoint', () => {
    const history = historyOf([cell(load), cell(fit)]);
    const [added, fitted] = history.tracksOf([
      cell('new = 1'),
      cell(`${fit}\nsave(model)`),
      cell(load),
    ]);
    expect(added).toBeUndefined();
    expect(sourcesOf(fitted)).toEqual([fit]);
  });

  it('has what ran, also a source that was never kept', () => {
    const history = new NotebookHistory();
    const execution = { cellIndex: 0, cellId: 'a', startedAtMs: 500 };
    history.append({
      ...stepOf(1, [cell('x = 3', { id: 'a' })]),
      executions: [
        { ...execution, source: 'x = 2' },
        { ...execution, source: 'x = 3' },
        { ...execution, source: 'x = 3' },
      ],
    });
    const [track] = history.currentTracks;
    expect(
      track?.versions.map(({ source, executionCount, spans }) => [
        source,
        executionCount,
        spans.length,
      ]),
    ).toEqual([
      ['x = 3', 2, 1],
      ['x = 2', 1, 0],
    ]);
  });
});

/** Every source that each cell had, by when it first had it. */
function knownSources({ steps }: EditedNotebook): ReadonlyMap<number, readonly string[]> {
  const known = new Map<number, string[]>();
  for (const { cells } of steps) {
    for (const { who, source } of cells) {
      const sources = known.get(who) ?? [];
      if (!sources.includes(source)) sources.push(source);
      known.set(who, sources);
    }
  }
  return known;
}

describe.each([
  { what: 'with ids, several edits between two checkpoints', hasIds: true, edits: 4 },
  { what: 'without ids, one edit between two checkpoints', hasIds: false, edits: 1 },
])('a history $what', ({ hasIds, edits }) => {
  it('gives every cell exactly the sources that it had', () => {
    fc.assert(
      fc.property(editedNotebook(hasIds, edits), (edited) => {
        const history = historyOf(...edited.steps.map(({ cells }) => cells));
        const known = knownSources(edited);
        for (const { step, cells } of edited.steps) {
          for (const [index, { who }] of cells.entries()) {
            const track = history.trackAt(step.checkpointId, index);
            expect(sourcesOf(track)).toEqual(known.get(who));
          }
        }
      }),
    );
  });
});
