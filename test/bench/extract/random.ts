/** Gives whole numbers from 0 to one less than its argument. */
export type Random = (below: number) => number;

/** The same numbers each time (Marsaglia's xorshift32). */
export function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
