import type { BoardQuery, GoalFigure } from './boardQuery';
import { goalFigureWords } from './describeGoal';

export const firstBoardQuery: BoardQuery = {
  ...{ figure: 'best', figureNumber: 5, search: '', uncounted: [], counted: [] },
  ...{ isByCode: false, withUnknownData: false },
};

/** Reads what a page kept, or what a saved view holds: written by an earlier version, or by nobody knows whom. */
export function parseBoardQuery(kept: unknown): BoardQuery {
  // SAFETY: any object can be read by name; what is read is checked below.
  const read = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>;
  const figure = Object.keys(goalFigureWords).find((each) => each === read.figure);
  const { metric, figureNumber, direction, target, search, dataKey } = read;
  return {
    ...firstBoardQuery,
    ...(typeof metric === 'string' ? { metric } : {}),
    // SAFETY: it is one of the record's own keys.
    ...(figure === undefined ? {} : { figure: figure as GoalFigure }),
    ...(isNumber(figureNumber) && figureNumber >= 0 ? { figureNumber } : {}),
    ...(direction === 'higher' || direction === 'lower' ? { direction } : {}),
    ...(isNumber(target) ? { target } : {}),
    ...(typeof search === 'string' ? { search } : {}),
    ...(typeof dataKey === 'string' ? { dataKey } : {}),
    ...{ uncounted: texts(read.uncounted), counted: texts(read.counted) },
    ...{ isByCode: read.isByCode === true, withUnknownData: read.withUnknownData === true },
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
