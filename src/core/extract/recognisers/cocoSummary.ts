import type { Finding, Recogniser } from '../finding';
import { sign } from '../lineSigns';
import { parseNumber } from '../numberText';

// pycocotools/cocoeval.py `summarize`: ` Average Precision  (AP) @[ IoU=0.50:0.95 | area= all | … ] = 0.27`.
const SUMMARY = /^\s*Average (?:Precision|Recall)\s+\((A[PR])\) @\[([^\]]*)\]\s*=\s*(\S+)/;

/** The twelve lines of a COCO evaluation; the conditions keep them apart, so they belong to the key. */
export const cocoSummary: Recogniser = {
  name: 'coco',
  needs: sign.average | sign.bracket,
  recognise(line): Finding | undefined {
    const match = SUMMARY.exec(line);
    const value = match === null ? undefined : parseNumber(match[3] ?? '');
    if (match === null || value === undefined) return undefined;
    const key = `${match[1]}@[${(match[2] ?? '').replace(/\s+/g, '')}]`;
    // pycocotools prints -1 where there was nothing to average.
    const readings = value < 0 ? [] : [{ key, value, context: 'val', certainty: 'sure' as const }];
    return { readings };
  },
};
