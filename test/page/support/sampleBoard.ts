import type { BoardQuery } from '../../../src/core/leaderboard/boardQuery';
import { createMetricCensus, summaryFigure } from '../../../src/core/leaderboard/boardQuery';
import type { RunData } from '../../../src/core/leaderboard/dataSet';
import { createLeaderboard } from '../../../src/core/leaderboard/leaderboard';
import { type ShownBoard, showBoard } from '../../../src/core/leaderboard/shownBoard';
import { createUncounted } from '../../../src/core/leaderboard/uncountedParams';
import type { Run } from '../../../src/core/run/run';
import type { LeaderboardHost } from '../../../src/protocol/leaderboardPage';
import { runSteps } from '../../unit/core/runSteps';
import { newestAtMs, sampleRun } from './sampleRuns';
import { sampleVocabulary } from './sampleVocabulary';

/** Of each configuration three seeds; some failed, one runs, some read other data or none that is known. */
export function boardRuns(count: number): readonly Run[] {
  return Array.from({ length: count }, (_, index) => {
    const run = sampleRun(index + 1);
    const configuration = sampleRun(Math.floor(index / 3) * 5);
    const status = index % 11 === 10 ? 'failed' : index % 13 === 12 ? 'running' : 'finished';
    return {
      ...run,
      status,
      source: { kind: 'terminal', commandLine: 'python train.py', script: 'train.py' },
      params: [
        ...configuration.params,
        { key: 'width', value: String(Math.floor(index / 3)), origin: 'argv' },
        { key: 'seed', value: String(index % 3), origin: 'argv' },
      ],
    };
  });
}

function dataOf(index: number): RunData {
  if (index % 7 === 6) return { kind: 'known', key: 'ffff00001111', names: ['data/train_v2.csv'] };
  if (index % 17 === 16) return { kind: 'none' };
  return { kind: 'known', key: 'a1b2c3d4e5f6', names: ['data/train.csv', 'data/test.csv'] };
}

/** What the host would answer, by the same functions, on what is in memory. */
export function shownBoard(
  runs: readonly Run[],
  query: BoardQuery,
  more: Partial<ShownBoard> = {},
): ShownBoard {
  const census = createMetricCensus();
  for (const run of runs) census.add(run);
  const metric = query.metric ?? census.main();
  const direction = query.direction ?? (metric && census.directionOf(metric)) ?? 'higher';
  const isUncounted = createUncounted(query);
  const prices = { perHour: 2, perHardware: [], currency: '$' };
  const builder = createLeaderboard({
    ...query,
    ...{ goal: { direction: direction || 'higher', target: query.target }, isUncounted },
  });
  for (const [index, run] of runs.entries()) {
    const summary = run.metrics.find(({ key }) => key === metric);
    const value = summary && summaryFigure(summary, query.figure);
    builder.add({ ...{ run, value, models: '', hasParts: false }, data: dataOf(index) });
  }
  const board = runSteps(builder.finish());
  const params = new Set(runs.flatMap((run) => run.params.map(({ key }) => key)));
  return {
    ...runSteps(
      showBoard(board, {
        ...{ isUncounted, prices, nowMs: newestAtMs },
        runOf: (id) => runs.find((run) => run.id === id),
      }),
    ),
    ...(metric === undefined ? {} : { metric }),
    ...{ direction: direction || 'higher', isDirectionKnown: true, metrics: census.metrics() },
    params: [...params].map((key) => ({ key, isCounted: !isUncounted(key) })),
    ...{ runCount: runs.length, foundCount: runs.length, currency: '$', hasPrice: true },
    ...(board.dataKey === undefined ? {} : { dataKey: board.dataKey }),
    ...more,
  };
}

export const boardState: BoardQuery = {
  ...{ figure: 'last', figureNumber: 5, search: '', uncounted: [], counted: [] },
  ...{ isByCode: false, withUnknownData: false },
};

export function boardHost(
  runs: readonly Run[] = boardRuns(40),
  more: Partial<LeaderboardHost> = {},
): Partial<LeaderboardHost> {
  return {
    readBoard: async (query) => shownBoard(runs, query),
    readVocabulary: async () => sampleVocabulary,
    readViews: async () => [],
    readReached: async (keys) =>
      keys.map((key, at) =>
        at % 3 === 2
          ? { key, reachedCount: 0, timedCount: 0 }
          : {
              key,
              reachedCount: 2,
              timedCount: 2,
              durationMs: 95_000 * (at + 1),
              cost: 0.06 * (at + 1),
            },
      ),
    ...more,
  };
}
