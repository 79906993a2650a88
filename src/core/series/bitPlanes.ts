/**
 * Whole numbers from 0 to 2^53 - 1, packed to `width` bits each. JavaScript's bit operations see 32 bits,
 * so the numbers are cut into planes of at most 24 bits, each plane its own run of bits, low bits first.
 */
const planeBits = 24;

/** A reader looks at four bytes at once: so many have to follow the last plane. */
export const bitPadding = 3;

/** How many bits the numbers from 0 to `range` need. */
export function bitWidth(range: number): number {
  const high = Math.floor(range / 2 ** 32);
  return high > 0 ? 64 - Math.clz32(high) : 32 - Math.clz32(range);
}

export function bitBytes(count: number, width: number): number {
  let bytes = 0;
  for (let left = width; left > 0; left -= planeBits) {
    bytes += Math.ceil((count * Math.min(left, planeBits)) / 8);
  }
  return bytes;
}

/** Writes the numbers from `offset` on; returns where they end. */
export function writeBits(
  target: Uint8Array,
  offset: number,
  numbers: Float64Array,
  width: number,
): number {
  let at = offset;
  for (let low = 0; low < width; low += planeBits) {
    const bits = Math.min(planeBits, width - low);
    const mask = 2 ** bits - 1;
    const scale = 2 ** low;
    let held = 0;
    let heldBits = 0;
    for (let index = 0; index < numbers.length; index++) {
      const number = numbers[index] as number;
      held |= (Math.floor(number / scale) & mask) << heldBits;
      heldBits += bits;
      for (; heldBits >= 8; heldBits -= 8) {
        target[at++] = held & 0xff;
        held >>>= 8;
      }
    }
    if (heldBits > 0) target[at++] = held;
  }
  return at;
}

/** Reads what `writeBits` wrote, and adds `base` to each; `bitPadding` bytes have to follow it. */
export function readBits(
  source: Uint8Array,
  offset: number,
  count: number,
  width: number,
  base: number,
): Float64Array {
  const numbers = new Float64Array(count).fill(base);
  let start = offset;
  for (let low = 0; low < width; low += planeBits) {
    const bits = Math.min(planeBits, width - low);
    const mask = 2 ** bits - 1;
    const scale = 2 ** low;
    let byte = start;
    let shift = 0;
    for (let index = 0; index < count; index++) {
      // SAFETY: all four are inside, by the padding.
      const word =
        (source[byte] as number) |
        ((source[byte + 1] as number) << 8) |
        ((source[byte + 2] as number) << 16) |
        ((source[byte + 3] as number) << 24);
      (numbers[index] as number) += ((word >>> shift) & mask) * scale;
      shift += bits;
      byte += shift >>> 3;
      shift &= 7;
    }
    start += Math.ceil((count * bits) / 8);
  }
  return numbers;
}
