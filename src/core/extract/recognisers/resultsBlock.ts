import { scanFields } from '../fields';
import type { Finding, Reading, Recogniser } from '../finding';
import { classifyKey, contextOfKey } from '../keyFacts';
import { EVERY_SIGN, sign } from '../lineSigns';
import { parseWrappedNumber } from '../numberText';
import { positionOfFields } from '../readFields';
import { contextOfText, stepRank } from '../vocabulary';

const HEADER =
  /^\W{0,2}\*{3,}\s*(.*?(?:result|metric|eval|test|predict|valid|perplexity).*?)\s*\*{3,}\s*$/i;
const ENTRY = /^\s*([A-Za-z_][\w./@ -]*?)\s*[=:]\s*(\S+)\s*$/;
const LONGEST_HEADING_CHARS = 200;
const MAX_ENTRIES = 500;
/**
 * `***** Eval results *****` and the `key = value` lines below it (BERT, Hugging Face examples,
 * DeepSpeed-Chat). The step or epoch may stand in the heading or in any line of the block.
 */
export function createResultsBlockRecogniser(): Recogniser {
  let open: { readonly heading: string; readonly entries: [string, number][] } | undefined;

  function take(): Finding | undefined {
    const block = open;
    open = undefined;
    if (block === undefined) return undefined;
    let { step, epoch } = positionOfFields(
      scanFields(block.heading).fields,
      block.heading,
      EVERY_SIGN,
    );
    for (const [key, value] of block.entries) {
      if (classifyKey(key) === 'epoch') epoch = value;
      else if (stepRank(key) > 0) step = value;
    }
    const side = contextOfText(block.heading);
    const readings = block.entries.flatMap(([key, value]): Reading[] => {
      const kind = classifyKey(key);
      const context = contextOfKey(key) ?? side;
      if (kind !== 'metric') return [];
      return [{ key, value, context, certainty: 'sure' }];
    });
    if (readings.length === 0) return undefined;
    return { readings, step, epoch, isFinal: true };
  }

  return {
    name: 'results-block',
    needs: 0,
    recognise(line, { signs }): Finding | undefined {
      const mayHead = (signs & sign.star) !== 0 && line.length <= LONGEST_HEADING_CHARS;
      const heading = mayHead ? HEADER.exec(line) : null;
      if (heading !== null) {
        const before = take();
        open = { heading: heading[1] ?? '', entries: [] };
        return before ?? { readings: [] };
      }
      if (open === undefined) return undefined;
      const entry = ENTRY.exec(line);
      if (entry === null || open.entries.length >= MAX_ENTRIES) return take();
      const value = parseWrappedNumber(entry[2] ?? '');
      if (value !== undefined) open.entries.push([entry[1] ?? '', value]);
      return { readings: [] };
    },
    isOpen: () => open !== undefined,
    end: take,
  };
}
