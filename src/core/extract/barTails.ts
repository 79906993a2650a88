import { scanFields } from './fields';
import { parseProgressBar } from './progressBar';

/**
 * Lightning shows the final values of an epoch in the first frame of the next one, before any batch of
 * that is done: what the bar of the epoch said last, newer values of what it had, and more. Gives that
 * tail where the frame of the new epoch is one; values that all begin anew are the new epoch's.
 */
export function closesEpoch(last: string, first: string): string | undefined {
  const tail = parseProgressBar(first)?.tail ?? '';
  const next = valuesOf(tail);
  const before = valuesOf(parseProgressBar(last)?.tail ?? '');
  let same = 0;
  for (const [key, value] of before) {
    if (!next.has(key)) return undefined;
    if (next.get(key) === value) same++;
  }
  return same > 0 ? tail : undefined;
}

/** Whether a line has a value for all that a bar has values for. */
export function saysAll(line: string, bar: string): boolean {
  const named = valuesOf(parseProgressBar(bar)?.tail ?? '');
  if (named.size === 0) return false;
  const said = valuesOf(line);
  return [...named.keys()].every((key) => said.has(key));
}

function valuesOf(tail: string): ReadonlyMap<string, number> {
  const named = scanFields(tail).fields.filter(({ key, unit }) => key !== '' && unit === '');
  return new Map(named.map(({ key, value }) => [key, value]));
}

/** A bar with another tail than its own. */
export function withTail(bar: string, tail: string): string {
  const own = parseProgressBar(bar)?.tail ?? '';
  const at = bar.lastIndexOf(own);
  return bar.slice(0, at) + tail + bar.slice(at + own.length);
}
