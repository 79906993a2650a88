/**
 * Smooths a line by an exponential moving average that heeds how far points lie apart. With the distance
 * `d` to the point before, in units of `spacing`, and the weight `w`:
 *
 *     u = w ^ d,   S = u · S + (1 − u) · y,   W = u · W + (1 − u),   smoothed = S / W
 *
 * beginning with S = W = 0 and d = 1. It is the moving average over irregular times of A. Eckner,
 * "Algorithms for Unevenly Spaced Time Series: Moving Averages and Other Rolling Operators" (2019,
 * `EMA_next`, with τ = −spacing / ln w), divided by the sum of its weights so that the first points do not
 * count more than others, as TensorBoard does: at regular steps this is TensorBoard's smoothing exactly.
 *
 * What is not finite is left as it is and takes no part. Where the line goes back in x, as after a
 * resume, it begins anew.
 *
 * @param weight 0 (as it is) up to, not including, 1.
 * @param spacing what counts as one step along `xs`; see `meanSpacing`.
 */
export function smooth(
  xs: Float64Array,
  ys: Float64Array,
  weight: number,
  spacing: number,
): Float64Array {
  if (!(weight > 0)) return ys;
  const smoothed = new Float64Array(ys.length);
  const logWeight = Math.log(weight);
  let sum = 0;
  let weights = 0;
  let lastX = Number.NaN;
  let seenX = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < ys.length; index++) {
    const x = xs[index] as number;
    const y = ys[index] as number;
    if (x < seenX) {
      sum = 0;
      weights = 0;
    }
    if (!Number.isNaN(x)) seenX = x;
    if (!Number.isFinite(y) || Number.isNaN(x)) {
      smoothed[index] = y;
      continue;
    }
    const steps = weights === 0 || !(spacing > 0) ? 1 : (x - lastX) / spacing;
    const kept = Math.exp(logWeight * steps);
    sum = kept * sum + (1 - kept) * y;
    weights = kept * weights + (1 - kept);
    smoothed[index] = sum / weights;
    lastX = x;
  }
  return smoothed;
}

/** How far the points of a line lie apart on average, of `pointCount` before it was thinned. */
export function meanSpacing(xs: Float64Array, pointCount: number): number {
  let length = 0;
  let last = Number.NaN;
  for (let index = 0; index < xs.length; index++) {
    const x = xs[index] as number;
    if (!Number.isFinite(x)) continue;
    if (x > last) length += x - last;
    last = x;
  }
  return pointCount > 1 ? length / (pointCount - 1) : 0;
}
