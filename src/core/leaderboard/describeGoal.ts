import { formatNumber } from '../format/formatNumber';
import type { BoardQuery, GoalFigure } from './boardQuery';
import type { ShownBoard } from './shownBoard';

export const goalFigureWords: Readonly<Record<GoalFigure, string>> = {
  best: 'best value',
  last: 'last value',
  min: 'minimum',
  max: 'maximum',
  first: 'first value',
  mean: 'mean of the last',
  at: 'value at step',
};

/** `val_acc, best value, higher is better, target 0.95`. */
export function describeGoal(
  { metric = '', direction }: Pick<ShownBoard, 'metric' | 'direction'>,
  { figure, figureNumber, target }: Pick<BoardQuery, 'figure' | 'figureNumber' | 'target'>,
): string {
  const number = figure === 'mean' || figure === 'at' ? ` ${figureNumber}` : '';
  return [
    metric,
    `${goalFigureWords[figure]}${number}`,
    `${direction} is better`,
    ...(target === undefined ? [] : [`target ${formatNumber(target)}`]),
  ].join(', ');
}

/** `0.93 ± 0.012`: of the deviation two digits, as more say nothing. */
export function describeMean(row: {
  readonly mean: number;
  readonly deviation?: number | undefined;
}): string {
  const { mean, deviation } = row;
  if (deviation === undefined) return formatNumber(mean);
  return `${formatNumber(mean)} ± ${formatNumber(Number(deviation.toPrecision(2)))}`;
}
