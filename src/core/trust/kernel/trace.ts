/** What is known of how a cell ran. */

import type { Producer } from '../kernelObject';

/** What a cell read when it ran: how that value came about, and from which cells. */
export interface Observation {
  /** A name, or a sentence's end for what has none: `the file a.csv`. */
  readonly name: string;
  readonly isName: boolean;
  readonly token: number;
  readonly producers: ReadonlySet<Producer>;
}

/** How a cell ran. Two with one `identity` gave the same result. */
export interface Trace {
  readonly identity: number;
  readonly observations: readonly Observation[];
  /** Names that nothing had defined, with whether that must have raised an error. */
  readonly missing: readonly { readonly name: string; readonly isCertain: boolean }[];
  /** It depends on something that was not seen. */
  readonly isAssumed: boolean;
  /** Something that no two runs have in common: the clock, the user, random numbers without a seed. */
  readonly outside: string | undefined;
}

export interface RunOptions {
  readonly producer: Producer;
  /** `certain`: it is known not to have raised, so that what is missing came from unseen code. */
  readonly outcome: 'succeeded' | 'failed' | 'interrupted' | 'predicted';
}
