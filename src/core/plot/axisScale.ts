/** Where values lie on an axis: 0 at its beginning, 1 at its end. */
export interface AxisScale {
  readonly isLog: boolean;
  readonly min: number;
  readonly max: number;
  /** NaN for what cannot lie on it. */
  toUnit(value: number): number;
  fromUnit(unit: number): number;
}

/** With one value alone, that one lies in the middle. */
export function createAxisScale(min: number, max: number, isLog: boolean): AxisScale {
  const [from, to] = isLog ? [Math.log10(min), Math.log10(max)] : [min, max];
  const span = to - from;
  return {
    isLog,
    min,
    max,
    toUnit(value) {
      const at = isLog ? (value > 0 ? Math.log10(value) : Number.NaN) : value;
      if (!Number.isFinite(at)) return Number.NaN;
      // Of very large ends the difference is infinite.
      return span > 0 ? (Number.isFinite(span) ? (at - from) / span : at / span + 0.5) : 0.5;
    },
    fromUnit(unit) {
      const at = from + unit * span;
      return isLog ? 10 ** at : at;
    },
  };
}

/** The least and the greatest of what can be drawn; undefined if nothing can. */
export function rangeOf(
  values: ArrayLike<number>,
  isLog = false,
): { readonly min: number; readonly max: number } | undefined {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? Number.NaN;
    if (!Number.isFinite(value) || (isLog && value <= 0)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : undefined;
}

/** From here on two values next to each other on a linear axis could not be told apart. */
const logRatio = 50;

/**
 * Whether a log axis shows values better than a linear one: all are above 0, the greatest is at least
 * 50 times the least, and on a log axis they lie more evenly, as learning rates do and sizes of
 * layers do not always.
 */
export function suitsLog(values: ArrayLike<number>): boolean {
  const finite = Array.from(values).filter(Number.isFinite);
  const range = rangeOf(finite);
  if (range === undefined || range.min <= 0 || range.max / range.min < logRatio) return false;
  const linear = createAxisScale(range.min, range.max, false);
  const log = createAxisScale(range.min, range.max, true);
  const middle = [...new Set(finite)].sort((a, b) => a - b);
  const median = middle[Math.floor((middle.length - 1) / 2)] ?? range.min;
  return Math.abs(log.toUnit(median) - 0.5) < Math.abs(linear.toUnit(median) - 0.5);
}

/** Round values on an axis, about `count` of them, from its beginning to its end. */
export function axisTicks({ min, max, isLog }: AxisScale, count: number): readonly number[] {
  if (!(max > min)) return [min];
  const ticks = isLog ? logTicks(min, max, count) : undefined;
  return ticks !== undefined && ticks.length >= 2 ? ticks : linearTicks(min, max, count);
}

function linearTicks(min: number, max: number, count: number): readonly number[] {
  const step = niceStep((max - min) / Math.max(1, count));
  if (!(step > 0) || !Number.isFinite(step)) return [min, max];
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  // Multiplied rather than added up, and cut to the digits that the step has.
  const digits = Math.min(100, Math.max(0, 1 - Math.floor(Math.log10(step))));
  return Array.from({ length: last - first + 1 }, (_, at) =>
    Number(((first + at) * step).toFixed(digits)),
  );
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
}

/** Powers of ten, thinned out; 1, 2 and 5 times them where there are few. */
function logTicks(min: number, max: number, count: number): readonly number[] {
  const first = Math.floor(Math.log10(min));
  const last = Math.ceil(Math.log10(max));
  const within = (value: number) => value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9);
  const powers = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const tens = powers.map((power) => Number(`1e${power}`)).filter(within);
  if (tens.length >= 3 || tens.length >= count) {
    const every = Math.ceil(tens.length / Math.max(2, count));
    return tens.filter((_, at) => at % every === 0);
  }
  return powers
    .flatMap((power) => [1, 2, 5].map((lead) => Number(`${lead}e${power}`)))
    .filter(within);
}
