/** How a line runs: where it is drawn through, and what can only be marked. */
export interface LinePath {
  /** Points to draw a line through, in the order in which they came. */
  readonly drawn: Uint32Array;
  /** Of each drawn point, whether the line begins anew with it: after a gap, or where the run went back. */
  readonly begins: Uint8Array;
  /**
   * Of each drawn point, whether it was given again: the run was resumed from a step before it, and
   * the later line counts.
   */
  readonly superseded: Uint8Array;
  /** The positions in `drawn` of what counts, in ascending order of x. */
  readonly current: Uint32Array;
  readonly nans: Uint32Array;
  readonly aboves: Uint32Array;
  readonly belows: Uint32Array;
  /** How many points lie at or below 0, or have an x there, on an axis that begins above 0. */
  readonly unshown: number;
  /** How many points have no place along the axis. */
  readonly placeless: number;
  /** How often the line goes back: a run that was resumed from a checkpoint. */
  readonly resumes: number;
  /** Every point is drawn, in one line from left to right. */
  readonly isPlain: boolean;
  /** Of a plain line that has points. */
  readonly values: { readonly min: number; readonly max: number } | undefined;
}

/**
 * Decides how a series is drawn. A NaN, an infinity and what a log axis has no place for break the line.
 * Points before which the line goes back in x begin a line of their own.
 */
export function toLinePath(
  xs: Float64Array,
  ys: Float64Array,
  isLog: { readonly x: boolean; readonly y: boolean },
): LinePath {
  const values = plainValues(xs, ys, isLog);
  if (values !== undefined) return plainPath(ys.length, values);
  const drawn: number[] = [];
  const begins: number[] = [];
  const nans: number[] = [];
  const aboves: number[] = [];
  const belows: number[] = [];
  let unshown = 0;
  let placeless = 0;
  let resumes = 0;
  let isBroken = true;
  let lastX = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < ys.length; index++) {
    const x = xs[index] as number;
    const y = ys[index] as number;
    if (!Number.isFinite(x)) {
      placeless++;
      continue;
    }
    if (isLog.x && x <= 0) unshown++;
    else if (Number.isNaN(y)) nans.push(index);
    else if (y === Number.POSITIVE_INFINITY) aboves.push(index);
    else if (y === Number.NEGATIVE_INFINITY) belows.push(index);
    else if (isLog.y && y <= 0) unshown++;
    else {
      if (x < lastX) resumes++;
      begins.push(isBroken || x < lastX ? 1 : 0);
      drawn.push(index);
      lastX = x;
      isBroken = false;
      continue;
    }
    isBroken = true;
  }
  const superseded = new Uint8Array(drawn.length);
  const current: number[] = [];
  let leastLater = Number.POSITIVE_INFINITY;
  for (let place = drawn.length - 1; place >= 0; place--) {
    const x = xs[drawn[place] as number] as number;
    if (leastLater < x) superseded[place] = 1;
    else {
      current.push(place);
      leastLater = x;
    }
  }
  return {
    drawn: Uint32Array.from(drawn),
    begins: Uint8Array.from(begins),
    superseded,
    current: Uint32Array.from(current.reverse()),
    nans: Uint32Array.from(nans),
    aboves: Uint32Array.from(aboves),
    belows: Uint32Array.from(belows),
    unshown,
    placeless,
    resumes,
    isPlain: false,
    values: undefined,
  };
}

/** The range of a line about which nothing is special, as about most of the thousand that a chart may have. */
function plainValues(
  xs: Float64Array,
  ys: Float64Array,
  isLog: { readonly x: boolean; readonly y: boolean },
): { readonly min: number; readonly max: number } | undefined {
  let before = isLog.x ? Number.MIN_VALUE : -Number.MAX_VALUE;
  const least = isLog.y ? Number.MIN_VALUE : -Number.MAX_VALUE;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < ys.length; index++) {
    const x = xs[index] as number;
    const y = ys[index] as number;
    // Also false for a NaN.
    if (!(x >= before && x <= Number.MAX_VALUE && y >= least && y <= Number.MAX_VALUE)) {
      return undefined;
    }
    before = x;
    if (y < min) min = y;
    if (y > max) max = y;
  }
  return { min, max };
}

let positions = new Uint32Array(0);
let noFlags = new Uint8Array(0);
let firstBegins = new Uint8Array(0);
const none = new Uint32Array(0);

/** The path of a line without anything special: views of columns that all such paths share. */
function plainPath(count: number, values: LinePath['values']): LinePath {
  if (count > positions.length) {
    const length = Math.max(count, 2 * positions.length);
    positions = new Uint32Array(length);
    for (let index = 0; index < length; index++) positions[index] = index;
    noFlags = new Uint8Array(length);
    firstBegins = new Uint8Array(length);
    firstBegins[0] = 1;
  }
  const all = positions.subarray(0, count);
  return {
    drawn: all,
    begins: firstBegins.subarray(0, count),
    superseded: noFlags.subarray(0, count),
    current: all,
    nans: none,
    aboves: none,
    belows: none,
    unshown: 0,
    placeless: 0,
    resumes: 0,
    isPlain: true,
    values: count === 0 ? undefined : values,
  };
}

/** The index of the point that counts and lies nearest to `x`; the later one of two at one place. */
export function nearestPoint(path: LinePath, xs: Float64Array, x: number): number | undefined {
  const { current, drawn } = path;
  const xAt = (place: number) => xs[drawn[current[place] as number] as number] as number;
  let low = 0;
  let high = current.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (xAt(middle) <= x) low = middle + 1;
    else high = middle;
  }
  if (current.length === 0) return undefined;
  const isAfterNearer = low < current.length && (low === 0 || xAt(low) - x < x - xAt(low - 1));
  let place = isAfterNearer ? low : low - 1;
  // Several at that place: the last of them came last.
  while (place + 1 < current.length && xAt(place + 1) === xAt(place)) place++;
  return drawn[current[place] as number];
}
