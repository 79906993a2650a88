/** 10^22 is the last power of ten that a float64 holds exactly. */
export const powersOfTen = Float64Array.from({ length: 23 }, (_, exponent) =>
  Number(`1e${exponent}`),
);
const maxExponent = powersOfTen.length - 1;

/** Figures as decimal fractions: `mantissas[i] / 10^exponents[i]` is exactly the figure. */
export interface Decimals {
  /** Whole numbers below 2^53; 0 for an exception. */
  readonly mantissas: Float64Array;
  readonly exponents: Uint8Array;
  /** Positions of figures that are no such fraction, as NaN, the infinities and minus zero. */
  readonly exceptions: readonly number[];
}

/**
 * What programs print is decimal, mostly of few digits. A whole number divided by an exact power of ten
 * is rounded once, so it gives the very float64 that reading the printed text gives.
 *
 * @returns undefined if more than `maxExceptions` are none.
 */
export function toDecimals(figures: Float64Array, maxExceptions: number): Decimals | undefined {
  const count = figures.length;
  const mantissas = new Float64Array(count);
  const exponents = new Uint8Array(count);
  const exceptions: number[] = [];
  let exponent = 0;
  for (let index = 0; index < count; index++) {
    const figure = figures[index] as number;
    const found = decimalPlaces(figure, exponent);
    if (found < 0) {
      exceptions.push(index);
      if (exceptions.length > maxExceptions) return undefined;
      continue;
    }
    exponent = found;
    exponents[index] = exponent;
    mantissas[index] = Math.round(figure * (powersOfTen[exponent] as number));
  }
  return { mantissas, exponents, exceptions };
}

/** The fewest that do, looked for from what did for the figure before; -1 if none do. */
function decimalPlaces(figure: number, guess: number): number {
  if (Object.is(figure, -0)) return -1;
  if (isExactWith(figure, guess)) {
    let places = guess;
    while (places > 0 && isExactWith(figure, places - 1)) places--;
    return places;
  }
  for (let places = 0; places <= maxExponent; places++) {
    if (isExactWith(figure, places)) return places;
  }
  return -1;
}

/** False for NaN and the infinities. */
function isExactWith(figure: number, places: number): boolean {
  const power = powersOfTen[places] as number;
  const mantissa = Math.round(figure * power);
  return Math.abs(mantissa) <= Number.MAX_SAFE_INTEGER && mantissa / power === figure;
}
