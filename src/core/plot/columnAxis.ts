import { formatMarks, formatNumber } from '../format/formatNumber';
import { formatDuration, formatMinute } from '../format/formatTime';
import { attributeType } from '../search/searchAttribute';
import { axisTicks, createAxisScale, rangeOf, suitsLog } from './axisScale';
import type { PlotField } from './plotField';
import { fieldTitle } from './plotField';
import type { RunColumn } from './runColumn';

/** How a column lies on an axis, from 0 to 1. */
export interface ColumnAxis {
  readonly title: string;
  readonly isLog: boolean;
  /** NaN of a run that cannot be drawn on it. */
  unitAt(row: number): number;
  /** Where a value lies; of texts their place in `texts`. */
  toUnit(value: number): number;
  fromUnit(unit: number): number;
  /** About so many of its values, with their texts. */
  ticks(count: number): readonly { readonly unit: number; readonly text: string }[];
  /** The value of a run as it is read. */
  textAt(row: number): string;
  readonly format: (value: number) => string;
  /** Runs that have no value, and those whose value has no place on it. */
  readonly absentCount: number;
  readonly undrawnCount: number;
}

export type AxisKind = 'linear' | 'log' | undefined;

/** How the values of a field are read. */
export function fieldFormat(field: PlotField): (value: number) => string {
  const type = field.kind === 'attribute' ? attributeType(field.name) : undefined;
  if (type === 'duration') return formatDuration;
  if (type === 'date') return formatMinute;
  return formatNumber;
}

/** @param kind undefined: log where that shows the values better. */
export function createColumnAxis(column: RunColumn, field: PlotField, kind?: AxisKind): ColumnAxis {
  return column.kind === 'text' ? textAxis(column, field) : numberAxis(column, field, kind);
}

/** The same axis from above to below. */
export function invertAxis(axis: ColumnAxis): ColumnAxis {
  return {
    ...axis,
    unitAt: (row) => 1 - axis.unitAt(row),
    toUnit: (value) => 1 - axis.toUnit(value),
    fromUnit: (unit) => axis.fromUnit(1 - unit),
    ticks: (count) => axis.ticks(count).map(({ unit, text }) => ({ unit: 1 - unit, text })),
  };
}

function textAxis(
  column: Extract<RunColumn, { readonly kind: 'text' }>,
  field: PlotField,
): ColumnAxis {
  const { isPresent, codes, texts } = column;
  const size = Math.max(1, texts.length);
  const toUnit = (place: number) => (place + 0.5) / size;
  return {
    title: fieldTitle(field),
    isLog: false,
    unitAt: (row) => (isPresent[row] === 1 ? toUnit(codes[row] ?? 0) : Number.NaN),
    toUnit,
    fromUnit: (unit) => unit * size - 0.5,
    ticks(count) {
      const every = Math.max(1, Math.ceil(texts.length / Math.max(1, count)));
      return texts.flatMap((text, place) =>
        place % every === 0 ? [{ unit: toUnit(place), text }] : [],
      );
    },
    textAt: (row) => (isPresent[row] === 1 ? (texts[codes[row] ?? 0] ?? '') : 'none'),
    format: (place) => texts[Math.round(place)] ?? '',
    absentCount: isPresent.reduce((sum, present) => sum + 1 - present, 0),
    undrawnCount: 0,
  };
}

function numberAxis(
  { isPresent, numbers }: Extract<RunColumn, { readonly kind: 'number' }>,
  field: PlotField,
  kind: AxisKind,
): ColumnAxis {
  const isLog =
    kind === 'log' ? rangeOf(numbers, true) !== undefined : kind === undefined && suitsLog(numbers);
  const { min, max } = rangeOf(numbers, isLog) ?? { min: 0, max: 0 };
  const scale = createAxisScale(min, max, isLog);
  const format = fieldFormat(field);
  const absentCount = isPresent.reduce((sum, present) => sum + 1 - present, 0);
  const drawn = numbers.reduce(
    (sum, value) => sum + (Number.isNaN(scale.toUnit(value)) ? 0 : 1),
    0,
  );
  return {
    title: fieldTitle(field),
    isLog,
    unitAt: (row) => scale.toUnit(numbers[row] ?? Number.NaN),
    toUnit: scale.toUnit,
    fromUnit: scale.fromUnit,
    ticks(count) {
      const values = axisTicks(scale, count);
      const texts = format === formatNumber ? formatMarks(values) : values.map(format);
      return values.map((value, at) => ({ unit: scale.toUnit(value), text: texts[at] ?? '' }));
    },
    textAt: (row) => (isPresent[row] === 1 ? format(numbers[row] ?? Number.NaN) : 'none'),
    format,
    absentCount,
    undrawnCount: numbers.length - absentCount - drawn,
  };
}
