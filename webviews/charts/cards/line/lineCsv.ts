import { csvText } from '../../../../src/core/format/csvText';
import { formatIsoTime } from '../../../../src/core/format/formatTime';
import type { SeriesPart } from '../../../../src/core/series/seriesBatch';
import type { RunLine } from './useLines';

/** A row for each point: run, name, metric, step, time (ISO 8601), value, as exact as JavaScript writes them. */
export function lineCsv(
  lines: readonly Omit<RunLine, 'series'>[],
  series: readonly SeriesPart[],
): string[] {
  const parts = ['run_id,run,metric,step,time,value\n'];
  for (const [at, { run, key }] of lines.entries()) {
    const one = series[at];
    if (one === undefined) continue;
    const start = `${csvText(run.runId)},${csvText(run.name)},${csvText(key)},`;
    let text = '';
    for (let index = 0; index < one.values.length; index++) {
      const step = one.steps[index] as number;
      const time = formatIsoTime(one.timesMs[index] as number);
      text += `${start}${Number.isNaN(step) ? '' : step},${time},${one.values[index]}\n`;
    }
    parts.push(text);
  }
  return parts;
}
