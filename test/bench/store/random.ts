/** Numbers that are the same at each run of the benchmark. */
export interface Random {
  /** 32 random bits. */
  bits(): number;
  /** In [0, 1). */
  uniform(): number;
  /** Of the normal distribution with mean 0 and deviation 1. */
  normal(): number;
  /** `value` must not be empty. */
  oneOf<T>(values: readonly [T, ...T[]]): T;
}

/** Mulberry32 of T. Ettinger, https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const bits = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const uniform = () => bits() / 2 ** 32;
  return {
    bits,
    uniform,
    // Box and Muller; 1 - u is never 0.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    oneOf: (values) => values[Math.floor(uniform() * values.length)] ?? values[0],
  };
}
