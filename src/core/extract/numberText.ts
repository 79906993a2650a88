import { codeAt, isDigit, skipDigits } from './charKinds';

/** A number as programs print it; no exponent without digits, no digits glued to a word. */
export const NUMBER_PATTERN = String.raw`[-+]?(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d*)?(?:[eE][-+]?\d+)?|[-+]?\.\d+(?:[eE][-+]?\d+)?`;

/**
 * The place behind the number that begins at `at`, as `NUMBER_PATTERN` would find it; `at` itself if
 * none begins there.
 */
export function numberEnd(text: string, at: number): number {
  const first = codeAt(text, at);
  const start = first === MINUS || first === PLUS ? at + 1 : at;
  let end = skipDigits(text, start);
  if (end === start) {
    const decimals = skipDigits(text, start + 1);
    if (codeAt(text, start) !== POINT || decimals === start + 1) return at;
    return exponentEnd(text, decimals);
  }
  if (end - start <= 3 && codeAt(text, end) === COMMA) end = groupsEnd(text, end);
  if (codeAt(text, end) === POINT) end = skipDigits(text, end + 1);
  return exponentEnd(text, end);
}

const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const COMMA = 0x2c;
const ZERO = 0x30;
// More thousands than these are a list.
const MAX_GROUPS = 8;

/** The end of `,234,567`, unless more digits or another comma show that they are no thousands. */
function groupsEnd(text: string, at: number): number {
  let end = at;
  const last = at + 4 * MAX_GROUPS;
  while (end < last && codeAt(text, end) === COMMA && hasThreeDigits(text, end + 1)) end += 4;
  const next = codeAt(text, end);
  return next === COMMA || isDigit(next) ? at : end;
}

function hasThreeDigits(text: string, at: number): boolean {
  return (
    isDigit(codeAt(text, at)) && isDigit(codeAt(text, at + 1)) && isDigit(codeAt(text, at + 2))
  );
}

function exponentEnd(text: string, at: number): number {
  const letter = codeAt(text, at) | 0x20;
  const sign = codeAt(text, at + 1);
  const isSigned = sign === MINUS || sign === PLUS;
  // Fortran writes `6.93147D-01`.
  if (letter !== 0x65 && !(letter === 0x64 && isSigned)) return at;
  const digits = isSigned ? at + 2 : at + 1;
  const end = skipDigits(text, digits);
  return end === digits ? at : end;
}

const NAMED = /^[-+]?(?:nan|inf|infinity)$/i;

/** The value of `1,234`, `.5`, `7.1e+00`, `nan` or `-inf`; `undefined` for anything else. */
export function parseNumber(text: string): number | undefined {
  if (text !== '' && numberEnd(text, 0) === text.length) return numberValue(text);
  if (text.length > 9 || !NAMED.test(text)) return undefined;
  if (/nan$/i.test(text)) return Number.NaN;
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** Powers that floats hold exactly. */
export const POWERS_OF_TEN: readonly number[] = Array.from({ length: 23 }, (_, power) =>
  Number(`1e${power}`),
);

/**
 * The value of the number between two places of a text, as `numberEnd` found them. Of whole numbers
 * below 2⁵³ and of powers of ten up to 10²², both exact, one division or product is rounded as it
 * should be (Clinger, "How to read floating point numbers accurately", 1990); the rest is left to `Number`.
 */
export function numberValue(text: string, start = 0, end = text.length): number {
  let digits = 0;
  let power = 0;
  let inDecimals = 0;
  for (let at = start; at < end; at++) {
    const code = codeAt(text, at);
    if (isDigit(code)) {
      digits = digits * 10 + (code - ZERO);
      power -= inDecimals;
    } else if (code === POINT) inDecimals = 1;
    else if (code > POINT) {
      power += Number(text.slice(at + 1, end));
      break;
    }
  }
  const factor = POWERS_OF_TEN[Math.abs(power)];
  if (digits > Number.MAX_SAFE_INTEGER || factor === undefined)
    return Number(text.slice(start, end).replaceAll(',', '').replace(/d/i, 'e'));
  const size = power < 0 ? digits / factor : digits * factor;
  return codeAt(text, start) === MINUS ? -size : size;
}

/**
 * The number of a cell or value that may be wrapped: `[360.]`, `tensor(0.5)`, `np.float64(0.5)`,
 * `0.52%`, `"0.69"`, `0.0334+0.0042` and `0.03 ± 0.01` (their mean), `7.1 (7.2)` (the current one).
 */
export function parseWrappedNumber(text: string): number | undefined {
  const trimmed = text.trim();
  const direct = parseNumber(trimmed);
  if (direct !== undefined) return direct;
  const bare = trimmed.replace(/^(['"])(.*)\1$/, '$2');
  const wrapped = WRAPPED.exec(bare);
  return wrapped === null ? undefined : parseNumber(wrapped[1] ?? '');
}

const VALUE = `${NUMBER_PATTERN}|[-+]?(?:nan|inf)`;
const WRAPPED = new RegExp(
  `^(?:(?:\\w+\\.)*(?:tensor|array|float\\d*|int\\d*|Array|DeviceArray)\\(|\\[)?\\s*(${VALUE})\\s*` +
    '(?:(?:[\\])]|,[^()]*\\))|%|(?:\\+/-|\\+-|±|\\+)\\s*[\\d.eE+-]+|\\(\\s*[^()]*\\))?$',
  'i',
);
