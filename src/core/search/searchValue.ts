import { type DateSpan, resolveDate } from './searchDate';
import type { CompareOp, SearchValue } from './searchNode';
import { unitBytes, unitMs } from './searchUnits';

/** A value as what a run's are compared with: milliseconds and bytes are numbers. */
export type PlainValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'span'; readonly span: DateSpan };

export function plainValue(value: SearchValue, nowMs: number): PlainValue {
  switch (value.kind) {
    case 'text':
    case 'number':
      return value;
    case 'duration':
      return { kind: 'number', number: value.amount * unitMs[value.unit] };
    case 'size':
      return { kind: 'number', number: value.amount * unitBytes[value.unit] };
    case 'date':
      return { kind: 'span', span: resolveDate(value.date, nowMs) };
  }
}

/** Comparisons that must all hold, or, negated, must not. */
export interface SpanTest {
  readonly all: readonly { readonly op: CompareOp; readonly ms: number }[];
  readonly isNegated: boolean;
}

/**
 * A stretch of time holds all of its moments: `= yesterday` is within it, `< yesterday` before it,
 * `<= yesterday` up to its end; `>` and `>=` are both from its beginning on, as "since". Of an exact
 * moment each is what it is of numbers.
 */
export function spanTest(op: CompareOp, { fromMs, toMs, momentMs }: DateSpan): SpanTest {
  const isMoment = fromMs === toMs;
  const within: SpanTest['all'] = isMoment
    ? [{ op: '=', ms: fromMs }]
    : [
        { op: '>=', ms: fromMs },
        { op: '<', ms: toMs },
      ];
  if (op === '=' || op === '!=') return { all: within, isNegated: op === '!=' };
  if (momentMs !== undefined) return { all: [{ op, ms: momentMs }], isNegated: false };
  if (op === '<=') return { all: [{ op: '<', ms: toMs }], isNegated: false };
  return { all: [{ op: op === '<' ? '<' : '>=', ms: fromMs }], isNegated: false };
}
