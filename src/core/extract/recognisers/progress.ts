import { scanFields } from '../fields';
import type { Finding, Recogniser } from '../finding';
import { sign } from '../lineSigns';
import { parseProgressBar } from '../progressBar';
import { positionOfFields, readField } from '../readFields';
import { contextOfText } from '../vocabulary';

// A bar whose steps are epochs: `Training epochs: 30%|`, `2.15epoch/s`.
const EPOCHS_HEAD = /^\W*epochs?\W*$|\bepochs\b/i;
const EPOCHS_RATE = /\d\s?ep(?:och)?s?\/s\b|\ds\/ep(?:och)?s?\b/;

/**
 * Progress bars: tqdm's postfix and description, Keras of every age, and bars that programs draw by
 * themselves. The tracker has already chosen the frame that counts.
 */
export const progress: Recogniser = {
  name: 'progress',
  needs: sign.bar,
  recognise(line, { signs }): Finding | undefined {
    const bar = parseProgressBar(line);
    if (bar === undefined) return undefined;
    const head = scanFields(bar.head).fields;
    const position = positionOfFields(head, bar.head, signs);
    const tail = scanFields(bar.tail.replace(/^[,\s]+/, '').replaceAll(' - ', ' | ')).fields;
    const inTail = positionOfFields(tail, '', 0);
    const epoch = position.epoch ?? inTail.epoch;
    const context = contextOfText(bar.head);
    const vouched = bar.kind === 'keras';
    const readings = [...head, ...tail].flatMap((field) => {
      const isVouched = vouched && !/^(?:ETA|\w*cost)$/i.test(field.key);
      const reading = readField(field, { positioned: true, vouched: isVouched, context });
      return reading === undefined ? [] : [reading];
    });
    const place = epoch === undefined ? { bar: bar.kind } : {};
    if (readings.length === 0) return { readings, ...place };
    const countsEpochs =
      EPOCHS_HEAD.test(bar.head) || (bar.kind === 'tqdm' && EPOCHS_RATE.test(line));
    if (epoch === undefined && countsEpochs) return { readings, epoch: bar.done, ...place };
    if (epoch !== undefined) return { readings, epoch };
    const step = inTail.step ?? position.step ?? (bar.kind === 'tqdm' ? bar.done : undefined);
    return { readings, step, ...place };
  },
};
