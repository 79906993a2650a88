/**
 * How a user tells which number of a printed line is a metric: an entry of the setting
 * `epochlog.metrics.patterns`.
 */
export interface MetricPattern {
  /** Of the metric whose number the group `value` holds. */
  readonly name?: string;
  /**
   * An RE2 regular expression, looked for anywhere in a line; `{number}` in it stands for a number as
   * programs print it. Its named groups say what stands where: `value` (or `key`, for the name of that
   * metric as the line says it), `step`, `epoch`; a group of any other name is a metric of that name.
   */
  readonly pattern: string;
  /** The side of the data, where the name does not say it. */
  readonly context?: 'train' | 'val' | 'test';
}

/** Why an entry is left out. */
export interface PatternProblem {
  /** Place of the entry, from 0. */
  readonly index: number;
  readonly name?: string;
  readonly reason: string;
}

export interface ReadPatterns {
  readonly patterns: readonly MetricPattern[];
  readonly problems: readonly PatternProblem[];
}

export const maxPatterns = 100;
export const maxPatternChars = 1_000;
export const maxNameChars = 200;

/**
 * Reads the setting, into which a person or a workspace may have written anything.
 *
 * @param objection why a well-formed entry is left out all the same.
 */
export function readPatterns(
  setting: unknown,
  objection: (pattern: MetricPattern) => string | undefined = () => undefined,
): ReadPatterns {
  const patterns: MetricPattern[] = [];
  const problems: PatternProblem[] = [];
  const entries: readonly unknown[] = Array.isArray(setting) ? setting : [];
  for (const [index, entry] of entries.slice(0, maxPatterns).entries()) {
    const read = readEntry(entry);
    const reason = typeof read === 'string' ? read : objection(read);
    if (reason !== undefined) problems.push({ index, ...nameOf(entry), reason });
    else if (typeof read !== 'string') patterns.push(read);
  }
  if (entries.length > maxPatterns) {
    problems.push({ index: maxPatterns, reason: `only the first ${maxPatterns} entries count` });
  }
  return { patterns, problems };
}

/** @returns the reason if it is no pattern. */
function readEntry(entry: unknown): MetricPattern | string {
  if (typeof entry !== 'object' || entry === null) return 'it is no object';
  const { name, pattern, context } = fieldsOf(entry);
  if (typeof pattern !== 'string' || pattern === '') return 'it has no "pattern"';
  if (pattern.length > maxPatternChars) {
    return `its pattern has more than ${maxPatternChars} characters`;
  }
  if (name !== undefined && (typeof name !== 'string' || name.trim() === '')) {
    return 'its "name" is no text';
  }
  if (name !== undefined && name.length > maxNameChars) {
    return `its name has more than ${maxNameChars} characters`;
  }
  if (context !== undefined && !isContext(context)) {
    return 'its "context" is none of "train", "val", "test"';
  }
  return {
    ...(name === undefined ? {} : { name: name.trim() }),
    pattern,
    ...(context === undefined ? {} : { context }),
  };
}

function isContext(value: unknown): value is NonNullable<MetricPattern['context']> {
  return value === 'train' || value === 'val' || value === 'test';
}

function fieldsOf(entry: object): { readonly [field: string]: unknown } {
  return { ...entry };
}

function nameOf(entry: unknown): Pick<PatternProblem, 'name'> {
  const name = typeof entry === 'object' && entry !== null ? fieldsOf(entry).name : undefined;
  return typeof name === 'string' ? { name: name.slice(0, maxNameChars) } : {};
}
