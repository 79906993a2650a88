import { codeAt, isBlank } from '../charKinds';
import type { Finding, Recogniser } from '../finding';

// CPython's `traceback` module, and rich's, which draws a box around it.
const HEAD = /^(?:\W*)Traceback \(most recent call last\)/;
const BOX_END = /^\s*╰─/;
const LONGEST_HEAD_CHARS = 200;
const NOTHING: Finding = { readings: [] };

/**
 * A traceback shows source, whose arguments look like metrics: `train(epoch=25, lr=0.5)`. It ends with
 * the line of its error, the first that is not indented.
 */
export function createTracebackRecogniser(): Recogniser {
  let kind: 'none' | 'plain' | 'boxed' = 'none';

  return {
    name: 'traceback',
    needs: 0,
    isOpen: () => kind !== 'none',
    recognise(line): Finding | undefined {
      if (kind === 'none') {
        if (line.length > LONGEST_HEAD_CHARS || !line.includes('Traceback (')) return undefined;
        if (!HEAD.test(line)) return undefined;
        kind = line.includes('─') ? 'boxed' : 'plain';
        return NOTHING;
      }
      const isLast = kind === 'boxed' ? BOX_END.test(line) : !isBlank(codeAt(line, 0));
      if (isLast) kind = 'none';
      return NOTHING;
    },
  };
}
