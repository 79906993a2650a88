import type { PatternMatch, Span } from '../extract/patterns/compilePattern';

/** One line of a log for who looks at it. */
export interface LogLine {
  /** From 0. */
  readonly line: number;
  /** At most `maxShownChars` of it. */
  readonly text: string;
  readonly isCut: boolean;
  /** What a pattern finds in it, from left to right; none over another. */
  readonly marks: readonly Mark[];
}

export interface Mark extends Span {
  readonly role: 'value' | 'step' | 'epoch';
  /** Of a value: the metric that it is one of. */
  readonly key?: string;
}

/** A longer line is a dump, of which nobody reads more. */
export const maxShownChars = 2_000;

export function toLogLine(line: number, text: string, matches: readonly PatternMatch[]): LogLine {
  const isCut = text.length > maxShownChars;
  return {
    line,
    text: isCut ? text.slice(0, maxShownChars) : text,
    isCut,
    marks: matches.length === 0 ? noMarks : marksOf(matches),
  };
}

const noMarks: readonly Mark[] = [];

function marksOf(matches: readonly PatternMatch[]): readonly Mark[] {
  const marks: Mark[] = [];
  const add = (mark: Mark) => {
    const isOver = marks.some(({ start, end }) => start < mark.end && mark.start < end);
    if (!isOver && mark.end <= maxShownChars) marks.push(mark);
  };
  for (const { key, valueAt } of matches) add({ ...valueAt, role: 'value', key });
  for (const { stepAt, epochAt } of matches) {
    if (stepAt !== undefined) add({ ...stepAt, role: 'step' });
    if (epochAt !== undefined) add({ ...epochAt, role: 'epoch' });
  }
  return marks.sort((a, b) => a.start - b.start);
}
