import type { ExtractedMetric } from '../extract/extraction';
import { columnKind, timeMs } from './columnKinds';

/** Deeper or wider than this is no record of metrics. */
const maxDepth = 4;
const maxFields = 2_000;

const sides: ReadonlyMap<unknown, string> = new Map([
  ['train', 'train'],
  ['val', 'val'],
  ['valid', 'val'],
  ['eval', 'val'],
  ['test', 'test'],
]);

/**
 * The metrics of one JSON object that says its step, iteration or epoch: each field with a number,
 * those of inner objects named `outer/inner`. A field `mode` or `split` says the side of the data.
 *
 * @returns nothing of an object that does not say where it belongs, unless `isSummary`.
 */
export function readRecord(record: unknown, isSummary = false): readonly ExtractedMetric[] {
  if (!isObject(record)) return [];
  const place: { step?: number; epoch?: number; atMs?: number } = {};
  let stepRank = 0;
  for (const [name, value] of Object.entries(record)) {
    if (typeof value !== 'number') continue;
    const is = columnKind(name);
    if (is.kind === 'epoch') place.epoch = value;
    else if (is.kind === 'step' && is.rank > stepRank) {
      place.step = value;
      stepRank = is.rank;
    } else if (is.kind === 'time') {
      const atMs = timeMs(value);
      if (atMs !== undefined) place.atMs = atMs;
    }
  }
  if (!isSummary && place.step === undefined && place.epoch === undefined) return [];
  const side = sides.get(record.mode ?? record.split ?? record.phase);
  const metrics: ExtractedMetric[] = [];
  const read = (fields: Readonly<Record<string, unknown>>, prefix: string, depth: number): void => {
    for (const [name, value] of Object.entries(fields)) {
      if (metrics.length >= maxFields) return;
      const key = prefix === '' ? name : `${prefix}/${name}`;
      if (isObject(value) && depth < maxDepth) read(value, key, depth + 1);
      const number = asNumber(value);
      if (number === undefined || columnKind(name).kind !== 'metric') continue;
      metrics.push({ key, value: number, ...place, ...(side !== undefined && { context: side }) });
    }
  };
  read(record, '', 1);
  return metrics;
}

/** Python's `json` writes what JSON has no word for as a bare one, which `parseJson` makes a text of. */
function asNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (value === 'NaN') return Number.NaN;
  if (value === 'Infinity') return Number.POSITIVE_INFINITY;
  return value === '-Infinity' ? Number.NEGATIVE_INFINITY : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const bareWord = /([:[,]\s*)(-?(?:NaN|Infinity))(?=\s*[,}\]])/g;

/** Reads JSON with Python's `NaN` and `Infinity` in it, which become texts. Throws on what is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const mended = text.replace(bareWord, '$1"$2"');
    if (mended === text) throw error;
    return JSON.parse(mended);
  }
}
