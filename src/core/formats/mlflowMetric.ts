import type { ExtractedMetric } from '../extract/extraction';
import { timeMs } from './columnKinds';
import type { FormatDecoder } from './formatReading';
import { createUtf8Decoder } from './utf8Text';

/** A metric of MLflow's file store, `mlruns/EXPERIMENT/RUN/metrics/KEY`: `TIME_MS VALUE STEP` a line. */
export function createMlflowMetricDecoder(key: string): FormatDecoder {
  const decoder = createUtf8Decoder();
  let carried = '';
  const take = (text: string) => ({
    metrics: text.split('\n').flatMap((line) => readLine(key, line) ?? []),
    params: [],
    notes: [],
  });
  return {
    push(bytes) {
      const text = carried + decoder.decode(bytes, { stream: true });
      const end = text.lastIndexOf('\n') + 1;
      carried = text.length - end > 1_000 ? '' : text.slice(end);
      return take(text.slice(0, end));
    },
    end: () => take(carried),
  };
}

function readLine(key: string, line: string): ExtractedMetric | undefined {
  const match = /^(\d{10,13}) (-?(?:[\d.]+(?:e[+-]?\d+)?|nan|inf)) (-?\d+)\s*$/i.exec(line);
  if (match === null) return undefined;
  const [, time, value = '', step] = match;
  const atMs = timeMs(Number(time));
  return {
    key,
    value: Number(value.replace(/nan/i, 'NaN').replace(/inf/i, 'Infinity')),
    step: Number(step),
    ...(atMs !== undefined && { atMs }),
  };
}
