import type { Span } from './findSpans';

/**
 * A file without its spans: in the place of each, a zero byte and one more than its ordinal as LEB128; a
 * zero byte of the file is two of them. Ordinals count the spans of a chain of manifests, from 0.
 */
export type Skeleton = Uint8Array;

/** What a skeleton is made of, in order. */
export type SkeletonPart = { readonly literal: Uint8Array } | { readonly ordinal: number };

/** @param ordinals of the spans, which are in order and apart. */
export function encodeSkeleton(
  file: Uint8Array,
  spans: readonly Span[],
  ordinals: readonly number[],
): Skeleton {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const [index, { start, end }] of spans.entries()) {
    pushLiteral(parts, file.subarray(at, start));
    parts.push(encodeReference(ordinals[index] ?? 0));
    at = end;
  }
  pushLiteral(parts, file.subarray(at));
  return concatBytes(parts);
}

export function* skeletonParts(skeleton: Skeleton): Generator<SkeletonPart> {
  let at = 0;
  while (at < skeleton.length) {
    const zero = skeleton.indexOf(0, at);
    if (zero < 0) {
      yield { literal: skeleton.subarray(at) };
      return;
    }
    if (skeleton[zero + 1] === 0) {
      yield { literal: skeleton.subarray(at, zero + 1) };
      at = zero + 2;
      continue;
    }
    if (zero > at) yield { literal: skeleton.subarray(at, zero) };
    let value = 0;
    let scale = 1;
    for (at = zero + 1; at < skeleton.length; ) {
      const byte = skeleton[at] ?? 0;
      at += 1;
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte < 0x80) break;
    }
    yield { ordinal: value - 1 };
  }
}

/** The file that a skeleton is of. */
export function joinSkeleton(
  skeleton: Skeleton,
  spanOf: (ordinal: number) => Uint8Array,
): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const part of skeletonParts(skeleton)) {
    parts.push('literal' in part ? part.literal : spanOf(part.ordinal));
  }
  return concatBytes(parts);
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function pushLiteral(parts: Uint8Array[], literal: Uint8Array): void {
  let at = 0;
  for (let zero = literal.indexOf(0); zero >= 0; zero = literal.indexOf(0, at)) {
    parts.push(literal.subarray(at, zero + 1), Uint8Array.of(0));
    at = zero + 1;
  }
  if (at < literal.length) parts.push(literal.subarray(at));
}

function encodeReference(ordinal: number): Uint8Array {
  const bytes = [0];
  let rest = ordinal + 1;
  while (rest >= 0x80) {
    bytes.push((rest % 128) + 0x80);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
