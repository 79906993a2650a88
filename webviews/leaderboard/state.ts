import type { BoardQuery } from '../../src/core/leaderboard/boardQuery';
import type { BoardRow, ShownBoard } from '../../src/core/leaderboard/shownBoard';
import type { RunId } from '../../src/core/run/run';
import type { LeaderboardState } from '../../src/protocol/leaderboardPage';

/** What the host is asked, whatever else an older page may have kept. */
export function queryOf(state: LeaderboardState): BoardQuery {
  const { figure = 'best', figureNumber = 5, search = '', uncounted = [], counted = [] } = state;
  const { metric, direction, target, dataKey, isByCode = false, withUnknownData = false } = state;
  return {
    ...{ figure, figureNumber, search, uncounted, counted, isByCode, withUnknownData },
    ...(metric === undefined ? {} : { metric }),
    ...(direction === undefined ? {} : { direction }),
    ...(target === undefined ? {} : { target }),
    ...(dataKey === undefined ? {} : { dataKey }),
  };
}

/** Moves a param between those that count and those that do not. */
export function chooseParam(query: BoardQuery, key: string, isCounted: boolean): LeaderboardState {
  const without = (keys: readonly string[]) => keys.filter((each) => each !== key);
  const [counted, uncounted] = [without(query.counted), without(query.uncounted)];
  return isCounted
    ? { counted: [...counted, key], uncounted }
    : { counted, uncounted: [...uncounted, key] };
}

export function describeBoard(shown: ShownBoard): string {
  const { rowCount, rankedCount, dataSets, dataKey, leftOut, runCount, foundCount } = shown;
  const data = dataSets.find(({ key }) => key === dataKey);
  const left = leftOut.reduce((sum, { count }) => sum + count, 0);
  return [
    `${count(rowCount, 'configuration')} of ${count(rankedCount, 'run')}`,
    data === undefined ? undefined : `on ${data.label}`,
    left === 0 ? undefined : `${count(left, 'run')} left out`,
    foundCount === runCount
      ? undefined
      : `the search finds ${foundCount} of ${count(runCount, 'run')}`,
    rowCount > shown.rows.length ? `the first ${shown.rows.length} are shown` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? noun : `${noun}s`}`;
}

/** The best run of each of the first two rows, the best last: what was changed to get there? */
export function topTwo(rows: readonly BoardRow[]): readonly RunId[] {
  const [first, second] = rows;
  const [best, next] = [first?.runs[0]?.id, second?.runs[0]?.id];
  return best === undefined || next === undefined ? [] : [next, best];
}

/** No chart shows more. */
const maxCharted = 100;

export function runIdsOf(rows: readonly BoardRow[]): readonly RunId[] {
  return rows.flatMap(({ runs }) => runs.map(({ id }) => id)).slice(0, maxCharted);
}
