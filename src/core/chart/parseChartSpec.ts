import type { ChartKind, ChartSpec } from './chartSpec';

type Field = 'text' | 'optional' | 'texts';

/** The fields of each kind beside `kind` and `title`. */
const fields: Readonly<Record<ChartKind, Readonly<Record<string, Field>>>> = {
  line: { metrics: 'texts' },
  scatter: {
    ...{ x: 'text', y: 'text', color: 'optional', size: 'optional' },
    ...{ xScale: 'optional', yScale: 'optional' },
  },
  bars: { value: 'text', groupBy: 'optional', order: 'optional' },
  histogram: { value: 'text', of: 'optional', scale: 'optional' },
  parallel: { axes: 'texts', value: 'text' },
  importance: { value: 'text' },
  confusion: { key: 'text', by: 'optional' },
  images: { key: 'text' },
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
  for (const [name, type] of Object.entries({ ...fields[kind as ChartKind], title: 'optional' })) {
    const field = Object.hasOwn(given, name) ? given[name] : undefined;
    if (type === 'texts') {
      if (!Array.isArray(field) || field.some((item) => typeof item !== 'string')) return undefined;
      read[name] = field;
    } else if (typeof field === 'string') read[name] = field;
    else if (type === 'text') return undefined;
  }
  // SAFETY: every field of its kind has been checked by the table.
  return read as unknown as ChartSpec;
}
