import { parseAxisViews } from '../plot/axisView';
import type { ChartKind, ChartSpec, ShownStep } from './chartSpec';

type Field = keyof typeof readers;

/** Each gives undefined for what makes no sense. */
const readers = {
  text: readText,
  texts: readTexts,
  optional: readText,
  optionalTexts: readTexts,
  range: readRange,
  step: readStep,
  views: parseAxisViews,
};

/** The fields of each kind beside `kind` and `title`. */
const fields: Readonly<Record<ChartKind, Readonly<Record<string, Field>>>> = {
  line: { metrics: 'texts' },
  scatter: {
    ...{ x: 'text', y: 'text', color: 'optional', size: 'optional' },
    ...{ xScale: 'optional', yScale: 'optional', chosen: 'optionalTexts' },
  },
  bars: { value: 'text', groupBy: 'optional', order: 'optional', chosen: 'optional' },
  histogram: { value: 'text', of: 'optional', scale: 'optional', chosen: 'range' },
  parallel: { axes: 'texts', value: 'text', order: 'optionalTexts', views: 'views' },
  importance: { value: 'text' },
  confusion: { key: 'text', by: 'optional', step: 'step' },
  images: { key: 'text', step: 'step' },
};

/** Reads what somebody kept or shared; undefined where it is no chart. What is not known is left out. */
export function parseChartSpec(value: unknown): ChartSpec | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  // SAFETY: any object can be read by name; each field is checked below.
  const given = value as Readonly<Record<string, unknown>>;
  const { kind } = given;
  if (typeof kind !== 'string' || !Object.hasOwn(fields, kind)) return undefined;
  const read: Record<string, unknown> = { kind };
  // SAFETY: it is one of the table's own names.
  for (const [name, type] of Object.entries<Field>({
    ...fields[kind as ChartKind],
    title: 'optional',
  })) {
    const field = readers[type](Object.hasOwn(given, name) ? given[name] : undefined);
    if (field !== undefined) read[name] = field;
    else if (type === 'text' || type === 'texts') return undefined;
  }
  // SAFETY: every field of its kind has been checked by the table.
  return read as unknown as ChartSpec;
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readTexts(value: unknown): readonly string[] | undefined {
  const isTexts = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return isTexts ? value : undefined;
}

function readStep(value: unknown): ShownStep | undefined {
  return value === 'none' || isFiniteNumber(value) ? value : undefined;
}

function readRange(value: unknown): { from: number; to: number } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  // SAFETY: any object can be read by name; both are checked here.
  const { from, to } = value as Readonly<Record<string, unknown>>;
  return isFiniteNumber(from) && isFiniteNumber(to) ? { from, to } : undefined;
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
