import type { Finding, Recogniser } from '../finding';
import { sign } from '../lineSigns';
import { parseNumber } from '../numberText';

// sklearn/model_selection/_validation.py `_fit_and_score`: `[CV 1/3] END ...C=1, kernel=rbf;, score=0.9
// total time= 0.0s`, several scores as `accuracy: (train=0.9, test=0.8) f1: (test=0.7)`.
const FOLD = /^\[CV(?: (\d+)\/\d+)?(?:; \d+\/\d+)?\]\s*END\b/;
const SCORE = /(?:^|[,;]\s*|\s)(\w+)[=:]\s*\(?(?:train=[^,)]*,\s*)?(?:test=)?([-+\d.eE]+|nan)\)?/g;

/** The folds of scikit-learn's searches. What stands before `;,` are the fold's params, no metrics. */
export const gridSearch: Recogniser = {
  name: 'grid-search',
  needs: sign.bracket,
  recognise(line): Finding | undefined {
    if (!line.startsWith('[CV')) return undefined;
    if (/^\[CV[^\]]*\]\s*START\b/.test(line)) return { readings: [] };
    if (!FOLD.test(line)) return undefined;
    const end = line.search(/total time=/);
    const from = line.lastIndexOf(';,');
    const text = line.slice(
      from === -1 ? line.indexOf('END') + 3 : from + 2,
      end === -1 ? undefined : end,
    );
    const readings = [...text.matchAll(SCORE)].flatMap(([, key = '', number = '']) => {
      const value = parseNumber(number);
      return value === undefined
        ? []
        : [{ key, value, context: 'val', certainty: 'sure' as const }];
    });
    return { readings, isFinal: true };
  },
};
