import { formatBytes } from '../format/formatBytes';
import { formatNumber } from '../format/formatNumber';
import { formatAge, formatDuration } from '../format/formatTime';
import { fieldType } from '../search/fieldType';
import type { FigureSummary } from '../statistics/summarizeFigures';
import type { TableColumn } from './tableColumn';

/** How the numbers of a column are written. */
export type NumberFormat = 'number' | 'age' | 'duration' | 'bytes';

export function numberFormat(column: TableColumn): NumberFormat {
  if (column.kind !== 'field') return 'number';
  const type = fieldType(column.field);
  if (type === 'date') return 'age';
  if (type === 'duration') return 'duration';
  return type === 'size' ? 'bytes' : 'number';
}

export function formatFigure(value: number, format: NumberFormat, nowMs: number): string {
  switch (format) {
    case 'number':
      return formatNumber(value);
    case 'age':
      return formatAge(value, nowMs);
    case 'duration':
      return formatDuration(value);
    case 'bytes':
      return formatBytes(value);
  }
}

/** `0.91 ± 0.02`, with how many of the runs have one where that is not all: `0.91 ± 0.02 (3)`. */
export function formatSummary(
  { count, mean, deviation, max }: FigureSummary,
  runCount: number,
  format: NumberFormat,
  nowMs: number,
): string {
  if (mean === undefined || max === undefined) return '';
  // A mean of dates tells nobody anything.
  if (format === 'age') return formatAge(max, nowMs);
  const spread = deviation === undefined ? '' : ` ± ${formatFigure(deviation, format, nowMs)}`;
  const some = count === runCount ? '' : ` (${count})`;
  return `${formatFigure(mean, format, nowMs)}${spread}${some}`;
}
