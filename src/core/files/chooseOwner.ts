/**
 * What ties a file that was written to a command or cell, best first: one of its processes has it open
 * for writing, or has its id in the file's name; the command, its params, its source or its output
 * name the file or a folder that it is in; it lies in the folder that the command runs in.
 */
export type Evidence = 'process' | 'named' | 'place';

export interface Claim<Owner> {
  readonly owner: Owner;
  readonly evidence: Evidence;
  /** Length of the path that was named, or that it runs in: the closer one knows better. */
  readonly closeness: number;
}

const strength: Readonly<Record<Evidence, number>> = { process: 3, named: 2, place: 1 };

/**
 * Whose a file is of those that claim it: the strongest evidence wins, then the closest. Where two are
 * alike nobody gets it, as a wrong metric is worse than a missing one.
 */
export function chooseOwner<Owner>(claims: readonly Claim<Owner>[]): Claim<Owner> | undefined {
  const rank = ({ evidence, closeness }: Claim<Owner>) => strength[evidence] * 1e6 + closeness;
  const [best, second] = claims.toSorted((a, b) => rank(b) - rank(a));
  if (best === undefined) return undefined;
  return second !== undefined && rank(second) === rank(best) ? undefined : best;
}
