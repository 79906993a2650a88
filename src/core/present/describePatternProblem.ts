import type { PatternProblem } from '../extract/patterns/metricPattern';

/** Such as `metric pattern 2 (val_bleu): missing closing )`. */
export function describePatternProblem({ index, name, reason }: PatternProblem): string {
  return `metric pattern ${index + 1}${name === undefined ? '' : ` (${name})`}: ${reason}`;
}
