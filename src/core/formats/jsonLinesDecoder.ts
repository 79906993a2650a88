import type { ExtractedMetric } from '../extract/extraction';
import type { FormatDecoder, FormatReading } from './formatReading';
import { parseJson, readRecord } from './jsonRecord';
import { createUtf8Decoder } from './utf8Text';

/** A longer line is none of a metric log. */
const maxLineChars = 256 * 1024;
/** A file whose first lines are none has none. */
const maxLeadingMisses = 20;

/**
 * Reads a log of one JSON object a line, each with its step, iteration or epoch: Detectron2's
 * `metrics.json`, MMEngine's `scalars.json`, DETR's and DeiT's `log.txt`, Stable-Baselines3's
 * `progress.json`, RLlib's `result.json`, LLaMA-Factory's `trainer_log.jsonl` and relatives. Lines
 * that are none are passed over.
 */
export function createJsonLinesDecoder(): FormatDecoder {
  const decoder = createUtf8Decoder();
  let carried = '';
  let misses = 0;
  let hits = 0;

  function take(text: string): FormatReading {
    const metrics: ExtractedMetric[] = [];
    for (const line of text.split('\n')) {
      if (line.trim() === '' || isRefused()) continue;
      const found = readLine(line);
      metrics.push(...found);
      if (found.length > 0) hits++;
      else misses++;
    }
    return { metrics, params: [], notes: [] };
  }

  const isRefused = () => hits === 0 && misses >= maxLeadingMisses;

  return {
    push(bytes) {
      const text = carried + decoder.decode(bytes, { stream: true });
      const end = text.lastIndexOf('\n') + 1;
      carried = text.slice(end);
      if (carried.length > maxLineChars || isRefused()) {
        carried = '';
        misses++;
      }
      return take(text.slice(0, end));
    },
    end() {
      const rest = carried + decoder.decode();
      carried = '';
      return take(rest);
    },
  };
}

function readLine(line: string): readonly ExtractedMetric[] {
  const text = line.trim();
  if (!text.startsWith('{') || text.length > maxLineChars) return [];
  try {
    return readRecord(parseJson(text));
  } catch {
    return [];
  }
}
