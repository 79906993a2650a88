export type DurationUnit = 'ms' | 's' | 'm' | 'h' | 'd' | 'w';
export type SizeUnit = 'B' | 'KB' | 'MB' | 'GB' | 'TB' | 'KiB' | 'MiB' | 'GiB' | 'TiB';

export const unitMs: Readonly<Record<DurationUnit, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Powers of 1000, as sizes are shown, unless an `i` says 1024. */
export const unitBytes: Readonly<Record<SizeUnit, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};

const durationWords: readonly (readonly [RegExp, DurationUnit])[] = [
  [/^(ms|msecs?|milliseconds?)$/i, 'ms'],
  [/^(s|secs?|seconds?)$/i, 's'],
  [/^(m|mins?|minutes?)$/i, 'm'],
  [/^(h|hrs?|hours?)$/i, 'h'],
  [/^(d|days?)$/i, 'd'],
  [/^(w|wks?|weeks?)$/i, 'w'],
];

export function durationUnit(word: string): DurationUnit | undefined {
  return durationWords.find(([pattern]) => pattern.test(word))?.[1];
}

export function sizeUnit(word: string): SizeUnit | undefined {
  const lower = word.toLowerCase();
  // SAFETY: the keys of the table are its units.
  return (Object.keys(unitBytes) as SizeUnit[]).find((unit) => unit.toLowerCase() === lower);
}

export interface Quantity<U> {
  readonly amount: number;
  readonly unit: U;
}

/** Reads `90s`, `2h`, `1.5 hours` without its space, `2h30m`; a number alone is in seconds. */
export function parseDuration(text: string): Quantity<DurationUnit> | undefined {
  const number = parseAmount(text);
  if (number !== undefined) return { amount: number, unit: 's' };
  const parts = [...text.matchAll(/([\d.]+(?:e[-+]?\d+)?)([a-z]+)/gi)];
  if (parts.map(([whole]) => whole).join('') !== text) return undefined;
  const read: Quantity<DurationUnit>[] = [];
  for (const [, amount = '', word = ''] of parts) {
    const unit = durationUnit(word);
    const value = parseAmount(amount);
    if (unit === undefined || value === undefined) return undefined;
    read.push({ amount: value, unit });
  }
  const smallest = read.at(-1)?.unit;
  const [only] = read;
  if (smallest === undefined || read.length === 1) return only;
  const ms = read.reduce((sum, { amount, unit }) => sum + amount * unitMs[unit], 0);
  return { amount: ms / unitMs[smallest], unit: smallest };
}

/** Reads `10MB`, `1.5GiB`; a number alone is in bytes. */
export function parseSize(text: string): Quantity<SizeUnit> | undefined {
  const [, amount = '', word = ''] = /^([\d.]+(?:e[-+]?\d+)?)([a-z]*)$/i.exec(text) ?? [];
  const value = parseAmount(amount);
  const unit = word === '' ? 'B' : sizeUnit(word);
  return value === undefined || unit === undefined ? undefined : { amount: value, unit };
}

function parseAmount(text: string): number | undefined {
  const number = parseNumber(text);
  return number !== undefined && number >= 0 && Number.isFinite(number) ? number : undefined;
}

/** A number as Python writes one, or the names of what is none. */
export function parseNumber(text: string): number | undefined {
  if (/^[-+]?(?:\d+(?:_\d+)*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) {
    // Without the sign of -0, which is equal to 0.
    return Number(text.replaceAll('_', '')) + 0;
  }
  if (/^[-+]?nan$/i.test(text)) return Number.NaN;
  const [, sign] = /^([-+]?)inf(?:inity)?$/i.exec(text) ?? [];
  if (sign === undefined) return undefined;
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
