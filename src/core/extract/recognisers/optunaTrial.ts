import type { Finding, Recogniser } from '../finding';
import { sign } from '../lineSigns';
import { literalText, parseLiteral } from '../literal';
import { parseNumber } from '../numberText';

// optuna/study/_tell.py and study.py: "Trial %d finished with value: %s and parameters: %s. Best is …";
// before 2.0 "Finished trial#%d resulted in value: %s. Current best value is %s with parameters: %s."
const TRIAL = /\bTrial (\d+) finished with values?: (\[[^\]]*\]|\S+) and parameters: (?=\{)/;
const OLD_TRIAL =
  /\bFinished trial#(\d+) resulted in value: (\S+)\. Current best value is (\S+) with parameters: (?=\{)/;
const BEST = /Best is trial (\d+)/;

/** Optuna's trials: the objective as `value` by trial; the params of the best trial so far. */
export const optunaTrial: Recogniser = {
  name: 'optuna',
  needs: sign.trial | sign.brace,
  recognise(line): Finding | undefined {
    const trial = TRIAL.exec(line) ?? OLD_TRIAL.exec(line);
    if (trial === null) return undefined;
    const step = Number(trial[1]);
    const values = (trial[2] ?? '')
      .replace(/[[\]]/g, '')
      .split(',')
      .map((text) => parseNumber(text.trim()));
    const readings = values.flatMap((value, place) =>
      value === undefined
        ? []
        : [
            {
              key: values.length > 1 ? `value_${place}` : 'value',
              value,
              certainty: 'sure' as const,
            },
          ],
    );
    const best = BEST.exec(line);
    const dict = parseLiteral(line, trial.index + trial[0].length)?.value;
    const isBest =
      trial[3] === undefined ? best === null || Number(best[1]) === step : trial[2] === trial[3];
    const params =
      dict?.kind === 'dict' && isBest
        ? dict.entries.map(([key, value]) => ({
            key,
            value: literalText(value),
            origin: 'printed' as const,
          }))
        : [];
    return { readings, step, params };
  },
};
