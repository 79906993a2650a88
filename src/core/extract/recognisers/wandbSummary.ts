import type { Finding, Reading, Recogniser } from '../finding';
import { classifyKey, contextOfKey } from '../keyFacts';
import { parseNumber } from '../numberText';
import { stepRank } from '../vocabulary';

const HEADING = /^\s*Run summary:\s*$/;
const ROW = /^\s*(\S+)\s+(\S.*)$/;
const MAX_ROWS = 500;

/**
 * What W&B prints when a run ends (wandb/sdk/wandb_run.py `_footer_history_summary_info`): the last
 * value of all that the program logged, sorted by name, so that the epoch may stand below what it is
 * of.
 */
export function createWandbSummaryRecogniser(): Recogniser {
  let rows: [string, number][] | undefined;

  function take(): Finding | undefined {
    const block = rows ?? [];
    rows = undefined;
    const last = (isPlace: (key: string) => boolean): number | undefined =>
      block.find(([key]) => isPlace(key))?.[1];
    const readings = block.flatMap(([key, value]): Reading[] => {
      const kind = classifyKey(key);
      const isLogged = kind === 'metric' || kind === 'byproduct' || kind === 'unknown';
      if (!isLogged || key.startsWith('_')) return [];
      return [{ key, value, context: contextOfKey(key), certainty: 'sure' }];
    });
    if (readings.length === 0) return undefined;
    return {
      readings,
      step: last((key) => stepRank(key.slice(key.lastIndexOf('/') + 1)) > 0),
      epoch: last((key) => classifyKey(key) === 'epoch'),
      isFinal: true,
    };
  }

  return {
    name: 'wandb-summary',
    needs: 0,
    isOpen: () => rows !== undefined,
    recognise(line): Finding | undefined {
      if (rows === undefined) {
        if (!line.includes('Run summary') || !HEADING.test(line)) return undefined;
        rows = [];
        return { readings: [] };
      }
      const row = ROW.exec(line);
      if (row === null || rows.length >= MAX_ROWS) return take() ?? { readings: [] };
      const value = parseNumber((row[2] ?? '').trim());
      if (value !== undefined) rows.push([row[1] ?? '', value]);
      return { readings: [] };
    },
    end: take,
  };
}
