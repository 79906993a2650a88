import type { Finding, Recogniser } from '../finding';
import { parseNumber } from '../numberText';

// vowpalwabbit/core/src/sd.cc and global_data.cc: two heading lines, then a row a doubling of examples.
const HEADING = /^average\s+since\s+example\s+example\s+current/;
const SUBHEADING = /^loss\s+last\s+counter\s+weight/;
const ROW = /^(\S+)\s+(\S+)\s+(\d+)\s+[\d.]+\s+\S+\s+\S+/;

/** Vowpal Wabbit's progress table: the loss over all examples and over the last ones, by example. */
export function createVowpalWabbitRecogniser(): Recogniser {
  let isOpen = false;

  return {
    name: 'vowpal-wabbit',
    needs: 0,
    isOpen: () => isOpen,
    recognise(line): Finding | undefined {
      if (HEADING.test(line)) {
        isOpen = true;
        return { readings: [] };
      }
      if (!isOpen) return undefined;
      if (SUBHEADING.test(line)) return { readings: [] };
      const row = ROW.exec(line);
      const average = parseNumber(row?.[1] ?? '');
      const last = parseNumber(row?.[2] ?? '');
      isOpen = average !== undefined && last !== undefined;
      if (row === null || average === undefined || last === undefined) return undefined;
      return {
        readings: [
          { key: 'average loss', value: average, certainty: 'sure' },
          { key: 'since last loss', value: last, certainty: 'sure' },
        ],
        step: Number(row[3]),
      };
    },
  };
}
