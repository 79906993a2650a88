import { type LineForm, MAX_FORM_CHARS } from './lineForm';
import { numberValue } from './numberText';

/**
 * Where a value comes from: a number of the line, or a word of its form such as `nan`. As long as
 * several numbers of a form have had the value in every line, each of them may be it, and a line where
 * they differ is read whole.
 */
export type ValueSource =
  | { readonly kind: 'number'; readonly places: readonly number[] }
  | { readonly kind: 'word'; readonly value: number };

/** The value that a source has in a line; `undefined` if it is not sure which number that is. */
export function valueFrom(source: ValueSource, raw: string, form: LineForm): number | undefined {
  if (source.kind === 'word') return source.value;
  const { places } = source;
  const value = valueAt(places[0] ?? 0, raw, form);
  for (let at = 1; at < places.length; at++) {
    if (!Object.is(valueAt(places[at] ?? 0, raw, form), value)) return undefined;
  }
  return value;
}

/** The number of a place with its sign, which is a part of the form. */
function valueAt(place: number, raw: string, form: LineForm): number {
  const start = form.starts[place] ?? 0;
  const value = numberValue(raw, start, form.ends[place] ?? 0);
  return raw.charCodeAt(start - 1) === 0x2d ? -value : value;
}

/** The numbers of the line that was looked at last. */
const values = new Float64Array(MAX_FORM_CHARS);

/** Looks at the numbers of a line, of which `sourceOf` asks. */
export function lookAtNumbers(raw: string, form: LineForm): void {
  for (let place = 0; place < form.count; place++) values[place] = valueAt(place, raw, form);
}

/** All numbers of the line looked at, which has so many, that a value may be. */
export function sourceOf(value: number, count: number): ValueSource | undefined {
  if (!Number.isFinite(value)) return { kind: 'word', value };
  const places: number[] = [];
  for (let place = 0; place < count; place++) {
    if (Object.is(values[place], value)) places.push(place);
  }
  return places.length === 0 ? undefined : { kind: 'number', places };
}

export function isSameKind(a: ValueSource | undefined, b: ValueSource | undefined): boolean {
  if (a?.kind === 'word' && b?.kind === 'word') return Object.is(a.value, b.value);
  return a?.kind === b?.kind;
}

/** Only the numbers that may be both. */
export function meet(
  a: ValueSource | undefined,
  b: ValueSource | undefined,
): ValueSource | undefined {
  if (a?.kind !== 'number' || b?.kind !== 'number') return b;
  return { kind: 'number', places: b.places.filter((place) => a.places.includes(place)) };
}
