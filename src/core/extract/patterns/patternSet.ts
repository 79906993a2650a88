import { errorMessage } from '../../userError';
import { type CompiledPattern, compilePattern, type PatternMatch } from './compilePattern';
import type { MetricPattern } from './metricPattern';

/** The patterns of a user, tried in their order. */
export interface PatternSet {
  /** What they name in a line; of two that name the same number the first wins. */
  match(line: string): readonly PatternMatch[];
}

/** Undefined if none of the patterns can be used. */
export function createPatternSet(patterns: readonly MetricPattern[]): PatternSet | undefined {
  const compiled = patterns.flatMap((pattern): readonly CompiledPattern[] => {
    try {
      return [compilePattern(pattern)];
    } catch {
      // `objectionTo` says why.
      return [];
    }
  });
  if (compiled.length === 0) return undefined;
  return {
    match(line) {
      let found: PatternMatch[] | undefined;
      for (const pattern of compiled) {
        for (const match of pattern.match(line)) {
          found ??= [];
          const { start } = match.valueAt;
          if (!found.some(({ valueAt }) => valueAt.start === start)) found.push(match);
        }
      }
      return found ?? NO_MATCHES;
    },
  };
}

const NO_MATCHES: readonly PatternMatch[] = [];

/** Compiles the same patterns once, as every command of a window has the same ones. */
export function createPatternSets(): (
  patterns: readonly MetricPattern[] | undefined,
) => PatternSet | undefined {
  let lastKey = '[]';
  let last: PatternSet | undefined;
  return (patterns = []) => {
    const key = JSON.stringify(patterns);
    if (key !== lastKey) last = createPatternSet(patterns);
    lastKey = key;
    return last;
  };
}

/** Why a pattern cannot be used. */
export function objectionTo(pattern: MetricPattern): string | undefined {
  try {
    compilePattern(pattern);
    return undefined;
  } catch (error) {
    return errorMessage(error);
  }
}
