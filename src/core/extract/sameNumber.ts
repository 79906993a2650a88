import { POWERS_OF_TEN } from './numberText';

// Beyond these a number prints with an exponent, and its digits behind the point say nothing.
const LEAST_PLAIN = 1e-6;
const MOST_PLAIN = 1e21;
const TOO_MANY_DECIMALS = 16;
const LEAST_DECIMALS = 2;

/** Whether two printed numbers are one, printed with a different number of digits. */
export function isSameNumber(a: number, b: number): boolean {
  if (a === b || Object.is(a, b)) return true;
  const distance = Math.abs(a - b);
  if (!(distance <= 0.01)) return false;
  const digits = Math.min(decimals(a), decimals(b));
  // Numbers that are one to so many digits are no further apart than the last of them.
  if (digits < LEAST_DECIMALS || digits === TOO_MANY_DECIMALS) return false;
  if (distance * (POWERS_OF_TEN[digits] ?? 1) > 1.001) return false;
  return a.toFixed(digits) === b.toFixed(digits);
}

/** How many digits stand behind the point in the shortest text of a number. */
function decimals(value: number): number {
  const size = Math.abs(value);
  if (size !== 0 && (size < LEAST_PLAIN || size >= MOST_PLAIN)) return TOO_MANY_DECIMALS;
  for (let digits = 0; digits < TOO_MANY_DECIMALS; digits++) {
    const factor = POWERS_OF_TEN[digits] ?? 1;
    // A whole number over a power of ten gives the float next to that decimal.
    if (Math.round(value * factor) / factor === value) return digits;
  }
  return TOO_MANY_DECIMALS;
}
