import type { Finding, Reading, Recogniser } from '../finding';
import { classifyKey, contextOfKey } from '../keyFacts';
import { sign } from '../lineSigns';
import { parseNumber } from '../numberText';
import type { DataSide } from '../vocabulary';

const RULE = /\s*\|\s*/;

/**
 * AllenNLP's table of an epoch (allennlp/training/callbacks/console_logger.py): the columns are
 * `Training |  Validation`, each row is `accuracy | 0.812 | 0.745`.
 */
export function createSideColumnsRecogniser(): Recogniser {
  let sides: readonly DataSide[] = [];

  return {
    name: 'side-columns',
    needs: sign.rule,
    isOpen: () => sides.length > 0,
    recognise(line, { signs }): Finding | undefined {
      const mayHead = (signs & sign.side) !== 0 && (signs & sign.digit) === 0;
      if (sides.length === 0 && !mayHead) return undefined;
      const cells = line.trim().split(RULE);
      const named = cells.map((cell) =>
        /^[A-Za-z]+$/.test(cell) ? contextOfKey(cell) : undefined,
      );
      if (named.length > 1 && named.every((side) => side !== undefined)) {
        sides = named;
        return { readings: [] };
      }
      if (sides.length === 0) return undefined;
      const [key = '', ...values] = cells;
      if (values.length !== sides.length || key === '') {
        sides = [];
        return undefined;
      }
      const kind = classifyKey(key);
      if (kind !== 'metric' && kind !== 'unknown') return { readings: [] };
      const readings = values.flatMap((text, place): Reading[] => {
        const value = parseNumber(text);
        return value === undefined
          ? []
          : [{ key, value, context: sides[place], certainty: 'sure' }];
      });
      return { readings };
    },
  };
}
