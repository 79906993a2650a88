import type { Finding, Reading, Recogniser } from '../finding';
import { sign } from '../lineSigns';
import { parseNumber, parseWrappedNumber } from '../numberText';

// XGBoost `[10]\ttrain-rmse:0.5`, LightGBM `[10]\tvalid_0's l2: 0.5`, CatBoost `10:\tlearn: 0.5`,
// and their cross-validation forms with a deviation behind the value.
const ROUND = /^(?:\[(\d+)\]|(\d+):)[ \t]+(?=\S)/;
const CELL = /^(.*?[^\s:]):\s*(\S.*)$/;
// CatBoost's columns that are no series of their own.
const NOT_A_SERIES = /^(?:best|total|remaining|time|eta)$/i;

/** The evaluation lines of gradient boosting libraries: a round, then cells `name:value` by tabs. */
// CatBoost's last word: `bestTest = 0.27` (a value), `bestIteration = 980` (a place).
const BEST = /^(best(?:Test|Train|Learn)\w*) = (\S+)$/;

export const boosting: Recogniser = {
  name: 'boosting',
  needs: sign.digit,
  recognise(line): Finding | undefined {
    const best = line.startsWith('best') ? BEST.exec(line) : null;
    const bestValue = best === null ? undefined : parseNumber(best[2] ?? '');
    if (bestValue !== undefined) {
      return {
        readings: [{ key: best?.[1] ?? '', value: bestValue, certainty: 'sure' }],
        isFinal: true,
      };
    }
    const round = ROUND.exec(line);
    if (round === null) return undefined;
    const rest = line.slice(round[0].length);
    const cells = rest.includes('\t') ? rest.split('\t') : rest.split(/\s{2,}|(?<=:\S+) (?=\S+:)/);
    const readings: Reading[] = [];
    for (const cell of cells) {
      const parts = CELL.exec(cell.trim());
      if (parts === null) return undefined;
      const key = (parts[1] ?? '').trim();
      if (NOT_A_SERIES.test(key)) continue;
      const text = (parts[2] ?? '').trim();
      const value = parseNumber(text) ?? parseWrappedNumber(text);
      if (value === undefined) continue;
      readings.push({ key, value, certainty: 'sure' });
    }
    if (readings.length === 0) return undefined;
    return { readings, step: Number(round[1] ?? round[2]) };
  },
};
