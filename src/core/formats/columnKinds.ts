import { keyFacts } from '../extract/keyFacts';

/** What a column or field of a metric log holds. */
export type ColumnKind =
  | { readonly kind: 'step'; readonly rank: number }
  | { readonly kind: 'epoch' }
  /** When it was. */
  | { readonly kind: 'time' }
  | { readonly kind: 'metric' }
  | { readonly kind: 'other' };

const timeKey = /^_?(?:timestamp|wall_?time|time_?stamp)$/i;

/** Reads off a name what is logged under it. Whatever is logged step by step is a metric, unless it is a count or a time. */
export function columnKind(name: string): ColumnKind {
  if (timeKey.test(name)) return { kind: 'time' };
  const { kind, stepRank } = keyFacts(name.replace(/^(?:trainer|time|_)\/?/, ''));
  if (kind === 'epoch') return { kind: 'epoch' };
  if (kind === 'step') return { kind: 'step', rank: stepRank };
  if (kind === 'measure' || name.startsWith('_') || name === '') return { kind: 'other' };
  return { kind: 'metric' };
}

/** A time as programs write it, in seconds or milliseconds since 1970; undefined if it is none. */
export function timeMs(value: number): number | undefined {
  if (value > 1e9 && value < 1e10) return value * 1000;
  return value > 1e12 && value < 1e13 ? value : undefined;
}
