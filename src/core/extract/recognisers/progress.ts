import { scanFields } from '../fields';
import type { Finding, Recogniser } from '../finding';
import { sign } from '../lineSigns';
import { parseProgressBar } from '../progressBar';
import { positionOfFields, readField } from '../readFields';
import { contextOfText } from '../vocabulary';

/**
 * Progress bars: tqdm's postfix and description, Keras of every age, and bars that programs draw by
 * themselves. The tracker has already chosen the frame that counts.
 *
 * Keras names an epoch once, in a line above its bar. A second bar below the same line is no part of
 * that epoch: it is an evaluation, or a prediction.
 */
export function createProgressRecogniser(): Recogniser {
  let barOfEpoch: { readonly epoch: number; readonly total: number } | undefined;

  return {
    name: 'progress',
    needs: sign.bar,
    recognise(line, context): Finding | undefined {
      const bar = parseProgressBar(line);
      if (bar === undefined) return undefined;
      const head = scanFields(bar.head).fields;
      const position = positionOfFields(head, bar.head, context.signs);
      const tail = scanFields(bar.tail.replace(/^[,\s]+/, '').replaceAll(' - ', ' | ')).fields;
      const inTail = positionOfFields(tail, '', 0);
      const epoch = position.epoch ?? inTail.epoch;
      const side = contextOfText(bar.head);
      const second = epoch === undefined ? secondOf(bar.total, context.epoch) : false;
      const after = second ? 'test' : undefined;
      const readings = [...head, ...tail].flatMap((field) => {
        const reading = readField(field, {
          positioned: true,
          vouched: bar.kind === 'keras' && !/^(?:ETA|\w*cost)$/i.test(field.key),
          context: side ?? after,
        });
        return reading === undefined ? [] : [reading];
      });
      if (readings.length === 0) return { readings };
      if (second && bar.kind === 'keras') return { readings, isFinal: true };
      const step = inTail.step ?? position.step ?? (bar.kind === 'tqdm' ? bar.done : undefined);
      const placed =
        epoch ?? (context.epoch !== undefined && bar.kind !== 'tqdm' ? context.epoch : undefined);
      if (/^\W*epochs?\W*$/i.test(bar.head)) return { readings, epoch: bar.done };
      if (placed !== undefined) return { readings, epoch: placed };
      return { readings, step };
    },
  };

  function secondOf(total: number, epoch: number | undefined): boolean {
    if (epoch === undefined) return false;
    if (barOfEpoch?.epoch === epoch) return true;
    barOfEpoch = { epoch, total };
    return false;
  }
}
