import { bitBytes, bitWidth, readBits, writeBits } from './bitPlanes';
import { type ByteCursor, varintBytes } from './byteCursor';
import { type Decimals, powersOfTen, toDecimals } from './decimals';

/**
 * One column of float64, packed without loss in whichever of these forms is the smallest. The forms for
 * decimals are after ALP (Afroozeh, Kuffó, Boncz: "ALP: Adaptive Lossless floating-Point Compression",
 * SIGMOD 2023): whole numbers less their minimum, packed to bits, with what does not fit kept beside.
 */
interface PackedColumn {
  readonly sizeBytes: number;
  write(cursor: ByteCursor): void;
}

/** The first byte of a column. Only ever appended to, as stores hold them. */
const forms = { raw: 0, constant: 1, linear: 2, fixed: 3, deltas: 4, floating: 5 } as const;

export function packColumn(figures: Float64Array): PackedColumn {
  const regular = packConstant(figures) ?? packLinear(figures);
  if (regular !== undefined) return regular;
  const raw = packRaw(figures);
  // An exception takes more than it would alone.
  const decimals = toDecimals(figures, Math.floor(figures.length / 8));
  if (decimals === undefined) return raw;
  const whole = toWhole(figures, decimals);
  const candidates = [
    raw,
    packFloating(figures, decimals),
    whole && packFixed(figures, decimals, whole),
    whole && packDeltas(decimals, whole),
  ];
  return candidates.reduce<PackedColumn>(
    (best, each) => (each !== undefined && each.sizeBytes < best.sizeBytes ? each : best),
    raw,
  );
}

/** Reads a column of `count` figures and leaves the cursor behind it. */
export function unpackColumn(cursor: ByteCursor, count: number): Float64Array {
  const form = cursor.readByte();
  switch (form) {
    case forms.raw:
      return Float64Array.from({ length: count }, () => cursor.readFloat());
    case forms.constant:
      return new Float64Array(count).fill(cursor.readFloat());
    case forms.linear:
      return line(cursor.readFloat(), cursor.readFloat(), count);
    case forms.fixed:
      return unpackFixed(cursor, count);
    case forms.deltas:
      return unpackDeltas(cursor, count);
    case forms.floating:
      return unpackFloating(cursor, count);
    default:
      throw new Error(`A column of points has the unknown form ${form}.`);
  }
}

/** Some figures of a column, those of `positions[from]` up to `positions[to]`, counted from `base`, to the same places of `target`. */
export type ColumnPicker = (
  positions: Uint32Array,
  from: number,
  to: number,
  base: number,
  target: Float64Array,
) => void;

/**
 * Reads a column of which few figures are wanted, and leaves the cursor behind it: steps and times mostly
 * lie on a line, of which nothing needs to be unpacked.
 */
export function openColumn(cursor: ByteCursor, count: number): ColumnPicker {
  const form = cursor.bytes[cursor.offset];
  if (form === forms.constant || form === forms.linear) {
    cursor.readByte();
    const first = cursor.readFloat();
    const delta = form === forms.linear ? cursor.readFloat() : 0;
    return form === forms.constant
      ? (_positions, from, to, _base, target) => target.fill(first, from, to)
      : (positions, from, to, base, target) => {
          for (let at = from; at < to; at++) {
            target[at] = first + ((positions[at] as number) - base) * delta;
          }
        };
  }
  const figures = unpackColumn(cursor, count);
  return (positions, from, to, base, target) => {
    for (let at = from; at < to; at++) {
      target[at] = figures[(positions[at] as number) - base] as number;
    }
  };
}

function packRaw(figures: Float64Array): PackedColumn {
  return {
    sizeBytes: 1 + 8 * figures.length,
    write(cursor) {
      cursor.writeByte(forms.raw);
      for (const figure of figures) cursor.writeFloat(figure);
    },
  };
}

function packConstant(figures: Float64Array): PackedColumn | undefined {
  const first = figures[0] ?? 0;
  for (let index = 1; index < figures.length; index++) {
    if (!Object.is(figures[index], first)) return undefined;
  }
  return {
    sizeBytes: 9,
    write(cursor) {
      cursor.writeByte(forms.constant);
      cursor.writeFloat(first);
    },
  };
}

function packLinear(figures: Float64Array): PackedColumn | undefined {
  const first = figures[0] ?? 0;
  const delta = (figures[1] ?? 0) - first;
  for (let index = 0; index < figures.length; index++) {
    if (!Object.is(figures[index], first + index * delta)) return undefined;
  }
  return {
    sizeBytes: 17,
    write(cursor) {
      cursor.writeByte(forms.linear);
      cursor.writeFloat(first);
      cursor.writeFloat(delta);
    },
  };
}

function line(first: number, delta: number, count: number): Float64Array {
  const figures = new Float64Array(count);
  for (let index = 0; index < count; index++) figures[index] = first + index * delta;
  return figures;
}

interface Whole {
  /** Of all figures. */
  readonly exponent: number;
  /** The figures as whole numbers over 10^exponent; an exception has that of its neighbour. */
  readonly numbers: Float64Array;
}

/** All mantissas over one power of ten; undefined if one gets too large for that. */
function toWhole(figures: Float64Array, decimals: Decimals): Whole | undefined {
  const { mantissas, exponents, exceptions } = decimals;
  let exponent = 0;
  for (const each of exponents) if (each > exponent) exponent = each;
  const power = powersOfTen[exponent] as number;
  const isException = new Set(exceptions);
  const numbers = new Float64Array(mantissas.length);
  let neighbour = firstWhole(decimals, exponent);
  for (let index = 0; index < numbers.length; index++) {
    if (exceptions.length === 0 || !isException.has(index)) {
      const scale = powersOfTen[exponent - (exponents[index] as number)] as number;
      const number = (mantissas[index] as number) * scale;
      if (Math.abs(number) > Number.MAX_SAFE_INTEGER || number / power !== figures[index]) {
        return undefined;
      }
      neighbour = number;
    }
    numbers[index] = neighbour;
  }
  return { exponent, numbers };
}

function firstWhole({ mantissas, exponents, exceptions }: Decimals, exponent: number): number {
  let first = 0;
  while (exceptions[first] === first) first++;
  return (mantissas[first] ?? 0) * (powersOfTen[exponent - (exponents[first] ?? 0)] ?? 1);
}

function packFixed(
  figures: Float64Array,
  { exceptions }: Decimals,
  { exponent, numbers }: Whole,
): PackedColumn | undefined {
  const range = rangeOf(numbers);
  if (range === undefined) return undefined;
  return {
    sizeBytes: 2 + rangeBytes(numbers.length, range) + exceptionBytes(exceptions),
    write(cursor) {
      cursor.writeByte(forms.fixed);
      cursor.writeByte(exponent);
      writeRange(cursor, numbers, range);
      writeExceptions(cursor, exceptions, figures);
    },
  };
}

function unpackFixed(cursor: ByteCursor, count: number): Float64Array {
  const power = powersOfTen[cursor.readByte()] ?? 1;
  const numbers = readRange(cursor, count);
  for (let index = 0; index < count; index++) (numbers[index] as number) /= power;
  return readExceptions(cursor, numbers);
}

/** For figures that grow steadily, as times do: the differences are small. */
function packDeltas({ exceptions }: Decimals, { exponent, numbers }: Whole) {
  if (exceptions.length > 0) return undefined;
  const first = numbers[0] ?? 0;
  const deltas = new Float64Array(numbers.length - 1);
  for (let index = 0; index < deltas.length; index++) {
    deltas[index] = (numbers[index + 1] as number) - (numbers[index] as number);
  }
  const range = rangeOf(deltas);
  if (range === undefined) return undefined;
  return {
    sizeBytes: 10 + rangeBytes(deltas.length, range),
    write(cursor: ByteCursor) {
      cursor.writeByte(forms.deltas);
      cursor.writeByte(exponent);
      cursor.writeFloat(first);
      writeRange(cursor, deltas, range);
    },
  };
}

function unpackDeltas(cursor: ByteCursor, count: number): Float64Array {
  const power = powersOfTen[cursor.readByte()] ?? 1;
  let number = cursor.readFloat();
  const deltas = readRange(cursor, count - 1);
  const figures = new Float64Array(count);
  figures[0] = number / power;
  for (let index = 1; index < count; index++) {
    number += deltas[index - 1] as number;
    figures[index] = number / power;
  }
  return figures;
}

/** For figures of like precision and unlike size, as a loss that falls: each has its own power of ten. */
function packFloating(figures: Float64Array, decimals: Decimals): PackedColumn | undefined {
  const { mantissas, exceptions } = decimals;
  const exponents = new Float64Array(decimals.exponents);
  const mantissaRange = rangeOf(mantissas);
  const exponentRange = rangeOf(exponents);
  if (mantissaRange === undefined || exponentRange === undefined) return undefined;
  const count = figures.length;
  return {
    sizeBytes:
      1 +
      rangeBytes(count, mantissaRange) +
      rangeBytes(count, exponentRange) +
      exceptionBytes(exceptions),
    write(cursor) {
      cursor.writeByte(forms.floating);
      writeRange(cursor, mantissas, mantissaRange);
      writeRange(cursor, exponents, exponentRange);
      writeExceptions(cursor, exceptions, figures);
    },
  };
}

function unpackFloating(cursor: ByteCursor, count: number): Float64Array {
  const figures = readRange(cursor, count);
  const exponents = readRange(cursor, count);
  for (let index = 0; index < count; index++) {
    (figures[index] as number) /= powersOfTen[exponents[index] as number] as number;
  }
  return readExceptions(cursor, figures);
}

interface Range {
  readonly min: number;
  readonly width: number;
}

/** Undefined if the numbers lie too far apart for their differences to be exact. */
function rangeOf(numbers: Float64Array): Range | undefined {
  let min = numbers[0] ?? 0;
  let max = min;
  for (const number of numbers) {
    if (number < min) min = number;
    if (number > max) max = number;
  }
  return max - min > Number.MAX_SAFE_INTEGER ? undefined : { min, width: bitWidth(max - min) };
}

function rangeBytes(count: number, { width }: Range): number {
  return 9 + bitBytes(count, width);
}

function writeRange(cursor: ByteCursor, numbers: Float64Array, { min, width }: Range): void {
  cursor.writeFloat(min);
  cursor.writeByte(width);
  const shifted = new Float64Array(numbers.length);
  for (let index = 0; index < numbers.length; index++) {
    shifted[index] = (numbers[index] as number) - min;
  }
  cursor.offset = writeBits(cursor.bytes, cursor.offset, shifted, width);
}

function readRange(cursor: ByteCursor, count: number): Float64Array {
  const min = cursor.readFloat();
  const width = cursor.readByte();
  const numbers = readBits(cursor.bytes, cursor.offset, count, width, min);
  cursor.offset += bitBytes(count, width);
  return numbers;
}

function exceptionBytes(exceptions: readonly number[]): number {
  return exceptions.reduce(
    (sum, position) => sum + varintBytes(position) + 8,
    varintBytes(exceptions.length),
  );
}

function writeExceptions(
  cursor: ByteCursor,
  exceptions: readonly number[],
  figures: Float64Array,
): void {
  cursor.writeVarint(exceptions.length);
  for (const position of exceptions) {
    cursor.writeVarint(position);
    cursor.writeFloat(figures[position] ?? 0);
  }
}

function readExceptions(cursor: ByteCursor, figures: Float64Array): Float64Array {
  for (let left = cursor.readVarint(); left > 0; left--) {
    figures[cursor.readVarint()] = cursor.readFloat();
  }
  return figures;
}
