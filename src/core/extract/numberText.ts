/** A number as programs print it; no exponent without digits, no digits glued to a word. */
export const NUMBER_PATTERN = String.raw`[-+]?(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d*)?(?:[eE][-+]?\d+)?|[-+]?\.\d+(?:[eE][-+]?\d+)?`;

const WHOLE_NUMBER_TEXT = new RegExp(`^(?:${NUMBER_PATTERN})$`);
const NAMED: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
};

/** The value of `1,234`, `.5`, `7.1e+00`, `nan` or `-inf`; `undefined` for anything else. */
export function parseNumber(text: string): number | undefined {
  if (WHOLE_NUMBER_TEXT.test(text)) return Number(text.replaceAll(',', ''));
  const sign = text.startsWith('-') ? -1 : 1;
  const named = NAMED[text.replace(/^[-+]/, '').toLowerCase()];
  return named === undefined ? undefined : sign * named;
}

/**
 * The number of a cell or value that may be wrapped: `[360.]`, `tensor(0.5)`, `np.float64(0.5)`,
 * `0.52%`, `"0.69"`, `0.0334+0.0042` and `0.03 ± 0.01` (their mean), `7.1 (7.2)` (the current one).
 */
export function parseWrappedNumber(text: string): number | undefined {
  const bare = text.trim().replace(/^(['"])(.*)\1$/, '$2');
  const direct = parseNumber(bare);
  if (direct !== undefined) return direct;
  const wrapped = WRAPPED.exec(bare);
  return wrapped === null ? undefined : parseNumber(wrapped[1] ?? '');
}

const VALUE = `${NUMBER_PATTERN}|[-+]?(?:nan|inf)`;
const WRAPPED = new RegExp(
  `^(?:(?:\\w+\\.)*(?:tensor|array|float\\d*|int\\d*|Array|DeviceArray)\\(|\\[)?\\s*(${VALUE})\\s*` +
    '(?:(?:[\\])]|,[^()]*\\))|%|(?:\\+/-|\\+-|±|\\+)\\s*[\\d.eE+-]+|\\(\\s*[^()]*\\))?$',
  'i',
);
