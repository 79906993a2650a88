import { isNeverTraining } from '../command/isNeverTraining';
import { parseCommand } from '../command/parseCommand';
import { createScreen } from '../terminal/screen';
import type { ExtractedMetric, Extraction } from './extraction';

export type { ExtractedMetric, ExtractedParam, Extraction } from './extraction';

/** Finds metrics, params and artifacts in what a program prints, while it prints. */
export interface Extractor {
  /** Takes decoded terminal text, cut anywhere; gives what became final through it. */
  push(text: string): Extraction;
  /** Gives what only the end makes final, such as the last frame of a bar. */
  end(): Extraction;
}

const PAIR =
  /(?:^|[\s,|])([A-Za-z][\w/-]*(?:loss|acc|accuracy|rmse|auc|score))\s*[=:]\s*(-?\d+(?:\.\d+)?)/gi;

/** Output is read without a command too; with one, output of what never trains gives nothing. */
export function createExtractor(options: { readonly command?: string } = {}): Extractor {
  const never = options.command !== undefined && isNeverTraining(parseCommand(options.command));
  let metrics: ExtractedMetric[] = [];
  const screen = createScreen({
    line(text) {
      if (never) return;
      for (const [, key = '', value = ''] of text.matchAll(PAIR)) {
        metrics.push({ key, value: Number(value) });
      }
    },
    frame: () => undefined,
  });
  const take = (): Extraction => {
    const extraction = { metrics, live: [], params: [], artifacts: [] };
    metrics = [];
    return extraction;
  };
  return {
    push(text) {
      screen.push(text);
      return take();
    },
    end() {
      screen.end();
      return take();
    },
  };
}
