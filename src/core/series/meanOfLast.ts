/**
 * The mean of the last `count` values, or of all if there are fewer. NaN where one of them is: a run that
 * diverged does not get better by leaving that out. Undefined if there are none.
 */
export function meanOfLast(values: Float64Array, count: number): number | undefined {
  const first = Math.max(0, values.length - count);
  if (first === values.length) return undefined;
  let sum = 0;
  for (let index = first; index < values.length; index++) sum += values[index] as number;
  return sum / (values.length - first);
}
