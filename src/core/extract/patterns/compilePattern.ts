import { RE2JS } from 're2js';
import { errorMessage, UserError } from '../../userError';
import { parseWrappedNumber } from '../numberText';
import type { MetricPattern } from './metricPattern';

/** A part of a line, from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One metric that a pattern names in a line. */
export interface PatternMatch {
  readonly key: string;
  readonly context: MetricPattern['context'];
  /** Undefined where what stands there is no number. */
  readonly value: number | undefined;
  readonly valueAt: Span;
  readonly step: number | undefined;
  readonly stepAt: Span | undefined;
  readonly epoch: number | undefined;
  readonly epochAt: Span | undefined;
}

export interface CompiledPattern {
  /** All that it names in a line, from left to right; empty for most lines, at little cost. */
  match(line: string): readonly PatternMatch[];
}

/**
 * What `{number}` stands for: a whole or decimal number, with thousands separated, an exponent, or
 * the names that programs give to what is no number.
 */
const NUMBER =
  '(?:[-+]?(?:\\d+(?:,\\d{3})*(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+|[dD][-+]\\d+)?|[-+]?(?i:nan|inf(?:inity)?))';

// With re2js the time of a match grows with the product of both.
const MAX_PROGRAM_SIZE = 2_000;
const MAX_LINE_CHARS = 4_096;
const MAX_MATCHES = 64;
const PLACES: ReadonlySet<string> = new Set(['value', 'key', 'step', 'epoch']);
const NO_MATCHES: readonly PatternMatch[] = [];

/** Throws a `UserError` with the reason if it cannot be used. Matching takes linear time (RE2). */
export function compilePattern({ name, pattern, context }: MetricPattern): CompiledPattern {
  const expression = compile(pattern);
  const groups = Object.keys(expression.namedGroups());
  const metrics = groups.filter((group) => !PLACES.has(group));
  if (groups.includes('value')) {
    if (name === undefined && !groups.includes('key')) {
      throw new UserError('it has no "name" for its group "value"');
    }
  } else if (metrics.length === 0) {
    throw new UserError('it names no number: write (?<value>{number}) where the number stands');
  }

  return {
    match(whole) {
      const line = whole.length > MAX_LINE_CHARS ? whole.slice(0, MAX_LINE_CHARS) : whole;
      if (!expression.test(line)) return NO_MATCHES;
      const matches: PatternMatch[] = [];
      const matcher = expression.matcher(line);
      const spanOf = (group: string): Span | undefined => {
        if (!groups.includes(group)) return undefined;
        const start = matcher.start(group);
        return start < 0 ? undefined : { start, end: matcher.end(group) };
      };
      while (matches.length < MAX_MATCHES && matcher.find()) {
        const stepAt = spanOf('step');
        const epochAt = spanOf('epoch');
        const place = {
          context,
          step: numberAt(line, stepAt),
          stepAt,
          epoch: numberAt(line, epochAt),
          epochAt,
        };
        const add = (key: string | undefined, valueAt: Span | undefined) => {
          if (key === undefined || key === '' || valueAt === undefined) return;
          matches.push({ key, value: numberAt(line, valueAt), valueAt, ...place });
        };
        const keyAt = spanOf('key');
        const said = keyAt && line.slice(keyAt.start, keyAt.end).trim();
        add(said === undefined || said === '' ? name : said, spanOf('value'));
        for (const group of metrics) add(group, spanOf(group));
      }
      return matches;
    },
  };
}

function compile(pattern: string): RE2JS {
  let expression: RE2JS;
  try {
    expression = RE2JS.compile(expandNumbers(pattern));
  } catch (error) {
    // The expanded pattern that the message ends with is not what the user wrote.
    const reason = errorMessage(error).replace(/^error parsing regexp: /, '');
    throw new UserError(reason.replaceAll(NUMBER, '{number}'));
  }
  if (expression.programSize() > MAX_PROGRAM_SIZE) {
    throw new UserError('it is too large: use fewer repetitions and alternatives');
  }
  return expression;
}

/** An escaped brace stays one. */
function expandNumbers(pattern: string): string {
  return pattern.replace(/\\[\s\S]|\{number\}/g, (part) => (part === '{number}' ? NUMBER : part));
}

function numberAt(line: string, span: Span | undefined): number | undefined {
  return span && parseWrappedNumber(line.slice(span.start, span.end));
}
